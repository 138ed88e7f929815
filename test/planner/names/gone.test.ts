import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigError } from '../../../src/core/errors.ts';
import type { Gone } from '../../../src/core/findings.ts';
import { comparePlans, differenceReason } from '../../../src/core/plan-difference.ts';
import type { Plan } from '../../../src/core/plan.ts';
import { makePlan } from '../../../src/planner/make-plan.ts';
import type { Base } from '../../../src/source/base.ts';
import { liveSource } from '../../../src/source/live.ts';
import { accounts, load, now, startLive, type LiveSetup } from '../../support/live.ts';
import { plant } from '../../support/organisation.ts';

const { production, staging } = accounts;
const person = (name: string) => ({ DisplayName: name, Name: { GivenName: name, FamilyName: name } });

let live: LiveSetup;
beforeEach(async () => {
  live = await startLive({
    seed: {
      accounts: [
        { id: accounts.management, name: 'management' },
        { id: production, name: 'production', ou: 'Workloads/Prod', tags: { environment: 'prod', team: 'a' } },
        { id: staging, name: 'staging', ou: 'Workloads/Test', tags: { environment: 'test' } },
        { id: '555566667777', name: 'twin' },
        { id: '666677778888', name: 'twin' },
      ],
      applications: [{ name: 'Wiki' }, { name: 'Mail' }],
    },
  });
  await plant(live.emulator, {
    users: { ann: person('ann'), cid: person('cid') },
    groups: { team: { members: ['ann'] }, others: { members: ['cid'] } },
    permissionSets: { Reader: {}, Writer: {} },
    assignments: [
      `GROUP team Reader ${production}`,
      `GROUP team Reader ${staging}`,
      `GROUP others Reader ${staging}`,
      `USER ann Writer ${production}`,
    ],
    applicationAssignments: ['GROUP team Wiki'],
  });
});
afterEach(() => live.emulator.close());

const home = { identityCenter: { region: 'us-east-1', directory: 'external' }, accounts: undefined };
const sets = { permissionSets: { Reader: {}, Writer: {} }, safety: { maxRemovals: '100%' } };
const reads = (entry: object): object => ({ permissionSets: ['Reader'], ...entry });
const file = (...assignments: object[]): object => ({ ...home, ...sets, assignments });
/** What is live, but for what an entry is about. */
const rest = [
  reads({ groups: ['others'], accounts: [staging] }),
  { users: ['ann'], permissionSets: ['Writer'], accounts: [production] },
];
const teams = reads({ groups: ['team'], accounts: [production, staging] });

/** A file against the one before, which is the same unless it is given. */
async function plan(document: object, before: object | null = document, only?: 'expired'): Promise<Plan> {
  const base: Base | undefined = before === null ? undefined : { name: 'base.yaml', loaded: load(before) };
  const source = liveSource(live.aws, { isLocal: true });
  return (await makePlan(source, load(document), { removeOrphans: false, now, base, only })).plan;
}

const steps = ({ steps: all }: Plan): string[] => all.map(({ action, label }) => `${action} ${label}`);
const told = ({ gone }: Plan): string[] =>
  gone.map(({ effect, subject, name, kept, alike }) =>
    [effect, subject, name, ...kept.map(({ label }) => label), ...alike.map((one) => `= ${one}`)].join(' | '),
  );

async function errorsOf(document: object, before: object | null = document): Promise<ConfigError> {
  const failed = await plan(document, before).then(
    () => undefined,
    (error: unknown) => error,
  );
  if (failed instanceof ConfigError) return failed;
  throw new Error('nothing was wrong', { cause: failed });
}
const codesOf = ({ diagnostics }: ConfigError): string[] => diagnostics.map(({ code }) => code);

