import type { AccessChange } from '../../src/core/access.ts';
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

const noMore = { given: [], applications: { gained: [], lost: [] } };

export type PlanParts = Partial<Omit<Plan, 'access'>> & { access?: Partial<Plan['access']> };

/** A plan of these steps; everything else is empty unless it is given. */
export function buildPlan(steps: Step[], { access: some, ...rest }: PlanParts = {}): Plan {
  const access = { gained: [], lost: [], lastAccess: [], newAdministrators: [], edited: [], ...noMore, ...some };
  const risks = rest.risks ?? [];
  return {
    formatVersion: FORMAT_VERSION,
    instance,
    digest: digestOf({ instance, steps, access, risks, violations: rest.violations ?? [] }),
    summary: summarize(steps),
    steps,
    access,
    risks,
    accounts: Object.fromEntries([...accountIdsIn({ access, risks, steps })].map((id) => [id, accountName(id)])),
    violations: [],
    warnings: [],
    blocked: [],
    ignored: {},
    orphans: 0,
    cost: { apiCalls: steps.length, seconds: steps.length / 4 },
    desired: { version: 1 },
    ...rest,
  };
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
    normalised: {},
    ...rest,
  };
}

/** `through` lists groups; an empty text is a direct assignment. */
export function gains(user: string, permissionSet: string, account: string, ...through: string[]): AccessChange {
  const paths = through.map((via) => ({ ...(via !== '' && { via }), elements: [`assignment/${account}`] }));
  return { user, account, permissionSet, before: [], after: paths };
}

export function loses(user: string, permissionSet: string, account: string, ...through: string[]): AccessChange {
  const { before, after, ...rest } = gains(user, permissionSet, account, ...through);
  return { ...rest, before: after, after: before };
}

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
      carries: [
        { permissionSet: 'AdministratorAccess', accounts: ['111122223333', '444455556666', '999999999999'] },
        { permissionSet: 'Operations', accounts: ['111122223333'] },
      ],
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
        gains('hanako', 'AdministratorAccess', '444455556666', 'platform'),
        gains('hanako', 'AdministratorAccess', '111122223333', 'platform'),
      ],
      lost: [loses('taro', 'Deployer', '444455556666', '')],
      lastAccess: ['taro'],
      newAdministrators: [{ account: '111122223333', users: ['hanako'] }],
    },
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
