import { expect, it } from 'vitest';
import { accounts } from '../../support/live.ts';
import { createLocalFolder } from '../../support/local-folder.ts';
import type { Diagnosis } from '../../../src/core/diagnosis.ts';
import type { Intercept } from '../../support/proxy.ts';
import { allBut, examine, see } from '../examine.ts';

const arn = 'arn:aws:sso:::instance/ssoins-0123456789abcdef';

it('says which instance it is, and that this is its home', async () => {
  const { of, code, emulator } = await examine({ seed: { instanceArn: arn } });
  expect(code).toBe(0);
  expect(of('instance')).toMatchObject({
    status: 'ok',
    found: `${arn} in us-east-1, the organization instance of ${accounts.management}, is active.`,
  });
  expect(of('home-region')).toMatchObject({
    status: 'ok',
    found: 'us-east-1 is the primary region of the instance.',
  });
  // Each of these once, however many checks need them.
  const operations = emulator.calls.map(({ service, operation }) => `${service} ${operation}`);
  expect(operations.filter((operation, index) => operations.indexOf(operation) !== index)).toEqual([]);
});

it('finds the instance in another region, and says what to pass', async () => {
  const { of, code } = await examine({ seed: { instanceArn: arn }, flags: ['--region', 'eu-west-1'] });
  expect(code).toBe(1);
  expect(of('instance')).toMatchObject({ status: 'failed', next: [] });
  const home = of('home-region');
  expect(home.found).toMatch(
    /^eu-west-1 has no instance; the instance arn:\S+ is in us-east-1\. All calls go to one endpoint, http:/,
  );
  expect(home.next).toEqual([{ text: 'Pass this flag instead:', line: '--region us-east-1' }]);
});

it('says what to write where the file has the wrong region, or none', async () => {
  const line = { text: 'Write this into the file, under identityCenter:', line: 'region: us-east-1' };
  const wrong = await see('home-region', { document: { identityCenter: { region: 'eu-west-1' } }, flags: [] });
  expect(wrong).toMatchObject({ status: 'failed', next: [line] });
  const none = await see('home-region', { document: {}, flags: [] });
  expect(none).toMatchObject({ status: 'failed', next: [line] });
  expect(none.found).toContain('No region is set');
});

it('says so where no region of the partition has one', async () => {
  const sight = await see('home-region', { seed: { region: 'cn-north-1' } });
  expect(sight.status).toBe('failed');
  expect(sight.found).toMatch(
    /^us-east-1 has no instance, and no instance was found in \d+ other regions, of which 0 gave no answer\./,
  );
});

it('gives the reasons of the regions that do not answer, once each', async () => {
  const sight = await see('home-region', {
    flags: ['--region', 'eu-west-1'],
    intercept: async (operation, forward) =>
      operation === 'ListInstances'
        ? (await forward()).body.includes('ssoins')
          ? { status: 400, body: '{"__type":"AccessDeniedException","Message":"by an SCP"}' }
          : { status: 200, body: '{"Instances":[]}' }
        : forward(),
  });
  expect(sight.items).toEqual(['AccessDeniedException: us-east-1']);
  expect(sight.found).toContain('of which 1 gave no answer');
});

/** As the service answered before June 2026. */
const withoutPrimaryRegion: Intercept = async (operation, forward) => {
  const answer = await forward();
  if (operation !== 'ListInstances') return answer;
  const { Instances } = JSON.parse(answer.body) as { Instances: { PrimaryRegion?: string }[] };
  for (const instance of Instances) delete instance.PrimaryRegion;
  return { ...answer, body: JSON.stringify({ Instances }) };
};

const replicated = { region: 'eu-central-1', additionalRegions: ['us-east-1'] };

it.each([
  ['which the first call tells', undefined, ['ListInstances']],
  ['which takes another call, where the first does not tell', withoutPrimaryRegion, ['ListInstances', 'ListRegions']],
])('knows an additional region of a replicated instance, %s', async (_how, intercept, wanted) => {
  const { of, emulator } = await examine({ seed: replicated, ...(intercept && { intercept }) });
  expect(of('home-region')).toMatchObject({ status: 'failed', next: [{ line: '--region eu-central-1' }] });
  expect(of('home-region').found).toContain('replicated to us-east-1, and its primary region is eu-central-1');
  const operations = emulator.calls.map(({ operation }) => operation);
  expect(operations).toEqual(intercept ? expect.arrayContaining(wanted) : wanted);
  expect(of('instance').status).toBe(intercept ? 'ok' : 'failed');
  expect(of('instance').next.map(({ line }) => line)).not.toContain('--region eu-central-1');
});

