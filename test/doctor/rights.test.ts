import { describe, expect, it } from 'vitest';
import { iamPolicy } from '../../src/aws/iam/policy.ts';
import { connectionRights } from '../../src/aws/iam/actions.ts';
import { optionalReads } from '../../src/aws/iam/probe.ts';
import { judgeActions } from '../../src/doctor/judge-actions.ts';
import { kinds } from '../../src/kinds/index.ts';
import type { PermissionSetSpec } from '../../src/kinds/permission-set/kind.ts';
import { accounts } from '../support/live.ts';
import type { Organisation } from '../support/organisation.ts';
import { printed } from '../support/in-force.ts';
import { allBut, examine, see, user } from './examine.ts';

const administrator = 'arn:aws:iam::aws:policy/AdministratorAccess';
const team = {
  users: { ann: user('ann') },
  groups: { ops: { members: ['ann'] } },
  permissionSets: { Admin: { managedPolicies: [administrator] } },
  assignments: [`GROUP ops Admin ${accounts.production}`],
};
/** With the permission set that the caller is a role of. */
const teamWith = (name: string, content: object, account = accounts.management): Organisation => ({
  ...team,
  permissionSets: { ...team.permissionSets, [name]: content },
  assignments: [...team.assignments, `USER ann ${name} ${account}`],
});
const allowing = (...statements: object[]): object => ({
  inlinePolicy: {
    Version: '2012-10-17',
    Statement: statements.map((statement) => ({ Effect: 'Allow', Resource: '*', ...statement })),
  },
});
const applications = [{ name: 'Salesforce' }];
/** Read only where the file takes accounts by unit or by tag. */
const ofTargets = new Set([
  'organizations:ListRoots',
  'organizations:ListOrganizationalUnitsForParent',
  'organizations:ListParents',
  'organizations:ListTagsForResource',
]);
const actionsOf = (purpose: 'read' | 'write'): string[] =>
  [connectionRights, ...kinds.map(({ rights }) => rights)].flatMap((rights) =>
    rights[purpose].flatMap(({ actions }) => actions),
  );

/** A kind with a section of its own may ask for it: each is told below, and by the tests of its kind. */
const isOfSection = (action: string): boolean => optionalReads(kinds).get(action)?.section !== undefined;

