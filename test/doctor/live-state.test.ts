import { SSOAdmin } from '@aws-sdk/client-sso-admin';
import { describe, expect, it } from 'vitest';
import { createJumpingClock } from '../support/clock.ts';
import type { TimedEmulator } from '../support/emulator.ts';
import { accounts, person } from '../support/live.ts';
import type { Organisation } from '../support/organisation.ts';
import { allBut, examine, see, user, type Case } from './examine.ts';

const { management, production, staging } = accounts;
const team: Organisation = {
  users: { ann: user('ann'), bob: user('bob') },
  groups: { ops: { members: ['ann'] } },
  permissionSets: { Admin: {}, Read: {} },
  assignments: [`GROUP ops Admin ${production}`, `USER bob Read ${staging}`],
};
const home = { identityCenter: { region: 'us-east-1' } };
const document = {
  ...home,
  users: { ann: person('ann'), bob: person('bob') },
  groups: { ops: { members: ['ann'] } },
  permissionSets: { Admin: {}, Read: {} },
  assignments: [{ groups: ['ops'], permissionSets: ['Admin'], accounts: ['production'] }],
};

it('finds nothing in an organisation in which nothing is wrong', async () => {
  const { diagnosis, code } = await examine({ live: team });
  expect(code).toBe(0);
  const names = diagnosis.checks.filter(({ status }) => status !== 'ok').map(({ check }) => check);
  // Not pinned; no section that profiles could be made of; and who calls is no role of this Identity Center.
  expect(names).toEqual(['pinned-instance', 'write-rights', 'offline-profiles']);
});

const seedWith = (state: 'SUSPENDED' | 'PENDING_CLOSURE' | 'CLOSED'): NonNullable<Case['seed']> => ({
  accounts: [
    { id: management, name: 'management' },
    { id: production, name: 'production' },
    { id: staging, name: 'staging', state },
  ],
});
const suspend = ({ world }: TimedEmulator, id = staging): void => {
  const account = world.accounts.get(id);
  if (account) world.accounts.put({ ...account, State: 'SUSPENDED' });
};

describe('inactive accounts', () => {
  it('are fine where nothing is about them', async () => {
    const sight = await see('inactive-accounts', { seed: seedWith('PENDING_CLOSURE') });
    expect(sight).toMatchObject({ status: 'ok', found: '1 account not active, and nothing is about them.' });
  });

  it('are told with what is live there', async () => {
    const sight = await see('inactive-accounts', { live: team, change: (emulator) => suspend(emulator) });
    expect(sight).toMatchObject({
      status: 'warning',
      items: [`staging (${staging}), SUSPENDED: 1 live assignment and 1 role`],
    });
  });

  it('are told with what the file wants there', async () => {
    const sight = await see('inactive-accounts', {
      live: team,
      document,
      change: (emulator) => suspend(emulator, production),
    });
    expect(sight.items).toEqual([
      `production (${production}), SUSPENDED: 1 live assignment, 1 role and 1 assignment in the file`,
    ]);
  });

  it('can’t be told where Organizations is out of reach', async () => {
    const sight = await see('inactive-accounts', { live: team, policy: allBut('organizations:*') });
    expect(sight.status).toBe('unknown');
    expect(sight.found).toContain("Organizations can't be read");
  });
});

it('orphaned assignments are counted and placed, with the command that removes them', async () => {
  const sight = await see('orphaned-assignments', {
    live: {
      users: { ann: user('ann'), gone: user('gone') },
      groups: { old: {} },
      permissionSets: { Admin: {} },
      assignments: [`USER ann Admin ${production}`],
      orphans: [`USER gone Admin ${production}`, `GROUP old Admin ${staging}`],
    },
  });
  expect(sight).toMatchObject({
    status: 'warning',
    found: '2 assignments to a user or a group that is gone.',
    next: [{ line: 'idc plan --orphans --file identity.yaml --region us-east-1' }],
  });
  expect(sight.items[0]).toMatch(/^Admin in production \(111122223333\) to user [0-9a-f-]{36}/);
  expect(sight.items[1]).toContain(`Admin in staging (${staging}) to group `);
});

const clientOf = ({ url }: TimedEmulator): SSOAdmin =>
  new SSOAdmin({
    endpoint: url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });

/** Provisions, and waits for its end, whatever that is. */
async function provision(emulator: TimedEmulator, name: string, account: string): Promise<void> {
  const sso = clientOf(emulator);
  const { InstanceArn } = emulator.world.instance;
  const set = emulator.world.permissionSets.rows().find(({ Name }) => Name === name);
  const { PermissionSetProvisioningStatus: status } = await sso.provisionPermissionSet({
    InstanceArn,
    PermissionSetArn: set?.PermissionSetArn ?? '',
    TargetType: 'AWS_ACCOUNT',
    TargetId: account,
  });
  const ProvisionPermissionSetRequestId = status?.RequestId ?? '';
  for (let state = status?.Status; state === 'IN_PROGRESS';) {
    await emulator.clock.sleep(5);
    const answer = await sso.describePermissionSetProvisioningStatus({ InstanceArn, ProvisionPermissionSetRequestId });
    state = answer.PermissionSetProvisioningStatus?.Status;
  }
}

it('reports a role without an assignment', async () => {
  const sight = await see('unassigned-roles', {
    live: team,
    change: (emulator) => provision(emulator, 'Read', production),
  });
  expect(sight).toMatchObject({ status: 'note', items: [`Read in production (${production})`] });
});

describe('roles without the latest edit', () => {
  const live = { ...team, stale: { Admin: { managedPolicies: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] } } };

  it('are told, with what an apply would do', async () => {
    const sight = await see('stale-roles', { live, document });
    expect(sight).toMatchObject({
      status: 'warning',
      items: [`Admin in production (${production})`],
      next: [{ line: 'idc apply --file identity.yaml --region us-east-1' }],
    });
  });

  it('out of reach are told as such, and without the section nothing of ours provisions them', async () => {
    const sight = await see('stale-roles', { live, change: (emulator) => suspend(emulator, production) });
    expect(sight.items).toEqual([`Admin in production (${production}), out of reach of this caller`]);
    expect(sight.next[0]?.line).toContain(`--target-id ${production}`);
  });
});