describe('a name that is gone', () => {
  it.each<[what: string, entry: object, gone: string]>([
    ['a user', reads({ users: ['bob'], accounts: [production] }), 'ignored | user | bob'],
    [
      'an account by its id',
      reads({ groups: ['team'], accounts: ['123456789012'] }),
      'ignored | account | 123456789012',
    ],
  ])('asks for nothing and stops nothing: %s', async (_what, entry, gone) => {
    const found = await plan(file(teams, ...rest, entry));
    expect([steps(found), told(found)]).toEqual([[], [gone]]);
    expect(found.gone[0]?.places).toHaveLength(1);
    expect(found.warnings.map(({ code }) => code)).not.toContain('unknown-user');
  });

  it('is an account with a name in the file, as long as that is the name of the same id', async () => {
    const naming = (id: string): object => ({
      ...file(teams, ...rest, reads({ groups: ['others'], accounts: ['closed'] })),
      accounts: { closed: id, production, staging },
      cli: { accounts: { closed: { region: 'eu-west-1' } } },
    });
    const found = await plan(naming('123456789012'));
    expect([steps(found), told(found)]).toEqual([[], ['ignored | account | closed']]);
    expect(found.gone[0]?.places).toHaveLength(2);
    expect(codesOf(await errorsOf(naming('123456789013'), naming('123456789012')))).toEqual([
      'unknown-account',
      'unknown-account',
    ]);
  });

  it('is an application by its ARN, which no other one gets', async () => {
    const arn = 'arn:aws:sso::999988887777:application/ssoins-0123456789abcdef/apl-0000000000000000';
    const found = await plan({
      ...file(teams, ...rest),
      applicationAssignments: [{ groups: ['team'], applications: ['Wiki', arn] }],
    });
    expect([steps(found), told(found)]).toEqual([[], [`ignored | application | ${arn}`]]);
  });

  it('is left out of groups that the file manages', async () => {
    const managing = {
      ...file(teams, ...rest),
      identityCenter: { region: 'us-east-1' },
      groups: { team: { members: ['ann', 'bob'] }, others: { members: ['cid'] } },
    };
    const found = await plan(managing);
    expect([steps(found), told(found)]).toEqual([[], ['ignored | user | bob']]);
  });

  it('is known in whatever place the file before has it', async () => {
    const before = { ...file(teams, ...rest), rules: { deny: [{ users: ['bob'], permissionSets: ['Writer'] }] } };
    const found = await plan(file(teams, ...rest, reads({ users: ['Bob'], accounts: [staging] })), before);
    expect(told(found)).toEqual(['ignored | user | Bob']);
  });
});

describe('a name that is frozen', () => {
  const teamIs = (target: object): object[] => [reads({ groups: ['team'], ...target }), ...rest];
  const both = 'Reader in production to group team | Reader in staging to group team';

  it.each<[what: string, entries: object[], gone: string]>([
    [
      'a group',
      [reads({ groups: ['old'], accounts: [production, staging] }), ...rest],
      `frozen | group | old | ${both} | = team`,
    ],
    [
      'an account',
      [...teamIs({ accounts: ['Old'] }), reads({ groups: ['team'], accounts: [staging] })],
      'frozen | account | Old | Reader in production to group team | = production',
    ],
    ['a unit', teamIs({ organizationalUnits: ['Old'] }), `frozen | organizational-unit | Old | ${both} | = Workloads`],
    [
      'a unit by its id',
      teamIs({ organizationalUnits: ['ou-zzzz-zzzzzzzz'] }),
      `frozen | organizational-unit | ou-zzzz-zzzzzzzz | ${both} | = Workloads`,
    ],
    [
      'a tag key',
      [...teamIs({ accountTags: { env: 'prod' } }), reads({ groups: ['team'], accounts: [staging] })],
      'frozen | tag | env=prod | Reader in production to group team | = environment',
    ],
    ['a pattern', teamIs({ accounts: ['old-*'] }), `frozen | pattern | old-* | ${both} | = production | = staging`],
    [
      'a unit beside one that is found',
      teamIs({ organizationalUnits: ['Workloads/Prod', 'Old'] }),
      'frozen | organizational-unit | Old | Reader in staging to group team | = Workloads/Test',
    ],
  ])('keeps what it may stand for, and names what holds exactly that: %s', async (_what, entries, gone) => {
    const found = await plan(file(...entries));
    expect([steps(found), told(found)]).toEqual([[], [gone]]);
    expect(told(await plan(file(...entries), file(...entries), 'expired'))).toHaveLength(1);
  });

  it('keeps an application', async () => {
    const applications = (...names: string[]): object => ({
      ...file(teams, ...rest),
      applicationAssignments: [{ groups: ['team'], applications: names }],
    });
    const found = await plan(applications('Intranet'));
    expect([steps(found), told(found)]).toEqual([
      [],
      ['frozen | application | Intranet | Wiki to group team | = Wiki'],
    ]);
    const more = await plan(applications('Intranet', 'Mail'));
    expect([steps(more), told(more)]).toEqual([['create Mail to group team'], told(found)]);
  });

  it('grants nothing by itself, while the rest of its line does', async () => {
    const found = await plan(file(teams, ...rest, reads({ users: ['cid'], accounts: ['Old', production] })));
    expect([steps(found), told(found)]).toEqual([['create Reader in production to cid'], ['frozen | account | Old']]);
  });

  it('keeps nothing of other permission sets, of other principals, or of accounts that are not its group’s', async () => {
    const others = file(reads({ users: ['cid'], accounts: ['Old'] }), reads({ groups: ['old'], accounts: [staging] }));
    const found = await plan(others);
    expect(steps(found).toSorted()).toEqual([
      'delete Reader in production to group team',
      'delete Writer in production to ann',
    ]);
    expect(told(found)[1]).toBe(
      'frozen | group | old | Reader in staging to group others | Reader in staging to group team | = others',
    );
  });

  it('has its other name told though its lines have other names that can’t be found', async () => {
    const lost = [
      reads({ groups: ['old'], accounts: [production, staging] }),
      reads({ groups: ['old', 'bob'], organizationalUnits: ['Old'] }),
    ];
    const found = await plan(file(...lost, ...rest));
    expect(found.gone.map(({ name, alike, places }) => [name, alike, places.length])).toEqual([
      ['bob', [], 1],
      ['old', ['team'], 2],
      ['Old', [], 1],
    ]);
  });

  it('has no other name where what is live holds more or less than the file asks for', async () => {
    const less = reads({ groups: ['old'], accounts: [production] });
    expect(told(await plan(file(less, ...rest)))).toEqual([
      'frozen | group | old | Reader in production to group team',
    ]);
    const more = [
      less,
      reads({ groups: ['old'], accounts: [staging] }),
      { ...reads({ groups: ['old'], accounts: [staging] }), permissionSets: ['Writer'] },
    ];
    expect(told(await plan(file(...more, ...rest)))).toEqual([`frozen | group | old | ${both}`]);
  });

  it('asks for nothing any more where its line has expired', async () => {
    const expired = { ...reads({ groups: ['team'], organizationalUnits: ['Old'] }), expires: '2026-06-01' };
    const found = await plan(file(expired, ...rest));
    expect([steps(found), told(found)]).toEqual([
      ['delete Reader in production to group team', 'delete Reader in staging to group team'],
      ['ignored | organizational-unit | Old'],
    ]);
  });

  it('wins over what the file before asked for, and over the pair rule', async () => {
    const ignoring = (...entries: object[]): object => ({
      ...file(...entries),
      permissionSets: {},
      ignore: { permissionSets: ['*'] },
    });
    const frozen = reads({ groups: ['team'], organizationalUnits: ['Old'] });
    const found = await plan(ignoring(frozen), ignoring(frozen, teams));
    expect([steps(found), told(found)]).toEqual([[], [`frozen | organizational-unit | Old | ${both} | = Workloads`]]);
    const paired = await plan(
      ignoring(reads({ groups: ['team'], organizationalUnits: ['Workloads/Test', 'Old'] })),
      ignoring(teams, frozen),
    );
    expect([steps(paired), told(paired)]).toEqual([
      [],
      ['frozen | organizational-unit | Old | Reader in production to group team | = Workloads/Prod'],
    ]);
  });
});

