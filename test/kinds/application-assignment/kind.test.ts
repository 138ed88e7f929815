import { describe, expect, it, onTestFinished } from 'vitest';
import { testClock } from '../../support/clock.ts';
import { connect } from '../../../src/aws/connect.ts';
import { makePlan } from '../../../src/planner/make-plan.ts';
import { liveSource } from '../../../src/source/live.ts';
import { ConfigError } from '../../../src/core/errors.ts';
import type { Plan } from '../../../src/core/plan.ts';
import type { EmulatorOptions } from '../../../src/emulator/index.ts';
import { accounts, load, now, person, startLive, type LiveSetup } from '../../support/live.ts';
import { observe, plant } from '../../support/organisation.ts';

async function start(options: EmulatorOptions = {}): Promise<LiveSetup> {
  const live = await startLive(options);
  onTestFinished(() => live.emulator.close());
  return live;
}

const steps = ({ steps: all }: Plan): string[] => all.map(({ action, label }) => `${action} ${label}`);
const uses = ({ emulator }: LiveSetup): string[] => observe(emulator.world).applicationAssignments ?? [];
const callsOf = ({ emulator }: LiveSetup): string[] =>
  emulator.calls.flatMap(({ operation }) => (operation.includes('Application') ? [operation] : [])).sort();

const users = { ann: person('ann'), bob: person('bob') };
const named = (name: string): object => ({ DisplayName: name, Name: { GivenName: name, FamilyName: name } });

describe('what a file says of applications', () => {
  it('is a product, whose doubles are one', async () => {
    const live = await start();
    const groups = { sales: {} };
    const entry = { users: ['ann'], groups: ['sales'], applications: ['Salesforce', 'Wiki'] };
    const document = { users, groups, applicationAssignments: [entry, { users: ['ANN'], applications: ['Wiki'] }] };
    expect(await live.apply(document)).toEqual([]);
    expect(uses(live)).toEqual(['GROUP sales Salesforce', 'GROUP sales Wiki', 'USER ann Salesforce', 'USER ann Wiki']);
    const { plan } = await live.plan({ ...document, applicationAssignments: [{ ...entry, applications: ['Wiki'] }] });
    expect(steps(plan)).toEqual(['delete Salesforce to group sales', 'delete Salesforce to ann']);
  });

  it('may name an application that does not exist only as a mistake in its place', async () => {
    const live = await start();
    const arn = 'arn:aws:sso::999988887777:application/ssoins-0123456789abcdef/apl-0123456789abcdef';
    const applicationAssignments = [{ users: ['ann'], applications: ['Wiki', 'Salesfroce', arn] }];
    const refused = await live.plan({ users, applicationAssignments }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ConfigError);
    expect((refused as ConfigError).diagnostics).toMatchObject([
      {
        code: 'unknown-application',
        message: 'There is no application "Salesfroce" in Identity Center; did you mean "Salesforce"?',
        place: { file: 'identity.yaml', line: 1 },
        frame: expect.stringContaining('Salesfroce') as string,
      },
      { code: 'unknown-application', message: expect.stringContaining(`no application "${arn}"`) as string },
    ]);
  });

  it('must say which of two applications of one name is meant, by its ARN, which always serves', async () => {
    const applications = [{ name: 'Wiki' }, { name: 'Wiki', account: accounts.staging }, { name: 'Shop' }];
    const live = await start({ seed: { applications } });
    const arns = live.emulator.world.applications.rows().map((row) => row.ApplicationArn);
    const say = (...names: string[]): object => ({
      users,
      applicationAssignments: [{ users: ['ann'], applications: names }],
    });
    await expect(live.plan(say('Wiki'))).rejects.toThrow(
      `2 applications are called "Wiki": ${arns.slice(0, 2).toSorted().join(' and ')}. Give the ARN of one.`,
    );
    expect(await live.apply(say(arns[1] ?? '', arns[2] ?? ''))).toEqual([]);
    expect(uses(live)).toEqual(['USER ann Shop', 'USER ann Wiki']);
    const { plan } = await live.plan(say(arns[1] ?? '', 'Shop', arns[2] ?? ''));
    expect(steps(plan)).toEqual([]);
    expect(steps((await live.plan(say('Shop'))).plan)).toEqual([
      `delete Wiki (${arns[1]?.slice(arns[1].lastIndexOf('/') + 1)}) to ann`,
    ]);
  });

  it('ends when an entry expires', async () => {
    const live = await start();
    const entry = { users: ['ann'], applications: ['Wiki'], expires: '2026-06-20' };
    const document = { users, applicationAssignments: [entry] };
    expect((await live.plan(document)).plan.warnings).toContainEqual(
      expect.objectContaining({
        code: 'entry-expires-soon',
        message: expect.stringContaining('Wiki to ann') as string,
      }),
    );
    expect(await live.apply(document)).toEqual([]);
    const { plan } = await live.plan(document, new Date('2026-06-21T12:00:00Z'));
    expect(steps(plan)).toEqual(['delete Wiki to ann']);
    expect(plan.steps[0]?.expired).toMatchObject([{ until: '2026-06-20' }]);
  });
});