describe('failed requests and customer managed policies', () => {
  const withPolicy: Organisation = {
    ...team,
    stale: { Admin: { customerManagedPolicies: ['/team/deployer'], permissionsBoundary: '/edge' } },
  };
  const seed: NonNullable<Case['seed']> = {
    accounts: [
      { id: management, name: 'management' },
      { id: production, name: 'production', customerManagedPolicies: [] },
      { id: staging, name: 'staging' },
    ],
  };
  const fail = (emulator: TimedEmulator): Promise<void> => provision(emulator, 'Admin', production);
  const found = { seed, live: withPolicy, change: fail };

  it('a provisioning that failed is told with its reason, as long as the role is as it was', async () => {
    const sight = await see('failed-requests', found);
    expect(sight.status).toBe('warning');
    expect(sight.items).toEqual([
      expect.stringMatching(
        /^\d{4}-\d\d-\d\dT\d\d:\d\dZ provisioning of Admin in production \(111122223333\): Received a 404 status error: Not supported policy arn:aws:iam::111122223333:policy\/team\/deployer\.$/,
      ),
    ]);
    expect(sight.next.map(({ text }) => text).join(' ')).toContain('see customer-managed-policies');
  });

  it('such a one is not told once it has been mended', async () => {
    const sight = await see('failed-requests', {
      ...found,
      change: async (emulator) => {
        await fail(emulator);
        const account = emulator.world.accounts.get(production);
        const CustomerManagedPolicies = ['/team/deployer', '/edge'];
        if (account) emulator.world.accounts.put({ ...account, CustomerManagedPolicies });
        await provision(emulator, 'Admin', production);
      },
    });
    expect(sight.status).toBe('ok');
  });

  it('nor where it was long ago', async () => {
    const sight = await see('failed-requests', {
      ...found,
      clock: createJumpingClock(new Date('2026-06-01T00:00:00Z')),
    });
    expect(sight.status).toBe('ok');
  });

  /** Asks for it in a suspended account, where it fails. */
  async function assign(emulator: TimedEmulator, action: 'create' | 'delete', set: string): Promise<void> {
    suspend(emulator, production);
    const { world } = emulator;
    const sso = clientOf(emulator);
    const { InstanceArn } = world.instance;
    const row = {
      InstanceArn,
      TargetType: 'AWS_ACCOUNT' as const,
      TargetId: production,
      PermissionSetArn: world.permissionSets.rows().find(({ Name }) => Name === set)?.PermissionSetArn ?? '',
      PrincipalType: 'GROUP' as const,
      PrincipalId: world.groups.rows()[0]?.GroupId ?? '',
    };
    await (action === 'create' ? sso.createAccountAssignment(row) : sso.deleteAccountAssignment(row));
    const isBusy = (): boolean => world.requests.rows().some(({ Status }) => Status === 'IN_PROGRESS');
    while (isBusy()) await emulator.clock.sleep(5);
  }

  it('an assignment that failed is told until it is there', async () => {
    const sight = await see('failed-requests', {
      live: team,
      change: (emulator) => assign(emulator, 'create', 'Read'),
    });
    expect(sight.items).toEqual([
      expect.stringContaining(`assignment of Read in production (${production}) to ops: AWS SSO is unable`),
    ]);
    const settled = await see('failed-requests', {
      live: team,
      change: async (emulator) => {
        await assign(emulator, 'create', 'Read');
        const { world } = emulator;
        const [PrincipalId = ''] = world.groups.rows().map(({ GroupId }) => GroupId);
        const Content = world.permissionSets.rows().find(({ Name }) => Name === 'Read');
        if (!Content) return;
        const { PermissionSetArn } = Content;
        world.provisioned.put({ AccountId: production, PermissionSetArn, Content });
        world.assignments.put({ AccountId: production, PermissionSetArn, PrincipalType: 'GROUP', PrincipalId });
      },
    });
    expect(settled.status).toBe('ok');
  });

  it('or until its last principal is gone', async () => {
    const sight = await see('failed-requests', {
      live: team,
      change: async (emulator) => {
        await assign(emulator, 'create', 'Read');
        for (const { GroupId } of emulator.world.groups.rows()) emulator.world.groups.delete(GroupId);
      },
    });
    expect(sight.status).toBe('ok');
  });

  it('a removal that failed is told, also where it is an orphan by now', async () => {
    const change = (emulator: TimedEmulator): Promise<void> => assign(emulator, 'delete', 'Admin');
    const sight = await see('failed-requests', { live: team, change });
    expect(sight.items).toEqual([
      expect.stringContaining(`removal of an assignment of Admin in production (${production}) to ops: AWS SSO is`),
    ]);
    const orphan = await see('failed-requests', {
      live: team,
      change: async (emulator) => {
        await change(emulator);
        for (const { GroupId } of emulator.world.groups.rows()) emulator.world.groups.delete(GroupId);
      },
    });
    expect(orphan.items).toEqual([expect.stringMatching(/removal of an assignment of Admin .* to [0-9a-f-]{36}: AWS/)]);
  });

  it('policies that must be there are listed, of what is live and of what the file wants', async () => {
    const sight = await see('customer-managed-policies', {
      seed,
      live: withPolicy,
      document: {
        ...home,
        permissionSets: { Read: { customerManagedPolicies: [{ name: 'reader' }] } },
        assignments: [{ groups: ['ops'], permissionSets: ['Read'], accounts: ['staging'] }],
      },
    });
    const arn = (account: string, policy: string): string => `arn:aws:iam::${account}:policy${policy}`;
    expect(sight).toMatchObject({
      status: 'note',
      items: [
        `${arn(production, '/edge')} in production (${production}), for Admin`,
        `${arn(production, '/team/deployer')} in production (${production}), for Admin`,
        `${arn(staging, '/reader')} in staging (${staging}), for Read`,
      ],
      next: [{ line: `aws iam get-policy --policy-arn ${arn(production, '/edge')}` }],
    });
  });
});

