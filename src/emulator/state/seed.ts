import * as z from 'zod';

type Problem = (issue: { input?: unknown; code?: string }) => string;

const must =
  (text: string): Problem =>
  (issue) =>
    issue.input === undefined ? 'is required' : `must be ${text}`;

const matching = (pattern: RegExp, wanted: string) =>
  z.string({ error: must(wanted) }).regex(pattern, { error: must(wanted) });
const text = matching(/./s, 'a text');
const anyText = z.string({ error: must('a text') });
const flag = z.boolean({ error: must('true or false') });
const oneOf = <const Values extends string[]>(...values: Values) =>
  z.enum(values, { error: must(`one of ${values.join(', ')}`) });
const listOf = <Item extends z.ZodType>(item: Item) => z.array(item, { error: must('a list') });
const mapOf = <Value extends z.ZodType>(value: Value) => z.record(z.string(), value, { error: must('an object') });
const object = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `is unknown; known here: ${Object.keys(shape).join(', ')}`
        : must('an object')(issue),
  });

const accountId = matching(/^\d{12}$/, 'an account id: 12 digits, in quotes');
const unitPath = matching(/^[^/]+(\/[^/]+)*$/, 'the path of an organizational unit, like Workloads/Prod');
const iamPath = (what: string) =>
  matching(/^\/([\w.,+@=-]+\/)*[\w+=,.@-]+$/, `the path and name of a ${what}, like /team/deployer`);
const tags = mapOf(anyText).meta({ description: 'Tags by their keys.' });
const externalId = object({ issuer: text, id: text }).meta({
  description: 'The id that an identity provider gave it: an external directory has users and groups with one.',
});
const userNames = listOf(text).meta({ description: 'User names.' });
const groupNames = listOf(text).meta({ description: 'Names of groups.' });
const accountState = oneOf('PENDING_ACTIVATION', 'ACTIVE', 'SUSPENDED', 'PENDING_CLOSURE', 'CLOSED');

const account = object({
  id: accountId,
  name: text,
  email: matching(/^[^\s@]+@[^\s@]+$/, 'an e-mail address').exactOptional(),
  ou: unitPath.exactOptional().meta({
    description: 'A path as in organizationalUnits; made where it is not listed there. Default: the root.',
  }),
  state: accountState.exactOptional().meta({ description: 'Default: ACTIVE.' }),
  tags: tags.exactOptional(),
  customerManagedPolicies: listOf(iamPath('policy')).exactOptional().meta({
    description: 'Paths with names. Where it is given, provisioning any other one fails in this account.',
  }),
  roles: listOf(iamPath('role')).exactOptional().meta({
    description:
      'IAM roles for AssumeRole, paths with names. Default: OrganizationAccountAccessRole, except in the management account.',
  }),
});

const user = object({
  userName: text,
  givenName: text.exactOptional().meta({ description: 'Default: the user name, as of the family name.' }),
  familyName: text.exactOptional(),
  displayName: text.exactOptional().meta({ description: 'Default: given name and family name.' }),
  email: text.exactOptional(),
  title: text.exactOptional(),
  enterprise: mapOf(anyText).exactOptional().meta({ description: 'Enterprise attributes: department, costCenter, …' }),
  externalId: externalId.exactOptional(),
  status: oneOf('ENABLED', 'DISABLED').exactOptional().meta({ description: 'Default: ENABLED.' }),
});

const group = object({
  name: text,
  description: text.exactOptional(),
  externalId: externalId.exactOptional(),
  members: userNames.exactOptional(),
});

const permissionSet = object({
  name: text,
  description: text.exactOptional(),
  sessionDuration: text.exactOptional().meta({ description: 'As ISO 8601, PT8H. Default: PT1H.' }),
  relayState: text.exactOptional(),
  managedPolicies: listOf(text).exactOptional().meta({
    description: 'AWS managed policies: ReadOnlyAccess, job-function/Billing, or whole ARNs.',
  }),
  customerManagedPolicies: listOf(iamPath('policy')).exactOptional(),
  inlinePolicy: mapOf(z.unknown()).exactOptional().meta({ description: 'A policy document.' }),
  permissionsBoundary: text.exactOptional().meta({
    description: 'A customer managed policy by path and name, /team/boundary, or an AWS managed policy by its name.',
  }),
  tags: tags.exactOptional(),
});

const assignment = object({
  users: userNames.exactOptional(),
  groups: groupNames.exactOptional(),
  permissionSets: listOf(text).meta({ description: 'Names of permission sets.' }),
  accounts: listOf(text).meta({ description: 'Names or ids of accounts.' }),
}).meta({ description: 'Every principal gets every permission set in every account, provisioned.' });

const application = object({
  name: matching(/^[\S\s]{1,100}$/, 'a text of at most 100 characters').meta({
    description: 'Two may have one; a seed adds one only where there is none of its name and account yet.',
  }),
  account: accountId.exactOptional().meta({ description: 'From which it was made. Default: that of the instance.' }),
  description: matching(/^[\S\s]{1,128}$/, 'a text of at most 128 characters').exactOptional(),
  protocol: oneOf('saml', 'oauth').exactOptional().meta({
    description: 'saml is how most of them are; over the API only oauth can be made. Default: saml.',
  }),
  assignmentRequired: flag.exactOptional().meta({
    description: 'False: all users may use it, assigned or not. Default: true.',
  }),
  users: userNames.exactOptional(),
  groups: groupNames.exactOptional(),
});

