import type { AccessChange, AccessImpact, SetEdit } from '../../src/core/access.ts';
import { createPeopleLists, type Block, type Reach } from '../../src/core/reach.ts';
import { accountIdsIn, digestOf, FORMAT_VERSION, summarize, type Plan, type Step } from '../../src/core/plan.ts';

export const instance: Plan['instance'] = {
  arn: 'arn:aws:sso:::instance/ssoins-0123456789abcdef',
  identityStoreId: 'd-1234567890',
  region: 'us-east-1',
  partition: 'aws',
  ownerAccountId: '999999999999',
};

const known: Record<string, string> = { '111122223333': 'production', '444455556666': 'staging' };

export const accountName = (id: string): string => (Object.hasOwn(known, id) ? (known[id] ?? id) : id);

/** As in a plan, but with people by name. */
export interface NamedChange extends Omit<AccessChange, keyof Reach>, Block {}

export interface NamedEdit extends SetEdit {
  permissionSet: string;
  holders: Block[];
}

export interface NamedAccess extends Pick<AccessImpact, 'lastAccess' | 'changedHands'> {
  gained: NamedChange[];
  lost: NamedChange[];
  newAdministrators: (Block & { by?: string[] })[];
  lostAdministrators: Block[];
  edited: NamedEdit[];
  /** Applications by name, and who gains them. */
  applications: Record<string, string[]>;
}

export type PlanParts = Partial<Omit<Plan, 'access'>> & { access?: Partial<NamedAccess> | AccessImpact };

function buildAccess({
  gained = [],
  lost = [],
  lastAccess = [],
  newAdministrators = [],
  lostAdministrators = [],
  edited = [],
  changedHands = [],
  applications,
}: Partial<NamedAccess>): AccessImpact {
  const people = createPeopleLists();
  const changes = (list: readonly NamedChange[]): AccessChange[] =>
    list.map(({ users, ...change }) => ({ people: people.add(users), ...change }));
  const uses = Object.entries(applications ?? {}).map(([name, users]) => ({
    people: people.add(users),
    application: `arn:${name}`,
    name,
  }));
  return {
    people: people.lists,
    gained: changes(gained),
    lost: changes(lost),
    lastAccess,
    newAdministrators: newAdministrators.flatMap(({ by = ['*'], ...block }) =>
      people.reachOf([block]).map((reach) => ({ ...reach, by })),
    ),
    lostAdministrators: people.reachOf(lostAdministrators),
    edited: edited.map(({ holders, ...edit }) => ({ ...edit, holders: people.reachOf(holders) })),
    ...(edited.length > 0 && { policyData: { actions: '2026-09-26', managedPolicies: '2026-09-16' } }),
    attributes: [],
    given: [],
    changedHands,
    applications: { gained: uses, lost: [] },
  };
}

/** A plan of these steps; everything else is empty unless it is given. */
export function buildPlan(steps: Step[], { access: some, ...rest }: PlanParts = {}): Plan {
  const access = some && 'people' in some ? some : buildAccess(some ?? {});
  const plan = {
    formatVersion: FORMAT_VERSION,
    instance,
    base: { name: 'main', commit: '3f2c1ab'.padEnd(40, '0'), document: { version: 1 } },
    summary: summarize(steps),
    steps,
    access,
    risks: [],
    limits: [],
    adopted: [],
    gone: [],
    notes: [],
    ends: [],
    guards: { directory: 'identity-center', safety: {}, ignore: {} },
    accounts: {},
    violations: [],
    warnings: [],
    blocked: [],
    ignored: {},
    orphans: 0,
    cost: { apiCalls: steps.length, seconds: steps.length / 4 },
    desired: { version: 1 },
    ...rest,
  };
  return {
    ...plan,
    accounts: rest.accounts ?? Object.fromEntries([...accountIdsIn(plan)].map((id) => [id, accountName(id)])),
    digest: rest.digest ?? digestOf(plan),
  };
}

/** As far as a key tells them. */
function subjectsOf(kind: string, key: readonly string[]): Step['subjects'] {
  const [first = '', second = '', type = '', principal = ''] = key;
  if (kind === 'membership') return { group: first, user: second };
  if (kind !== 'assignment') return { [kind]: first };
  return { account: first, 'permission-set': second, [type.toLowerCase()]: principal };
}

/** `create user/hanako`, with its key as the label unless there is another one. */
export function buildStep(action: Step['action'], id: string, rest: Partial<Step> = {}): Step {
  const [kind = '', ...key] = id.split('/');
  return {
    id,
    action,
    kind,
    key: key.join('/'),
    label: key.join('/'),
    changes: [],
    dependsOn: [],
    subjects: subjectsOf(kind, key),
    normalised: {},
    ...rest,
  };
}

