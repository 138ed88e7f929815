import { isObject } from '../core/validate.ts';

type Statement = Record<string, unknown>;

const syntax = 'Syntax errors in policy.';
const vendorMissing = 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.';
const elements = ['Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'];

/**
 * IAM's text for a document that it answers with MalformedPolicyDocument; undefined for one that it takes. The texts are
 * those that people report (AWS's own page lists none); where none is known, it is that for an error of syntax.
 * @param partition in which the policy is to be: `aws`, `aws-cn`, …
 */
export function malformedPolicy(text: string, partition: string): string | undefined {
  const statements = statementsOf(text);
  if (!statements) return syntax;
  const resources = statements.flatMap((statement) => [
    ...texts(statement, 'Resource'),
    ...texts(statement, 'NotResource'),
  ]);
  const actions = statements.flatMap((statement) => [...texts(statement, 'Action'), ...texts(statement, 'NotAction')]);
  const conditions = statements.flatMap(({ Condition }) => Object.entries(isObject(Condition) ? Condition : {}));
  const keys = conditions.flatMap(([, keys]) => Object.keys(isObject(keys) ? keys : {}));
  // In the order in which IAM says what it finds first.
  return (
    first(conditions, ([operator]) => badOperator(operator)) ??
    (statements.every(({ Effect }) => Effect === 'Allow' || Effect === 'Deny') && !resources.some(failsLegacyParsing)
      ? undefined
      : 'The policy failed legacy parsing') ??
    badSids(statements.flatMap(({ Sid }) => (typeof Sid === 'string' && Sid !== '' ? [Sid] : []))) ??
    (statements.every((statement) => has(statement, 'Action'))
      ? undefined
      : 'Policy statement must contain actions.') ??
    (statements.every((statement) => has(statement, 'Resource'))
      ? undefined
      : 'Policy statement must contain resources.') ??
    first(resources, (resource) => badResource(resource, partition)) ??
    first(actions, badAction) ??
    first(keys, (key) => (/^[^:\s]+:[^]/.test(key) ? undefined : vendorMissing))
  );
}

function first<T>(items: readonly T[], problem: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const found = problem(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Undefined where an element is unknown, is not of its type, or excludes another one. */
function statementsOf(text: string): Statement[] | undefined {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(raw) || Object.keys(raw).some((name) => !['Version', 'Id', 'Statement'].includes(name)))
    return undefined;
  const { Version = '2008-10-17', Id = '', Statement } = raw;
  if (!['2008-10-17', '2012-10-17'].includes(String(Version)) || typeof Id !== 'string') return undefined;
  const list: unknown[] = Array.isArray(Statement) ? Statement : [Statement];
  return list.length > 0 && list.every(isStatement) ? list : undefined;
}

function isStatement(raw: unknown): raw is Statement {
  if (!isObject(raw) || Object.keys(raw).some((name) => !elements.includes(name))) return false;
  if ('Action' in raw && 'NotAction' in raw) return false;
  if ('Resource' in raw && 'NotResource' in raw) return false;
  const { Sid = '', Effect, Condition = {} } = raw;
  return (
    typeof Sid === 'string' &&
    typeof Effect === 'string' &&
    /^(allow|deny)$/i.test(Effect) &&
    elements
      .slice(2, 6)
      .every((name) => !(name in raw) || isOneOrMany(raw[name], (value) => typeof value === 'string')) &&
    isObject(Condition) &&
    Object.values(Condition).every(
      (keys) => isObject(keys) && Object.values(keys).every((values) => isOneOrMany(values, isScalar)),
    )
  );
}

const isScalar = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value);

function isOneOrMany(value: unknown, is: (item: unknown) => boolean): boolean {
  return Array.isArray(value) ? value.every(is) : is(value);
}

function texts(statement: Statement, name: string): string[] {
  return [statement[name] ?? []].flat().map(String);
}

const has = (statement: Statement, name: string): boolean =>
  texts(statement, name).length + texts(statement, `Not${name}`).length > 0;

// IAM user guide, "Condition operators": IfExists goes with every operator but Null.
const comparison = '(Not)?Equals|(Less|Greater)Than(Equals)?';
const operator = new RegExp(
  `^(For(AllValues|AnyValue):)?(((String((Not)?(Equals(IgnoreCase)?|Like))|(Numeric|Date)(${comparison})|Arn(Not)?(Equals|Like)|Bool|BinaryEquals|(Not)?IpAddress)(IfExists)?)|Null)$`,
);

function badOperator(text: string): string | undefined {
  return operator.test(text) ? undefined : `Invalid Condition type : ${text}.`;
}

/** Fewer parts than an ARN has, and an empty one among them, or no service. */
function failsLegacyParsing(resource: string): boolean {
  if (!resource.startsWith('arn:')) return false;
  const parts = resource.split(':');
  return parts[2] === '' || (parts.length < 6 && parts.includes(''));
}

function badSids(sids: readonly string[]): string | undefined {
  if (!sids.every((sid) => /^[0-9A-Za-z]*$/.test(sid))) {
    return 'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*';
  }
  return new Set(sids).size === sids.length ? undefined : 'Statement IDs (SID) in a single policy must be unique.';
}

function badResource(resource: string, own: string): string | undefined {
  if (resource === '*') return undefined;
  const [scheme, partition, service, region, ...rest] = resource.split(':');
  if (partition === undefined || (scheme !== 'arn' && partition === own)) {
    return `Resource ${resource} must be in ARN format or "*".`;
  }
  if (scheme !== 'arn' || (partition !== own && partition !== '*')) {
    // IAM shows the parts that are missing as wildcards.
    const [account = '*', ...name] = rest;
    const shown = [partition, service ?? '*', region ?? '*', account, name.length > 0 ? name.join(':') : '*'];
    return `Partition "${partition}" is not valid for resource "arn:${shown.join(':')}".`;
  }
  if (service === undefined || /[*?$]/.test(service)) {
    return 'Resource vendor must be fully qualified and cannot contain regexes.';
  }
  if (service === 'iam' && region !== undefined && region !== '' && rest.length > 0) {
    return `IAM resource ${resource} cannot contain region information.`;
  }
  return undefined;
}

function badAction(action: string): string | undefined {
  if (action === '*' || action === '*:*') return undefined;
  const [vendor = '', name, ...more] = action.split(':');
  if (name === undefined || vendor === '') return vendorMissing;
  if (more.length > 0) return 'Actions/Condition can contain only one colon.';
  if (/[*?]/.test(vendor)) return 'Action vendors (e.g., aws, ec2, etc.) must not contain wildcards.';
  if (/[^A-Za-z0-9.-]/.test(vendor)) return `Vendor ${vendor} is not valid`;
  return name === '' || /\s/.test(name) ? syntax : undefined;
}