describe('what is live', () => {
  it('is not read where the section is absent and no user or group is removed', async () => {
    const live = await start();
    await live.apply({ users, applicationAssignments: [{ users: ['ann'], applications: ['Wiki'] }] });
    live.emulator.calls.length = 0;
    expect(steps((await live.plan({ users })).plan)).toEqual([]);
    expect(callsOf(live)).toEqual([]);
    expect(live.emulator.calls.filter(({ operation }) => operation.includes('AccessControl'))).toEqual([]);
  });

  it('is read in one call for each application that is managed', async () => {
    const live = await start();
    await plant(live.emulator, { users: { ann: named('ann') }, applicationAssignments: ['USER ann Wiki'] });
    const document = { applicationAssignments: [], ignore: { applications: ['Sales*'] } };
    live.emulator.calls.length = 0;
    expect(steps((await live.plan(document)).plan)).toEqual(['delete Wiki to ann']);
    expect(callsOf(live)).toEqual(['ListApplicationAssignments', 'ListApplications']);
  });

  it('is left alone where it is ignored, unless the file declares it', async () => {
    const live = await start();
    const planted = ['USER ann Wiki', 'USER bob Wiki', 'USER ann Salesforce'];
    await plant(live.emulator, { users: { ann: named('a'), bob: named('b') }, applicationAssignments: planted });
    const ignore = { applications: ['Wiki'] };
    const { plan } = await live.plan({ applicationAssignments: [], ignore });
    expect(steps(plan)).toEqual(['delete Salesforce to ann']);
    const declared = [{ users: ['ann'], applications: ['Wiki'] }];
    const again = await live.plan({ applicationAssignments: declared, ignore });
    expect(steps(again.plan)).toEqual(['delete Salesforce to ann']);
    expect(again.plan.ignored['application-assignment']).toBe(1);
    const person = await live.plan({ applicationAssignments: [], ignore: { users: ['ann'] } });
    expect(steps(person.plan)).toEqual(['delete Wiki to bob']);
  });

  it('of a deleted user is counted, and removed on request', async () => {
    const live = await start();
    await plant(live.emulator, { users: { gone: named('gone') }, applicationOrphans: ['USER gone Wiki'] });
    const document = { applicationAssignments: [] };
    const { plan } = await live.plan(document);
    expect({ steps: plan.steps, orphans: plan.orphans }).toEqual({ steps: [], orphans: 1 });
    const asked = await makePlan(liveSource(live.aws, { isLocal: true }), load(document), { removeOrphans: true, now });
    expect(steps(asked.plan)).toEqual([expect.stringMatching(/^delete Wiki to a deleted user \([0-9a-f-]{36}\)$/)]);
  });

  it('is guarded against the removal of too much', async () => {
    const names = ['a', 'b', 'c', 'd'];
    const live = await start();
    await plant(live.emulator, {
      users: Object.fromEntries(names.map((name) => [name, named(name)])),
      applicationAssignments: names.map((name) => `USER ${name} Wiki`),
    });
    const { plan } = await live.plan({ applicationAssignments: [] });
    expect(plan.violations).toMatchObject([
      { code: 'too-many-removals', message: expect.stringContaining('4 of 4 application assignments') as string },
    ]);
  });

  it('that AWS denies to read stops the plan, and names the action', async () => {
    const live = await start();
    live.emulator.setPolicy(statements({ Effect: 'Deny', Action: 'sso:ListApplicationAssignments', Resource: '*' }));
    const aws = await connect({
      clock: testClock,
      region: 'us-east-1',
      local: { endpoint: live.emulator.url },
      askCaller: true,
    });
    const file = load({ applicationAssignments: [] });
    await expect(
      makePlan(liveSource(aws, { isLocal: true }), file, { removeOrphans: false, now }),
    ).rejects.toMatchObject({
      code: 'access-denied',
      message: expect.stringContaining('sso:ListApplicationAssignments') as string,
    });
  });

  it('is given and taken where users and groups are only referred to', async () => {
    const live = await start();
    await plant(live.emulator, {
      users: { ann: named('a') },
      groups: { ops: {} },
      applicationAssignments: ['GROUP ops Wiki'],
    });
    const document = {
      identityCenter: { directory: 'external' },
      applicationAssignments: [{ users: ['ann'], applications: ['Wiki'] }],
    };
    expect(await live.apply(document)).toEqual([]);
    expect(uses(live)).toEqual(['USER ann Wiki']);
    await expect(
      live.plan({ ...document, applicationAssignments: [{ users: ['eve'], applications: ['Wiki'] }] }),
    ).rejects.toThrow('There is no user "eve"');
  });
});