describe('the rights to read', () => {
  it('are there: every read of a plan is tried once, and nothing is written', async () => {
    const { of, emulator } = await examine({ live: team, seed: { applications } });
    expect(of('read-rights')).toMatchObject({ status: 'ok', found: 'AWS answers every read of a plan.' });
    const prefixes: Record<string, string> = { 'sso-admin': 'sso' };
    const called = emulator.calls.map(({ service = '', operation }) => `${prefixes[service] ?? service}:${operation}`);
    const uncalled = actionsOf('read').filter((action) => !called.includes(action));
    expect(uncalled.filter((action) => !isOfSection(action))).toEqual([...ofTargets]);
    expect(emulator.calls.filter(({ operation }) => !/^(List|Describe|Get)/.test(operation))).toEqual([]);
  });

  it.each(
    actionsOf('read').filter(
      (action) => action !== 'sso:ListInstances' && !ofTargets.has(action) && !isOfSection(action),
    ),
  )('%s is missed by name, and everything else is looked at all the same', async (action) => {
    const { of, diagnosis } = await examine({ live: team, seed: { applications }, policy: allBut(action) });
    const { status, found, items, next } = of('read-rights');
    expect(items.join('\n')).toContain(action.startsWith('organizations:Describe') ? '' : action);
    const isReplaceable = /AssignmentsForPrincipal|ProvisionedToAccount|ForMember/.test(action);
    const isForSome = /ForPrincipal|tionStatus/.test(action) && !/AccountAssignmentsForPrincipal/.test(action);
    const expected = action.startsWith('organizations:')
      ? action.endsWith('ListAccounts')
        ? 'warning'
        : 'ok'
      : isForSome
        ? 'warning'
        : isReplaceable
          ? 'note'
          : 'failed';
    expect(status).toBe(expected);
    if (isForSome) expect(found).toMatch(/^AWS denies 1 action that some plans need: those (of|that) .+\.$/);
    if (expected !== 'ok') expect(next).toEqual([{ text: expect.any(String), line: 'idc iam-policy plan' }]);
    const blind = diagnosis.checks.filter((check) => check.status === 'unknown').map(({ found }) => found);
    // What a denial hides is said with its name; only what is in IAM is unknown for another reason.
    const others = blind.filter((found) => !found.startsWith('Not checked: what arn:'));
    expect(others.filter((found) => !found.includes(action) && !found.includes('Organizations'))).toEqual([]);
    if (expected === 'failed') expect(others.length).toBeGreaterThan(0);
    expect(diagnosis.summary.ok).toBeGreaterThan(3);
  });

  it.each([
    ['sso:ListApplications', { applicationAssignments: [] }],
    ['sso:ListApplicationAssignments', { applicationAssignments: [] }],
    ['sso:DescribeInstanceAccessControlAttributeConfiguration', { accessControlAttributes: {} }],
  ])('%s is missed by a file with the section that it is for, and by no other', async (action, document) => {
    const [section = ''] = Object.keys(document);
    const one = { live: team, seed: { applications }, policy: allBut(action) };
    expect(await see('read-rights', { ...one, document })).toMatchObject({
      status: 'warning',
      found: `AWS denies 1 action that some plans need: those of files with ${section}.`,
    });
    expect(await see('read-rights', one)).toMatchObject({
      status: 'note',
      found: `AWS denies 1 action that no plan of this file needs. Snapshots, imports and files with ${section} do.`,
    });
  });

  it('of a section that the file lacks are not needed for its names', async () => {
    const groups = { ops: { members: ['nobody'] } };
    const policy = allBut('sso:DescribeInstanceAccessControlAttributeConfiguration');
    const { of } = await examine({ live: team, document: { groups }, policy });
    expect(of('file').items.join('\n')).toContain('There is no user "nobody"');
    const blind = await examine({ live: team, document: { groups }, policy: allBut('identitystore:ListUsers') });
    expect(blind.of('file').status).toBe('ok');
  });

  it('that a target by unit needs are missed where the file has one', async () => {
    const assignments = [{ groups: ['ops'], permissionSets: ['Admin'], organizationalUnits: ['Workloads'] }];
    const document = { groups: { ops: { members: [] } }, permissionSets: { Admin: {} }, assignments };
    const { code, diagnosis, of } = await examine({
      live: team,
      seed: { applications },
      document,
      policy: allBut('organizations:ListRoots'),
    });
    expect(code).toBe(1);
    expect(of('read-rights')).toMatchObject({ status: 'failed', found: 'AWS denies 1 action that a plan needs.' });
    expect(of('read-rights').items.join('\n')).toMatch(/^organizations:ListRoots: /);
    const unknown = diagnosis.checks.filter(({ status }) => status === 'unknown').map(({ found }) => found);
    expect(unknown.join('\n')).toContain('it needs organizations:ListRoots');
  });

  it('that nothing can be tried on are said to be', async () => {
    const { status, found } = await see('read-rights', {});
    expect(status).toBe('ok');
    expect(found).toMatch(/There was nothing to try .*sso:DescribePermissionSet/);
  });

  it('under which a plan works are enough, but for what only an apply reads', async () => {
    const { of, emulator, text } = await examine({ live: team });
    emulator.setPolicy(await printed('plan', emulator));
    const { code, out } = await text();
    expect(code).toBe(0);
    expect(out).toContain('? failed-requests\n    Not looked at: it needs sso:ListPermissionSetProvisioningStatus.');
    expect(of('failed-requests').status).toBe('ok');
  });
});

const callerOf = (permissionSet: string, accountId = accounts.management) => ({
  accountId,
  arn: `arn:aws:sts::${accountId}:assumed-role/AWSReservedSSO_${permissionSet}_0123456789abcdef/ann`,
});