/** `through` lists groups; an empty text is a direct assignment. */
export const gains = (user: string, permissionSet: string, account: string, ...through: string[]): NamedChange => ({
  users: [user],
  permissionSet,
  power: 'read',
  accounts: [account],
  ways: through.map((via) =>
    via === '' ? { assignment: 'created' } : { via, assignment: 'created', membership: 'kept' },
  ),
});

export const loses = (user: string, permissionSet: string, account: string, ...through: string[]): NamedChange => ({
  ...gains(user, permissionSet, account),
  ways: through.map((via) =>
    via === '' ? { assignment: 'deleted' } : { via, assignment: 'deleted', membership: 'deleted' },
  ),
});

const policy = (action: string): string =>
  JSON.stringify(
    { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: 'arn:aws:s3:::site/*' }] },
    null,
    2,
  );

/** Something of everything. */
export const mixedPlan = buildPlan(
  [
    buildStep('create', 'user/hanako', {
      label: 'hanako (Hanako Yamada)',
      changes: [
        { field: 'givenName', type: 'value', before: null, after: 'Hanako' },
        { field: 'email', type: 'value', before: null, after: 'hanako@example.com' },
      ],
    }),
    buildStep('update', 'user/taro', {
      label: 'taro (Taro Suzuki)',
      changes: [{ field: 'title', type: 'value', before: 'Engineer', after: 'Lead' }],
    }),
    buildStep('create', 'membership/platform/hanako', {
      label: 'hanako in platform',
    }),
    buildStep('update', 'permission-set/Deployer', {
      changes: [
        { field: 'relayState', type: 'value', before: 'https://console.aws.amazon.com/', after: null },
        {
          field: 'managedPolicies',
          type: 'set',
          added: ['arn:aws:iam::aws:policy/job-function/ViewOnlyAccess'],
          removed: ['arn:aws:iam::aws:policy/PowerUserAccess'],
        },
        { field: 'inlinePolicy', type: 'document', before: policy('s3:*'), after: policy('s3:PutObject') },
        { field: 'provisioned', type: 'value', before: 'stale in production', after: 'current' },
      ],
    }),
    buildStep('create', 'permission-set/Operations', { replaces: 'permission-set/Ops' }),
    buildStep('create', 'assignment/111122223333/Operations/GROUP/platform', {
      label: 'Operations in production to group platform',
      after: { account: '111122223333' },
    }),
    buildStep('delete', 'assignment/444455556666/Deployer/USER/taro', {
      label: 'Deployer in staging to taro',
      before: { account: '444455556666' },
    }),
    buildStep('delete', 'permission-set/Ops', { replacedBy: 'permission-set/Operations' }),
  ],
  {
    access: {
      gained: [
        gains('hanako', 'Operations', '111122223333', 'platform'),
        { ...gains('hanako', 'AdministratorAccess', '444455556666', 'platform'), power: 'administrator' },
        { ...gains('hanako', 'AdministratorAccess', '111122223333', 'platform'), power: 'administrator' },
      ],
      lost: [{ ...loses('taro', 'Deployer', '444455556666', ''), power: 'write' }],
      lastAccess: ['taro'],
      newAdministrators: [{ accounts: ['111122223333'], users: ['hanako'] }],
    },
    notes: [
      {
        code: 'carries',
        group: 'platform',
        steps: ['membership/platform/hanako'],
        grants: [
          { permissionSet: 'AdministratorAccess', accounts: ['111122223333', '444455556666', '999999999999'] },
          { permissionSet: 'Operations', accounts: ['111122223333'] },
        ],
        applications: [],
      },
    ],
    warnings: [
      {
        code: 'role-name-changes',
        message: 'Operations replaces Ops, so the names of its roles change: look for them in trust policies.',
        place: { file: 'identity.yaml', line: 31, column: 3 },
      },
      {
        code: 'no-invitation',
        message: 'Nobody tells hanako.',
      },
    ],
    blocked: [
      {
        id: 'assignment/777788889999/Audit/USER/taro',
        action: 'create',
        kind: 'assignment',
        label: 'Audit in old to taro',
        reason: 'the account is suspended; the management account can close or reopen it',
      },
    ],
    violations: [
      {
        code: 'last-administrator',
        message: 'Nobody is an administrator of the management account after this plan.',
        allow: 'grant AdministratorAccess in 999999999999 to somebody',
      },
    ],
    ignored: { 'permission-set': 3, group: 1 },
    orphans: 2,
    cost: { apiCalls: 14, seconds: 2.2 },
  },
);
