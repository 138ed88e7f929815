// How policies are said by other tools, and by the API: as an ARN, as a name with its path, as JSON in a text.

const reference = /^(?:arn:aws[\w-]*:iam::(aws|\d{12}):policy)?(\/?)((?:[^/:\s]+\/)*)([\w+=,.@-]+)$/;

/** `{ name: deployer, path: /team/ }` for the ARN, the path or the name of a policy. */
export function customerManagedForm(value: unknown): string | undefined {
  const [, owner, , path = '', name] = parse(value);
  if (name === undefined) return undefined;
  if (owner === 'aws') return `${path}${name} under managedPolicies, since it is an AWS managed policy`;
  return path === '' ? `{ name: ${name} }` : `{ name: ${name}, path: /${path} }`;
}

/** `{ managedPolicy: PowerUserAccess }` for the ARN of a policy of AWS; where only the name is given, both forms. */
export function boundaryForm(value: unknown): string | undefined {
  const [, owner, slash, path = '', name] = parse(value);
  if (name === undefined) return undefined;
  const aws = `{ managedPolicy: ${path}${name} }`;
  if (owner === 'aws') return aws;
  const own = `{ customerManagedPolicy: ${customerManagedForm(value)} }`;
  return owner === undefined && slash === '' ? `${aws}, or ${own}` : own;
}

const parse = (value: unknown): (string | undefined)[] => (typeof value === 'string' && reference.exec(value)) || [];

/** For a policy document that stands as JSON in a text, and for the name of a file. */
export function policyForm(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  if (/^[^\s{}]+\.json$/.test(value)) return `{ file: ${value} }`;
  return isJsonObject(value)
    ? 'the JSON itself, without quotes or | around it, or { file: policies/NAME.json }'
    : undefined;
}

function isJsonObject(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}