describe('the rights to write', () => {
  it('are not guessed where the caller is not a role of this Identity Center', async () => {
    const sight = await see('write-rights', { live: team });
    expect(sight).toMatchObject({
      status: 'unknown',
      next: [{ line: `idc iam-policy apply --management-account ${accounts.management}` }],
    });
  });

  it('are there for an administrator', async () => {
    const live = teamWith('Boss', { managedPolicies: [administrator] });
    const sight = await see('write-rights', { live, seed: { caller: callerOf('Boss') } });
    expect(sight.status).toBe('ok');
    expect(sight.found).toMatch(/^Boss allows all \d+ actions of an apply\./);
  });

  it('are not those of a permission set without a role in the caller’s account: that role is of another Identity Center', async () => {
    const sight = await see('write-rights', { live: team, seed: { caller: callerOf('Admin') } });
    expect(sight.status).toBe('unknown');
  });

  it('that the permission set lacks are named', async () => {
    const live = teamWith('Less', allowing({ Action: ['sso:*', 'iam:*', 'organizations:*'] }));
    const sight = await see('write-rights', { live, seed: { caller: callerOf('Less') } });
    expect(sight.status).toBe('warning');
    expect(sight.items).toContain('identitystore:CreateUser');
    expect(sight.items.every((action) => action.startsWith('identitystore:'))).toBe(true);
  });

  it('of a delegated administrator need none of IAM', async () => {
    const Action = ['sso:*', 'identitystore:*', 'organizations:*'];
    const sight = await see('write-rights', {
      live: teamWith('Team', allowing({ Action }), accounts.production),
      seed: {
        caller: callerOf('Team', accounts.production),
        delegatedAdministrators: [accounts.production],
      },
    });
    expect(sight.status).toBe('ok');
  });

  it('that a managed policy may give are not known', async () => {
    const policy = 'arn:aws:iam::aws:policy/AWSSSOMasterAccountAdministrator';
    const live = teamWith('Boss', { managedPolicies: [policy] });
    const sight = await see('write-rights', { live, seed: { caller: callerOf('Boss') } });
    expect(sight.status).toBe('unknown');
    expect(sight.found).toContain(`what ${policy} allows can't be read here`);
  });

  it('under a condition are not judged', async () => {
    const Condition = { Bool: { 'aws:SecureTransport': true } };
    const live = teamWith('Boss', allowing({ Action: '*', Condition }));
    const sight = await see('write-rights', { live, seed: { caller: callerOf('Boss') } });
    expect(sight.status).toBe('note');
    expect(sight.found).toContain('under a condition');
  });
});