describe('a name stays an error', () => {
  const known = reads({ users: ['bob'], accounts: [production] });

  it.each<[what: string, document: object, codes: string[]]>([
    ['a user', file(teams, ...rest, reads({ users: ['dora'], accounts: [staging] })), ['unknown-user']],
    ['a group', file(teams, ...rest, reads({ groups: ['old'], accounts: [staging] })), ['unknown-group']],
    ['an id', file(teams, ...rest, reads({ groups: ['team'], accounts: ['123456789012'] })), ['unknown-account']],
    ['an account', file(teams, ...rest, reads({ groups: ['team'], accounts: ['Old'] })), ['unknown-account']],
    [
      'a unit',
      file(teams, ...rest, reads({ groups: ['team'], organizationalUnits: ['Old'] })),
      ['unknown-organizational-unit'],
    ],
    [
      'an application',
      { ...file(teams, ...rest), applicationAssignments: [{ users: ['ann'], applications: ['Old'] }] },
      ['unknown-application'],
    ],
  ])('where it is new against the file before, without a hint: %s', async (_what, document, codes) => {
    const error = await errorsOf(document, file(teams, ...rest, known));
    expect([codesOf(error), error.hint]).toEqual([codes, undefined]);
  });

  it('where its line grants nothing for certain', async () => {
    const frozen = reads({ users: ['dora'], groups: ['team'], organizationalUnits: ['Old'] });
    const error = await errorsOf(file(frozen), file({ ...frozen, users: ['ann'] }));
    expect(codesOf(error)).toEqual(['unknown-user']);
    const expired = { ...frozen, expires: '2026-06-01' };
    expect(told(await plan(file(teams, ...rest, expired), file({ ...frozen, users: ['ann'] })))).toHaveLength(1);
  });

  it.each<[what: string, base: null | { missing: string }, hint: string]>([
    ['without it', null, '--base FILE'],
    ['where it can’t be used', { missing: 'main is not a commit' }, "that file can't be used: main is not a commit."],
  ])('whatever it is, with a hint: %s', async (_what, base, hint) => {
    const source = liveSource(live.aws, { isLocal: true });
    const made = makePlan(source, load(file(known)), { removeOrphans: false, now, ...(base && { base }) });
    await expect(made).rejects.toMatchObject({ hint: expect.stringContaining(hint) as string });
  });

  it.each<[what: string, document: object, codes: string[]]>([
    [
      'except',
      file(
        reads({
          groups: ['team'],
          all: true,
          except: { accounts: ['Old', '123456789012'], organizationalUnits: ['Old'] },
        }),
      ),
      ['unknown-account', 'unknown-account', 'unknown-organizational-unit'],
    ],
    [
      'rules',
      { ...file(teams), rules: { deny: [{ users: ['bob'], groups: ['old'] }] } },
      ['unknown-user', 'unknown-group'],
    ],
    [
      'accounts in rules',
      { ...file(teams), rules: { deny: [{ users: ['ann'], accounts: ['Old'] }] } },
      ['unknown-account'],
    ],
    [
      'safety',
      { ...file(teams), safety: { protected: [{ user: 'ann', account: 'Old', permissionSet: 'Reader' }] } },
      ['unknown-account'],
    ],
  ])('where it narrows something, though the file before has it: %s', async (_what, document, codes) => {
    const error = await errorsOf(document);
    expect([codesOf(error), error.hint]).toEqual([codes, undefined]);
  });

  it('where two things have it, and of a permission set', async () => {
    expect(codesOf(await errorsOf(file(reads({ groups: ['team'], accounts: ['twin'] }))))).toEqual(['unknown-account']);
    const old = {
      ...file({ groups: ['team'], permissionSets: ['Old'], accounts: [staging] }),
      permissionSets: undefined,
    };
    expect(codesOf(await errorsOf(old))).toEqual(['unknown-permission-set']);
  });
});