describe('a user or group that is to be removed', () => {
  const organisation = {
    users: { ann: named('a'), bob: named('b') },
    groups: { sales: { members: ['ann'] } },
    applicationAssignments: ['USER bob Salesforce', 'GROUP sales Wiki'],
  };
  const still = (label: string, uses: string): object => ({
    code: 'still-in-use',
    message: `The ${label} can't be removed: 1 application assignment that this file does not manage still uses it (${uses}).`,
  });

  it('loses the applications first where the file manages them', async () => {
    const live = await start();
    await plant(live.emulator, organisation);
    const { plan } = await live.plan({ users: { ann: person('ann') }, groups: {}, applicationAssignments: [] });
    expect(plan.violations).toEqual([]);
    const removal = plan.steps.find(({ id }) => id === 'user/bob');
    const waits = plan.steps.filter(({ id }) => removal?.dependsOn.includes(id)).map(({ label }) => label);
    expect(waits).toEqual(['Salesforce to bob']);
  });

  it('stays while an application outside the file knows them: one call for each', async () => {
    const live = await start();
    await plant(live.emulator, organisation);
    live.emulator.calls.length = 0;
    const { plan } = await live.plan({ users: { ann: person('ann') }, groups: {} });
    expect(plan.violations).toMatchObject([
      still('user bob (b)', 'Salesforce to bob'),
      still('group sales', 'Wiki to group sales'),
    ]);
    expect(plan.violations[0]?.allow).toContain('`idc import --only application-assignments`');
    expect(callsOf(live)).toEqual([
      'ListApplicationAssignmentsForPrincipal',
      'ListApplicationAssignmentsForPrincipal',
      'ListApplications',
    ]);
  });

  it('goes, for one call, where no application knows them', async () => {
    const live = await start();
    await plant(live.emulator, { users: organisation.users });
    live.emulator.calls.length = 0;
    const { plan } = await live.plan({ users: { ann: person('ann') } });
    expect(plan.violations).toEqual([]);
    expect(callsOf(live)).toEqual(['ListApplicationAssignmentsForPrincipal']);
  });

  it('is not asked about where they are only renamed or ignored', async () => {
    const live = await start();
    await plant(live.emulator, { users: organisation.users });
    live.emulator.calls.length = 0;
    await live.plan({
      users: { eve: { ...person('eve'), previously: 'ann' } },
      ignore: { users: ['bob'] },
    });
    expect(callsOf(live)).toEqual([]);
  });

  it('stays while an application that is ignored knows them', async () => {
    const live = await start();
    await plant(live.emulator, organisation);
    const ignore = { applications: ['Salesforce'] };
    const { plan } = await live.plan({ users: { ann: person('ann') }, groups: {}, applicationAssignments: [], ignore });
    expect(plan.violations).toMatchObject([still('user bob (b)', 'Salesforce to bob')]);
  });

  it('is found by application where AWS does not tell it by principal', async () => {
    const seed = { delegatedAdministrators: [accounts.production], caller: { accountId: accounts.production } };
    const live = await start({ seed });
    await plant(live.emulator, organisation);
    live.emulator.calls.length = 0;
    const { plan } = await live.plan({ users: { ann: person('ann') } });
    expect(plan.violations).toMatchObject([still('user bob (b)', 'Salesforce to bob')]);
    expect(callsOf(live)).toEqual([
      'ListApplicationAssignments',
      'ListApplicationAssignments',
      'ListApplicationAssignmentsForPrincipal',
      'ListApplications',
    ]);
  });

  it('is not removed where nothing of it can be read: the plan stops, and names the action', async () => {
    const live = await start();
    await plant(live.emulator, organisation);
    live.emulator.setPolicy(statements({ Effect: 'Deny', Action: 'sso:ListApplication*', Resource: '*' }));
    const aws = await connect({
      clock: testClock,
      region: 'us-east-1',
      local: { endpoint: live.emulator.url },
      askCaller: true,
    });
    const file = load({ users: { ann: person('ann') } });
    await expect(
      makePlan(liveSource(aws, { isLocal: true }), file, { removeOrphans: false, now }),
    ).rejects.toMatchObject({
      code: 'access-denied',
      message: expect.stringContaining('sso:ListApplication') as string,
    });
  });
});

/** Everything but this. */
const statements = (denied: object): object => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }, denied],
});