describe('what a permission set allows', () => {
  const scope = {
    partition: 'aws',
    instanceArn: 'arn:aws:sso:::instance/ssoins-0123456789abcdef',
    identityStoreId: 'd-0123456789',
    managementAccountId: accounts.management,
    isDelegated: false,
  };
  const needed = iamPolicy(kinds, 'apply', scope);
  const set = (more: Partial<PermissionSetSpec>): PermissionSetSpec => ({
    name: 'Set',
    sessionDuration: 'PT1H',
    managedPolicies: [],
    customerManagedPolicies: [],
    tags: {},
    provisioned: { stale: [] },
    ...more,
  });
  const inline = (...Statement: object[]): Partial<PermissionSetSpec> => ({
    inlinePolicy: { Version: '2012-10-17', Statement } as PermissionSetSpec['inlinePolicy'],
  });
  const count = ({ allowed, unsure, missing }: ReturnType<typeof judgeActions>): number[] => [
    allowed.length,
    unsure.length,
    missing.length,
  ];
  const all = needed.Statement.flatMap(({ Action }) => Action).length;

  it('is all where it is the policy that idc iam-policy prints, as narrow as it can be, and for another instance nothing', () => {
    expect(count(judgeActions(set(inline(...needed.Statement)), needed))).toEqual([all, 0, 0]);
    const other = iamPolicy(kinds, 'apply', {
      ...scope,
      instanceArn: 'arn:aws:sso:::instance/ssoins-fedcba9876543210',
    });
    const { missing } = judgeActions(set(inline(...other.Statement)), needed);
    expect(missing).toContain('sso:CreatePermissionSet');
    expect(missing).not.toContain('identitystore:CreateUser');
  });

  it('is all but the writes where it is the policy of a plan', () => {
    const { missing } = judgeActions(set(inline(...iamPolicy(kinds, 'plan', scope).Statement)), needed);
    expect(missing).toEqual(expect.arrayContaining(actionsOf('write')));
    expect(missing).not.toContain('sso:ListPermissionSets');
  });

  it.each([
    ['nothing', {}, [0, 0, all]],
    ['everything', inline({ Effect: 'Allow', Action: '*', Resource: '*' }), [all, 0, 0]],
    ['AdministratorAccess', { managedPolicies: [administrator] }, [all, 0, 0]],
    [
      'everything under a condition',
      inline({ Effect: 'Allow', Action: '*', Resource: '*', Condition: { Bool: { x: true } } }),
      [0, all, 0],
    ],
    ['everything on what is not named', inline({ Effect: 'Allow', Action: '*', NotResource: 'x' }), [0, 0, all]],
    [
      'everything but one, by a denial',
      { managedPolicies: [administrator], ...inline({ Effect: 'Deny', Action: 'sso:createUSER*', Resource: 'x' }) },
      [all, 0, 0],
    ],
    [
      'a denial somewhere',
      {
        managedPolicies: [administrator],
        ...inline({ Effect: 'Deny', Action: 'sso:TagResource', Resource: 'x' }),
      },
      [all - 1, 1, 0],
    ],
    ['everything but one', inline({ Effect: 'Allow', NotAction: 'sso:TagResource', Resource: '*' }), [all - 1, 0, 1]],
    [
      'everything below a boundary',
      { managedPolicies: [administrator], permissionsBoundary: { managedPolicy: 'arn:aws:iam::aws:policy/Other' } },
      [0, all, 0],
    ],
    [
      'everything below a boundary that takes nothing away',
      { managedPolicies: [administrator], permissionsBoundary: { managedPolicy: administrator } },
      [all, 0, 0],
    ],
  ] as [string, Partial<PermissionSetSpec>, number[]][])('%s', (_what, more, counts) => {
    expect(count(judgeActions(set(more), needed))).toEqual(counts);
  });

  it('is not known where policies can’t be read', () => {
    const managedPolicies = ['arn:aws:iam::aws:policy/AWSSSOMasterAccountAdministrator'];
    const { unseen } = judgeActions(
      set({ managedPolicies, customerManagedPolicies: [{ name: 'own', path: '/team/' }] }),
      needed,
    );
    expect(unseen).toEqual([...managedPolicies, '/team/own']);
  });
});

describe('a delegated administrator', () => {
  const seed = { caller: { accountId: accounts.production }, delegatedAdministrators: [accounts.production] };

  it('is none where the calls come from the management account', async () => {
    expect(await see('delegated-administrator', { live: team })).toMatchObject({ status: 'ok' });
  });

  it('is told what is out of reach', async () => {
    const live = { ...team, permissionSets: { ...team.permissionSets, Read: {} } };
    expect(await see('delegated-administrator', { live, seed })).toMatchObject({ status: 'note', items: [] });
    // An assignment there is the management account's to make.
    const both = await see('delegated-administrator', {
      live,
      seed,
      change: ({ world }) => {
        const row = world.provisioned.rows()[0];
        if (row) world.provisioned.put({ ...row, AccountId: accounts.management });
      },
    });
    expect(both).toMatchObject({ status: 'warning', items: ['Admin'] });
  });

  it('is not told where STS is silent', async () => {
    const sight = await see('delegated-administrator', {
      live: team,
      intercept: (operation, forward) =>
        operation === 'GetCallerIdentity' ? Promise.resolve({ status: 400, body: '{}' }) : forward(),
    });
    expect(sight).toMatchObject({ status: 'unknown' });
  });
});