it('leaves what was granted in an account that has left the organization', async () => {
  live.aws.organization.accounts?.delete(staging);
  const found = await plan(file(teams, ...rest));
  expect([steps(found), told(found)]).toEqual([[], [`ignored | account | ${staging}`]]);
  expect(found.blocked.map(({ label, reason }) => `${label}: ${reason}`)).toEqual([
    `Reader in ${staging} to group others: ${staging}: the account is not in the organization`,
    `Reader in ${staging} to group team: ${staging}: the account is not in the organization`,
  ]);
});

describe('guards', () => {
  const protecting = (one: object, ...entries: object[]): object => ({
    ...file(...entries, ...rest),
    safety: { ...sets.safety, protected: [{ account: production, permissionSet: 'Reader', ...one }] },
  });

  it('do not count what someone who is gone has been granted', async () => {
    const found = await plan(protecting({ user: 'bob' }, teams, reads({ users: ['bob'], accounts: [production] })));
    expect(found.violations.map(({ code }) => code)).toEqual(['protected-access-lost']);
  });

  it('count what is frozen as it is live', async () => {
    const frozen = reads({ groups: ['old'], accounts: [production, staging] });
    expect((await plan(protecting({ user: 'ann' }, frozen))).violations).toEqual([]);
    const held = await plan(protecting({ user: 'cid' }, frozen));
    expect(held.violations.map(({ code }) => code)).toEqual(['protected-access-lost']);
  });
});

describe('a review', () => {
  it('that showed fewer names as gone is not enough, and one that showed more is', async () => {
    const bobs = reads({ users: ['bob'], accounts: [production] });
    const [fewer, more] = [await plan(file(teams, ...rest)), await plan(file(teams, ...rest, bobs))];
    expect(fewer.digest).not.toBe(more.digest);
    expect(comparePlans(more, fewer)).toBeUndefined();
    const difference = comparePlans(fewer, more);
    expect(difference?.gone.map(({ name }) => name)).toEqual(['bob']);
    expect(difference && differenceReason(difference, fewer, more)).toBe(
      'the file has names that can no longer be found, which the review did not show (bob)',
    );
  });

  it('that showed a name as gone is not enough where it is frozen', async () => {
    const found = await plan(file(reads({ groups: ['old'], accounts: [production, staging] }), ...rest));
    const gone = found.gone.map((one): Gone => ({ ...one, effect: 'ignored' }));
    expect(comparePlans({ ...found, gone }, found)?.gone).toHaveLength(1);
    expect(comparePlans(found, found)).toBeUndefined();
  });
});