const seedSchema = object({
  region: matching(/^([a-z]+-){2,3}\d$/, 'a Region, like us-east-1')
    .exactOptional()
    .meta({
      description: 'The home Region; decides the partition too. Default: us-east-1.',
    }),
  managementAccountId: accountId.exactOptional(),
  instanceArn: matching(
    /^arn:aws(-[a-z]{1,5}){0,3}:sso:::instance\/(sso)?ins-[a-zA-Z0-9-.]{16}$/,
    "an instance's ARN, like arn:aws:sso:::instance/ssoins-0123456789abcdef",
  ).exactOptional(),
  identityStoreId: matching(/^d-[0-9a-f]{10}$/, 'an identity store id, like d-0123456789').exactOptional(),
  organizationalUnits: listOf(unitPath).exactOptional().meta({ description: 'Paths below the root, Workloads/Prod.' }),
  accounts: listOf(account).exactOptional().meta({ description: 'Default: a small organization of five.' }),
  users: listOf(user).exactOptional(),
  groups: listOf(group).exactOptional(),
  permissionSets: listOf(permissionSet).exactOptional(),
  assignments: listOf(assignment).exactOptional(),
  applications: listOf(application).exactOptional(),
  caller: object({ accountId: accountId.exactOptional(), arn: matching(/^arn:/, 'an ARN').exactOptional() })
    .exactOptional()
    .meta({ description: 'Who calls. Default: the management account.' }),
  delegatedAdministrators: listOf(accountId).exactOptional().meta({ description: 'Ids of accounts.' }),
  additionalRegions: listOf(matching(/^([a-z]+-){2,3}\d$/, 'a Region, like eu-west-1'))
    .exactOptional()
    .meta({ description: 'Regions that the organization instance is replicated to.' }),
  instanceKind: oneOf('organization', 'account').exactOptional().meta({
    description: 'An account instance has no permission sets and no account assignments. Default: organization.',
  }),
  networkRules: object({
    vpceAccessRequired: flag,
    apiRestrictSourceVpcs: listOf(text).exactOptional(),
    apiAllowSourceIps: listOf(text).exactOptional(),
    scimAllowSourceIps: listOf(text).exactOptional(),
  })
    .exactOptional()
    .meta({ description: 'From where the identity store answers. Every call comes from 127.0.0.1 and no VPC.' }),
  permissionSetsEnabled: flag.exactOptional().meta({
    description: 'False: the organization instance has its permission sets switched off. Default: true.',
  }),
  $schema: z.string().exactOptional(),
});

/** What the emulator starts with. Everything is optional but ids and names. */
export type Seed = z.infer<typeof seedSchema>;
export type SeedAccount = z.infer<typeof account>;
export type SeedUser = z.infer<typeof user>;
export type SeedGroup = z.infer<typeof group>;
export type SeedPermissionSet = z.infer<typeof permissionSet>;
export type SeedAssignment = z.infer<typeof assignment>;
export type SeedApplication = z.infer<typeof application>;

/** What is wrong with a seed, by the member that it is about. */
export class SeedError extends Error {}

/** The format of the file, as JSON Schema. */
export function seedJsonSchema(): object {
  return {
    title: 'Seed of idc emulator',
    description: 'What the emulator starts with; where it has a store, what is added to it.',
    ...z.toJSONSchema(seedSchema, { target: 'draft-07' }),
  };
}

/** A seed from JSON text. Throws a SeedError. */
export function parseSeed(text: string): Seed {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (error) {
    throw new SeedError(`The seed is not JSON: ${(error as Error).message}`, { cause: error });
  }
  return checkSeed(raw);
}

/** Returns the seed itself; callers in plain JavaScript get the same messages as a file does. */
export function checkSeed(raw: unknown): Seed {
  const { data: seed, error } = seedSchema.safeParse(raw);
  const [issue] = error?.issues ?? [];
  if (issue)
    refuse([...issue.path, ...(issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [])], issue.message);
  const ids = seed?.accounts?.map(({ id }) => id) ?? [];
  const twice = ids.findIndex((id, index) => ids.indexOf(id) !== index);
  if (twice >= 0) refuse(['accounts', twice, 'id'], `repeats ${ids[twice]}`);
  return seed ?? {};
}

function refuse(path: readonly PropertyKey[], what: string): never {
  const shown = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  throw new SeedError(shown === '' ? `The seed ${what}.` : `Seed member ${shown.slice(1)} ${what}.`);
}

export const defaultManagementAccountId = '111111111111';

/** What there is without a seed: a small organization with something of everything. */
export const defaultAccounts: readonly SeedAccount[] = [
  { id: defaultManagementAccountId, name: 'management' },
  { id: '222222222222', name: 'security', ou: 'Security' },
  { id: '333333333333', name: 'production', ou: 'Workloads/Prod', tags: { stage: 'production' } },
  { id: '444444444444', name: 'staging', ou: 'Workloads/Test', tags: { stage: 'test' } },
  { id: '555555555555', name: 'retired', ou: 'Retired', state: 'SUSPENDED' },
];
