import type { DesiredContext } from '../src/core/kind.ts';
import type { AssignmentByAccounts } from '../src/kinds/account-assignment/schema.ts';
import type { GroupEntry } from '../src/kinds/group/schema.ts';
import type { PermissionSetEntry } from '../src/kinds/permission-set/schema.ts';
import type { UserEntry } from '../src/kinds/user/schema.ts';
import { grantAccess } from './assignments.ts';
import { checkDimensions, type Dimensions } from './dimensions.ts';
import { createRandom, pick, type Random } from './random.ts';

/** An organisation in the words of identity.yaml: its document, with all sections there. */
export interface Organisation {
  version: 1;
  identityCenter: { region: string; instanceArn: string };
  /** Ids by name; the first is the management account. */
  accounts: Record<string, string>;
  users: Record<string, UserEntry>;
  groups: Record<string, GroupEntry & { members: string[] }>;
  permissionSets: Record<string, PermissionSetEntry>;
  /** No two entries grant the same. */
  assignments: AssignmentByAccounts[];
}

/**
 * An organisation with exactly so much of everything; the same seed, the same organisation. Every permission set has an
 * AWS managed policy and an inline policy, some have a customer managed policy and a boundary too. Throws an Error for
 * dimensions that contradict each other.
 */
export function createOrganisation(dimensions: Dimensions, seed = 1): Organisation {
  checkDimensions(dimensions);
  const random = createRandom(seed);
  const accounts = Object.fromEntries(list(dimensions.accounts, (index) => [accountName(index), accountId(index)]));
  const users = Object.fromEntries(list(dimensions.users, (index) => [`user-${digits(index)}`, userAt(index)]));
  const groups = groupsOf(Object.keys(users), dimensions, random);
  const permissionSets = Object.fromEntries(list(dimensions.permissionSets, (index) => [setName(index), setAt(index)]));
  return {
    version: 1,
    identityCenter: { region: 'us-east-1', instanceArn: 'arn:aws:sso:::instance/ssoins-0123456789abcdef' },
    accounts,
    users,
    groups,
    permissionSets,
    assignments: grantAccess(
      {
        accounts: Object.keys(accounts),
        users: Object.keys(users),
        groups: Object.keys(groups),
        permissionSets: Object.keys(permissionSets),
      },
      dimensions,
      random,
    ),
  };
}

/** Resolves the name of an account, as the file does. */
export const accountIdsOf =
  ({ accounts }: Organisation) =>
  (name: string): string =>
    accounts[name] ?? name;

export function contextOf(organisation: Organisation): DesiredContext {
  const idOf = accountIdsOf(organisation);
  return { partition: 'aws', accountIds: ({ accounts = [] }) => accounts.map(idOf) };
}

const list = <T>(length: number, make: (index: number) => T): T[] => Array.from({ length }, (_, index) => make(index));

const digits = (index: number): string => String(index).padStart(3, '0');

const accountName = (index: number): string => (index === 0 ? 'management' : `account-${digits(index)}`);

const accountId = (index: number): string => String(100_000_000_000 + index);

const setName = (index: number): string => (index === 0 ? 'AdministratorAccess' : `set-${digits(index)}`);

const userAt = (index: number): UserEntry => ({
  givenName: `Given${digits(index)}`,
  familyName: `Family${digits(index)}`,
  email: `user-${digits(index)}@example.com`,
  ...(index % 3 === 0 && { title: 'Engineer' }),
});

/** Everybody is in as many groups as the next one, or in one more. */
function groupsOf(users: readonly string[], dimensions: Dimensions, random: Random): Organisation['groups'] {
  const groups = list(dimensions.groups, (index) => ({ description: `Team ${index}`, members: [] as string[] }));
  const each = Math.floor(dimensions.memberships / Math.max(1, users.length));
  const withOneMore = dimensions.memberships - each * users.length;
  for (const [index, user] of users.entries()) {
    const chosen = new Set<number>();
    while (chosen.size < each + (index < withOneMore ? 1 : 0)) chosen.add(pick(random, groups.length));
    for (const at of chosen) groups[at]?.members.push(user);
  }
  return Object.fromEntries(groups.map((group, index) => [`group-${digits(index)}`, group]));
}

const readingPolicies = [
  'ReadOnlyAccess',
  'SecurityAudit',
  'AmazonS3ReadOnlyAccess',
  'AmazonEC2ReadOnlyAccess',
  'CloudWatchReadOnlyAccess',
  'AmazonRDSReadOnlyAccess',
];

function setAt(index: number): PermissionSetEntry {
  const managed = readingPolicies[index % readingPolicies.length] ?? 'ReadOnlyAccess';
  return {
    description: `Work of kind ${index}`,
    sessionDuration: `${1 + (index % 8)}h`,
    managedPolicies: [index === 0 ? 'AdministratorAccess' : managed],
    ...(index % 4 === 1 && { customerManagedPolicies: [{ name: `team-${index % 10}`, path: '/teams/' }] }),
    ...(index % 5 === 2 && { permissionsBoundary: { managedPolicy: 'PowerUserAccess' } }),
    inlinePolicy: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: ['s3:GetObject', 's3:ListBucket'], Resource: bucketOf(index) }],
    },
    tags: { team: `team-${index % 10}` },
  };
}

const bucketOf = (index: number): string[] => [`arn:aws:s3:::work-${index}`, `arn:aws:s3:::work-${index}/*`];
