import { isObject } from '../core/validate.ts';

/**
 * What the emulator starts with; documented JSON. Everything is optional but an account's id and name. Without
 * `accounts` there is a small organization of five.
 */
export interface Seed {
  /** The home Region; decides the partition too. Default: us-east-1. */
  region?: string;
  managementAccountId?: string;
  instanceArn?: string;
  identityStoreId?: string;
  /** Paths below the root, `Workloads/Prod`. */
  organizationalUnits?: string[];
  accounts?: SeedAccount[];
  applications?: SeedApplication[];
  /** Who calls: the management account unless said otherwise. */
  caller?: { accountId?: string; arn?: string };
  delegatedAdministrators?: string[];
  /** An account instance has no permission sets and no account assignments. */
  instanceKind?: 'organization' | 'account';
}

export interface SeedApplication {
  /** Two may have one; a seed adds an application only where there is none of its name and account yet. */
  name: string;
  /** The id of the account that it was made from. Default: that of the instance. */
  account?: string;
  description?: string;
  /** `saml` is how most of them are; over the API only `oauth` can be made. Default: saml. */
  protocol?: 'saml' | 'oauth';
  /** False: all users may use it, assigned or not. Default: true. */
  assignmentRequired?: boolean;
}

export interface SeedAccount {
  id: string;
  name: string;
  email?: string;
  /** A path as in `organizationalUnits`; made where it is not listed there. Default: the root. */
  ou?: string;
  state?: string;
  tags?: Record<string, string>;
  /** Paths with names, `/team/deployer`. Where it is given, provisioning any other one fails in this account. */
  customerManagedPolicies?: string[];
  /** IAM roles for AssumeRole, paths with names. Default: OrganizationAccountAccessRole, except in the management account. */
  roles?: string[];
}

/** A seed from JSON text. Throws an Error that names the member that is wrong. */
export function parseSeed(text: string): Seed {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (error) {
    throw new Error(`The seed is not JSON: ${(error as Error).message}`, { cause: error });
  }
  return checkSeed(raw);
}

/** Returns the seed itself; callers in plain JavaScript get the same messages as a file does. */
export function checkSeed(raw: unknown): Seed {
  seedCheck(raw, '');
  const seed = raw as Seed;
  const ids = seed.accounts?.map(({ id }) => id) ?? [];
  const twice = ids.findIndex((id, index) => ids.indexOf(id) !== index);
  if (twice >= 0) refuse(`accounts[${twice}].id`, `repeats ${ids[twice]}`);
  return seed;
}

type Check = (value: unknown, path: string) => void;

const text: Check = (value, path) => {
  if (typeof value !== 'string' || value === '') refuse(path, 'must be a text');
};

function matching(pattern: RegExp, wanted: string): Check {
  return (value, path) => {
    if (typeof value !== 'string' || !pattern.test(value)) refuse(path, `must be ${wanted}`);
  };
}

function oneOf(...values: string[]): Check {
  return (value, path) => {
    if (typeof value !== 'string' || !values.includes(value)) refuse(path, `must be one of ${values.join(', ')}`);
  };
}

function arrayOf(check: Check): Check {
  return (value, path) => {
    if (!Array.isArray(value)) refuse(path, 'must be a list');
    else value.forEach((item, index) => check(item, `${path}[${index}]`));
  };
}

function mapOf(check: Check): Check {
  return (value, path) => {
    if (!isObject(value)) refuse(path, 'must be an object');
    else for (const [key, item] of Object.entries(value)) check(item, `${path}.${key}`);
  };
}

function objectOf(members: Record<string, Check>, required: string[] = []): Check {
  return (value, path) => {
    if (!isObject(value)) return refuse(path, 'must be an object');
    const at = (name: string): string => (path === '' ? name : `${path}.${name}`);
    for (const name of required) if (value[name] === undefined) refuse(at(name), 'is required');
    for (const [name, member] of Object.entries(value)) {
      const check = Object.hasOwn(members, name) ? members[name] : undefined;
      if (!check) refuse(at(name), `is unknown; known here: ${Object.keys(members).join(', ')}`);
      else if (member !== undefined) check(member, at(name));
    }
  };
}

const accountId = matching(/^\d{12}$/, 'an account id: 12 digits, in quotes');
const unitPath = matching(/^[^/]+(\/[^/]+)*$/, 'the path of an organizational unit, like Workloads/Prod');
const tagValue: Check = (value, path) => {
  if (typeof value !== 'string') refuse(path, 'must be a text');
};

const flag: Check = (value, path) => {
  if (typeof value !== 'boolean') refuse(path, 'must be true or false');
};

const seedCheck = objectOf({
  region: matching(/^([a-z]+-){2,3}\d$/, 'a Region, like us-east-1'),
  managementAccountId: accountId,
  instanceArn: matching(
    /^arn:aws(-[a-z]{1,5}){0,3}:sso:::instance\/(sso)?ins-[a-zA-Z0-9-.]{16}$/,
    "an instance's ARN, like arn:aws:sso:::instance/ssoins-0123456789abcdef",
  ),
  identityStoreId: matching(/^d-[0-9a-f]{10}$/, 'an identity store id, like d-0123456789'),
  organizationalUnits: arrayOf(unitPath),
  accounts: arrayOf(
    objectOf(
      {
        id: accountId,
        name: text,
        email: matching(/^[^\s@]+@[^\s@]+$/, 'an e-mail address'),
        ou: unitPath,
        state: oneOf('PENDING_ACTIVATION', 'ACTIVE', 'SUSPENDED', 'PENDING_CLOSURE', 'CLOSED'),
        tags: mapOf(tagValue),
        customerManagedPolicies: arrayOf(
          matching(/^\/([\w.,+@=-]+\/)*[\w+=,.@-]+$/, 'the path and name of a policy, like /team/deployer'),
        ),
        roles: arrayOf(matching(/^\/([\w.,+@=-]+\/)*[\w+=,.@-]+$/, 'the path and name of a role, like /team/deployer')),
      },
      ['id', 'name'],
    ),
  ),
  applications: arrayOf(
    objectOf(
      {
        name: matching(/^[\S\s]{1,100}$/, 'a text of at most 100 characters'),
        account: accountId,
        description: matching(/^[\S\s]{1,128}$/, 'a text of at most 128 characters'),
        protocol: oneOf('saml', 'oauth'),
        assignmentRequired: flag,
      },
      ['name'],
    ),
  ),
  caller: objectOf({ accountId, arn: matching(/^arn:/, 'an ARN') }),
  delegatedAdministrators: arrayOf(accountId),
  instanceKind: oneOf('organization', 'account'),
});

function refuse(path: string, what: string): void {
  throw new Error(path === '' ? `The seed ${what}.` : `Seed member ${path} ${what}.`);
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