it('goes on where it may not ask for the primary region', async () => {
  const { of, code } = await examine({ policy: allBut('sso:ListRegions'), intercept: withoutPrimaryRegion });
  expect(code).toBe(0);
  expect(of('home-region')).toMatchObject({ status: 'ok' });
  expect(of('home-region').found).toContain('AWS did not tell (sso:ListRegions)');
});

it('the embedded Identity Center is one endpoint: no other region is asked', async () => {
  const local = createLocalFolder({});
  await local.idc(['doctor']);
  const { out, code } = await local.idc(['doctor', '--format', 'json', '--region', 'eu-west-1']);
  expect(code).toBe(1);
  const { checks } = JSON.parse(out) as Diagnosis;
  expect(checks.find(({ check }) => check === 'home-region')).toMatchObject({
    status: 'unknown',
    found:
      'Other regions were not asked. All calls go to one endpoint, the embedded Identity Center: no other region can be asked.',
  });
});

it('tells an account instance by its owner', async () => {
  const { of, code } = await examine({
    seed: { instanceKind: 'account', caller: { accountId: accounts.production } },
  });
  expect(code).toBe(1);
  expect(of('instance').found).toMatch(/account instance.* \(account-instance\)$/);
  expect(of('quotas')).toMatchObject({
    status: 'unknown',
    found: 'Not looked at: no instance was found.',
  });
});

it('tells it by what it does not know, where Organizations is out of reach', async () => {
  const { of, code } = await examine({
    seed: { instanceKind: 'account', caller: { accountId: accounts.production } },
    policy: allBut('organizations:*'),
  });
  expect(code).toBe(1);
  expect(of('instance')).toMatchObject({ status: 'failed' });
  expect(of('instance').next).toEqual([
    {
      text: expect.stringMatching(/If \d{12} is .* management account.* Otherwise it is an account instance/),
      line: expect.stringContaining('--permission-sets-enabled'),
    },
  ]);
  const untold = await see('instance', {
    seed: { instanceKind: 'account', caller: { accountId: accounts.production } },
    policy: allBut('organizations:*', 'sso:DescribeInstance'),
  });
  expect(untold.found).toContain(`looks like an account instance of ${accounts.production}`);
});

it.each(['denied', 'invalid'] as const)(
  'names the command where permission sets are switched off (%s)',
  async (how) => {
    const off = { seed: { instanceArn: arn, permissionSetsEnabled: false }, behaviour: { withoutPermissionSets: how } };
    const { of, code } = await examine({ ...off, document: { permissionSets: {} } });
    expect(code).toBe(1);
    expect(of('instance')).toMatchObject({
      status: 'failed',
      found: `Permission sets are switched off for ${arn}.`,
      next: [
        {
          text: expect.stringContaining('never be switched off again'),
          line: `aws sso-admin update-instance --instance-arn ${arn} --permission-sets-enabled --region us-east-1`,
        },
      ],
    });
    expect(of('quotas').found).toBe('Not looked at: permission sets are switched off.');
    expect(of('read-rights')).toMatchObject({ status: 'ok', items: [] });
    const { of: ofUsers, code: usersCode } = await examine({ ...off, document: { users: {} } });
    expect([usersCode, ofUsers('instance').status]).toEqual([0, 'note']);
  },
);

it.each([
  ['one that is not ready', [{ Status: 'CREATE_IN_PROGRESS' }], 'instance-not-ready'],
  ['several', [{}, { InstanceArn: 'arn:aws:sso:::instance/ssoins-fedcba9876543210' }], 'several-instances'],
])('an instance that can’t be worked with: %s', async (_case, changes, code) => {
  const sight = await see('instance', {
    intercept: async (operation, forward) => {
      const answer = await forward();
      if (operation !== 'ListInstances') return answer;
      const [instance] = (JSON.parse(answer.body) as { Instances: object[] }).Instances;
      return { ...answer, body: JSON.stringify({ Instances: changes.map((change) => ({ ...instance, ...change })) }) };
    },
  });
  expect(sight.status).toBe('failed');
  expect(sight.found).toContain(`(${code})`);
  expect(sight.next).toHaveLength(1);
});