describe('quotas', () => {
  const policies = ['ReadOnlyAccess', 'PowerUserAccess', 'IAMFullAccess', 'AmazonS3FullAccess', 'AmazonEC2FullAccess'];
  const arns = (names: string[]): string[] => names.map((name) => `arn:aws:iam::aws:policy/${name}`);
  const customer = ['/one', '/two', '/three'];

  it('of a permission set', async () => {
    const Resource = Array.from({ length: 200 }, (_, index) => `arn:aws:s3:::bucket-with-a-long-name-${index}`);
    const inlinePolicy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource }] };
    const Big = { managedPolicies: arns(policies), customerManagedPolicies: customer, inlinePolicy };
    const sight = await see('quotas', { live: { permissionSets: { Big } } });
    expect(sight.status).toBe('warning');
    expect(sight.items).toEqual([
      expect.stringMatching(
        /^bytes besides white space of the inline policy of Big: 8,\d{3} of 10,240 \(8\d %, cannot be raised\)$/,
      ),
      'managed policies of the roles of Big (IAM): 8 of 10 (80 %)',
    ]);
  });

  it('of what is not near them say nothing', async () => {
    const sight = await see('quotas', {
      live: { ...team, permissionSets: { Admin: { managedPolicies: arns(policies) }, Read: {} } },
    });
    expect(sight.status).toBe('ok');
    expect(sight.found).toMatch(/^\d+ limits compared, none of them 80 % used\.$/);
  });

  it('of groups that share a permission set in an account', async () => {
    const names = Array.from({ length: 81 }, (_, index) => `group-${index}`);
    const sight = await see('quotas', {
      live: {
        groups: Object.fromEntries(names.map((name) => [name, {}])),
        permissionSets: { Admin: {} },
        assignments: names.map((name) => `GROUP ${name} Admin ${production}`),
      },
    });
    expect(sight.items).toEqual([
      `groups assigned Admin in production (${production}): 81 of 100 (81 %, cannot be raised)`,
    ]);
  });
});

describe('users without an e-mail address', () => {
  const live = { users: { ann: user('ann'), bob: user('bob', '') } };

  it('are named', async () => {
    expect(await see('users-without-email', { live })).toMatchObject({ status: 'warning', items: ['bob (bob)'] });
    const inFile = await see('users-without-email', { live, document });
    expect(inFile.next).toEqual([{ text: 'Write email: for each of them into the file.' }]);
  });

  it('do not matter where an identity provider signs people in', async () => {
    const external = { identityCenter: { region: 'us-east-1', directory: 'external' } };
    expect(await see('users-without-email', { live, document: external })).toMatchObject({ status: 'ok' });
  });
});

it('reports unexpected profile names once, with how many profiles have them', async () => {
  const sight = await see('profile-names', {
    live: {
      users: { ann: user('ann'), bob: user('bob') },
      permissionSets: { 'Read,Write': {}, Read: {} },
      assignments: ['Read,Write', 'Read'].flatMap((set) =>
        ['ann', 'bob'].map((name) => `USER ${name} ${set} ${production}`),
      ),
    },
  });
  expect(sight).toMatchObject({
    status: 'note',
    items: [
      `"Read,Write-${production}" becomes Read-Write-${production}: not every AWS tool can take that name (2 users)`,
    ],
  });
  expect(await see('profile-names', { live: team })).toMatchObject({ status: 'ok' });
});

it('a name that two profiles would have is one only where one person has both', async () => {
  const assign = (first: string, second: string): string[] => [
    `USER ${first} Read ${production}`,
    `USER ${second} Read ${staging}`,
  ];
  const live = { users: { ann: user('ann'), bob: user('bob') }, permissionSets: { Read: {} } };
  const document = { ...home, cli: { profileName: '{permissionSet}' } };
  const apart = await see('profile-names', { live: { ...live, assignments: assign('ann', 'bob') }, document });
  expect(apart.status).toBe('ok');
  const together = await see('profile-names', { live: { ...live, assignments: assign('ann', 'ann') }, document });
  expect(together.items).toEqual([
    `"Read" becomes Read-${production}: several profiles would have that name (1 user)`,
    `"Read" becomes Read-${staging}: several profiles would have that name (1 user)`,
  ]);
});

describe('a directory that an identity provider fills', () => {
  const change = ({ world }: TimedEmulator): void => {
    const row = world.users.rows()[0];
    if (row) world.users.put({ ...row, ExternalIds: [{ Issuer: 'https://idp.example', Id: '1' }] });
  };

  it.each([
    ['the file says nothing of it', home, 'ok'],
    ['the file would write it', document, 'warning'],
    ['the file refers to it', { identityCenter: { region: 'us-east-1', directory: 'external' } }, 'ok'],
  ])('%s', async (_case, file, status) => {
    const sight = await see('directory', { live: team, change, document: file });
    expect(sight.status).toBe(status);
    expect(sight.found).toContain('An identity provider put 1 of the users and groups there (user ann)');
  });

  it('is not assumed where no user has an external id', async () => {
    expect(await see('directory', { live: team, document })).toMatchObject({ status: 'ok' });
  });
});
