import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inheritedNotes } from '../../src/access/inherited-grants.ts';
import { guardAccess } from '../../src/access/guards.ts';
import { holdings, type Side as When } from '../../src/access/holdings.ts';
import { accessImpact } from '../../src/access/impact.ts';
import { accessRisks } from '../../src/access/risks.ts';
import type { JudgedFacts } from '../../src/core/access.ts';
import { createPeopleLists } from '../../src/core/reach.ts';
import { holdsIn, named } from '../support/named-access.ts';
import { account, factsOf, type Side } from './organisation.ts';
import { depth } from '../support/depth.ts';

const sets = { Admin: ['AdministratorAccess'], Read: ['ReadOnlyAccess'] };

/** What a plan does to people, by their names. */
function impactOf(facts: JudgedFacts) {
  const { people, newAdministrators, lostAdministrators, edited, gained, lost, ...impact } = accessImpact(facts);
  const { policyData: _, ...rest } = impact;
  return {
    ...rest,
    gained: holdsIn({ people }, gained),
    lost: holdsIn({ people }, lost),
    newAdministrators: newAdministrators.flatMap((one) =>
      named({ people }, [one]).map((block) => ({ ...block, by: one.by })),
    ),
    lostAdministrators: named({ people }, lostAdministrators),
    edited: edited.map(({ permissionSet, replaces, holders }) => ({
      permissionSet,
      ...(replaces && { replaces }),
      holders: named({ people }, holders),
    })),
  };
}
const plan = (before: string[], after: string[], rest: Partial<Side> = {}) =>
  impactOf(factsOf({ sets, lines: before, ...rest }, { sets, lines: after, ...rest }));

const given = (permissionSet: string) => ({ permissionSet, content: expect.stringMatching(/^sha256:/) as string });

const renamed = { 'permission-set/Old': 'permission-set/New' };
const replacement = (before: Side, after: Side) => impactOf(factsOf(before, after, renamed));

describe('the last access', () => {
  it('is lost by who holds nothing anywhere any more, through groups too', () => {
    const before = ['ann in ops', 'bob in ops', 'cy in ops', 'ops: Read 1', '@bob: Read 2', 'cy in qa', 'qa: Read 3'];
    expect(
      plan(
        before,
        before.filter((line) => line !== 'ops: Read 1'),
      ).lastAccess,
    ).toEqual(['ann']);
    expect(plan(before, ['ann in ops', 'bob in ops', 'cy in ops', 'cy in qa']).lastAccess).toEqual([
      'ann',
      'bob',
      'cy',
    ]);
  });

  it('is not lost by who gains something else, nor by who had nothing', () => {
    expect(plan(['@ann: Read 1'], ['@ann: Read 2']).lastAccess).toEqual([]);
    expect(plan(['ann in ops'], []).lastAccess).toEqual([]);
  });
});

describe('an edited permission set', () => {
  const edited = { Read: ['ReadOnlyAccess', 'SecurityAudit'] };

  it('is told with everybody who holds it before and after, the accounts of the same people together', () => {
    const kept = ['ann in ops', 'bob in ops', 'ops: Read 1', 'ops: Read 2', '@cy: Read 3'];
    const before = { sets, lines: [...kept, '@dan: Read 3'] };
    const after = { sets: { ...sets, ...edited }, lines: [...kept, '@eve: Read 3'] };
    const { gained, lost, edited: found } = impactOf(factsOf(before, after));
    expect(found).toEqual([
      {
        permissionSet: 'Read',
        holders: [
          { users: ['ann', 'bob'], accounts: [account('1'), account('2')] },
          { users: ['cy'], accounts: [account('3')] },
        ],
      },
    ]);
    expect([gained, lost].map((list) => list.map(({ user }) => user))).toEqual([['eve'], ['dan']]);
  });

  it('is one that is replaced with other content, but not one without holders', () => {
    const before = { sets: { Old: ['ReadOnlyAccess'], ...sets }, lines: ['@ann: Old 1'] };
    const after = { sets: { New: ['SecurityAudit'], ...sets }, lines: ['@ann: New 1'] };
    expect(replacement(before, after).edited).toEqual([
      {
        permissionSet: 'New',
        replaces: { permissionSet: 'Old', assignments: 1 },
        holders: [{ users: ['ann'], accounts: [account('1')] }],
      },
    ]);
    expect(impactOf(factsOf({ sets, lines: [] }, { sets: { ...sets, ...edited }, lines: [] })).edited).toEqual([]);
  });
});

describe('a new administrator', () => {
  const become = (...args: Parameters<typeof plan>) => plan(...args).newAdministrators;

  it('is who gains a set that gives everything, and was none there before', () => {
    expect(
      become(['@bob: Admin 1', 'ops: Admin 1'], ['@bob: Admin 1', 'ops: Admin 1', 'ann in ops', 'bob in ops']),
    ).toEqual([{ accounts: [account('1')], users: ['ann'], by: ['*'] }]);
    expect(become(['@ann: Admin 1'], ['@ann: Admin 1', '@ann: Admin 2'])).toEqual([
      { accounts: [account('2')], users: ['ann'], by: ['*'] },
    ]);
    expect(become([], ['@ann: Read 1'])).toEqual([]);
  });

  it('is not a disabled user, and not one who holds the same in another way', () => {
    expect(become([], ['@ann: Admin 1'], { disabled: ['ann'] })).toEqual([]);
    expect(become(['@ann: Admin 1'], ['ann in ops', 'ops: Admin 1'])).toEqual([]);
  });

  it('is each holder of a set that an edit gives full access', () => {
    const lines = ['ann in ops', 'ops: Read 1', '@bob: Read 2', '@bob: Admin 2', '@cy: Admin 1'];
    const edited = { ...sets, Read: ['ReadOnlyAccess', 'AdministratorAccess'] };
    const { newAdministrators } = impactOf(factsOf({ sets, lines }, { sets: edited, lines }));
    expect(newAdministrators).toEqual([{ accounts: [account('1')], users: ['ann'], by: ['*'] }]);
  });

  it('does not exist where a set is only replaced under another name', () => {
    const before = { sets: { Admin: ['AdministratorAccess'] }, lines: ['@ann: Admin 1'] };
    const after = { sets: { Root: ['AdministratorAccess'] }, lines: ['@ann: Root 1'] };
    const impact = impactOf(factsOf(before, after, { 'permission-set/Admin': 'permission-set/Root' }));
    expect(impact).toEqual({
      gained: [],
      lost: [],
      lastAccess: [],
      newAdministrators: [],
      lostAdministrators: [],
      edited: [
        {
          permissionSet: 'Root',
          replaces: { permissionSet: 'Admin', assignments: 1 },
          holders: [{ users: ['ann'], accounts: [account('1')] }],
        },
      ],
      attributes: [],
      given: [given('Root')],
    });
  });

  it('is who holds the new set already where the old one is live too, and not whom the new one takes over', () => {
    const before = {
      sets: { Old: ['AdministratorAccess'], New: ['ReadOnlyAccess'] },
      lines: ['@ann: Old 1', '@bob: New 1', 'ops: Old 1', 'cy in ops'],
    };
    const after = { sets: { New: ['AdministratorAccess'] }, lines: ['@ann: New 1', '@bob: New 1', 'ops: New 1'] };
    expect(replacement(before, { ...after, lines: [...after.lines, 'cy in ops'] })).toEqual({
      gained: [],
      lost: [],
      lastAccess: [],
      newAdministrators: [{ accounts: [account('1')], users: ['bob'], by: ['*'] }],
      lostAdministrators: [],
      edited: [
        { permissionSet: 'New', holders: [{ users: ['bob'], accounts: [account('1')] }] },
        {
          permissionSet: 'New',
          replaces: { permissionSet: 'Old', assignments: 2 },
          holders: [{ users: ['ann', 'cy'], accounts: [account('1')] }],
        },
      ],
      attributes: [],
      given: [given('New')],
    });
  });

  it('is a user who joins a group with the new set while the old one, which gave less, is removed', () => {
    const before = {
      sets: { Old: ['ReadOnlyAccess'], New: ['AdministratorAccess'] },
      lines: ['@ann: Old 1', 'ops: New 1'],
    };
    const after = { sets: { New: ['AdministratorAccess'] }, lines: ['ann in ops', 'ops: New 1'] };
    expect(replacement(before, after).newAdministrators).toEqual([
      { accounts: [account('1')], users: ['ann'], by: ['*'] },
    ]);
  });
});

describe('a former administrator', () => {
  const lose = (...args: Parameters<typeof plan>) => plan(...args).lostAdministrators;

  it('is who loses the last way to a set that makes administrators, and not who keeps another', () => {
    const before = ['ann in ops', 'bob in ops', 'ops: Admin 1', '@bob: Admin 1', '@cy: Admin 2'];
    expect(lose(before, ['bob in ops', 'ops: Admin 1', '@bob: Read 1'])).toEqual([
      { users: ['ann'], accounts: [account('1')] },
      { users: ['cy'], accounts: [account('2')] },
    ]);
    expect(lose(before, before)).toEqual([]);
  });

  it('is who holds a set that an edit takes it from', () => {
    const lines = ['ann in ops', 'ops: Admin 1', '@bob: Read 1'];
    const { lostAdministrators } = impactOf(
      factsOf({ sets, lines }, { sets: { ...sets, Admin: ['AdministratorAccess', 'AWSDenyAll'] }, lines }),
    );
    expect(lostAdministrators).toEqual([{ users: ['ann'], accounts: [account('1')] }]);
  });
});

it('a gain tells the power of the set, which can be more in the management account', () => {
  const of = { sets: { ...sets, Sso: ['AWSSSOMasterAccountAdministrator'] } };
  const { gained } = accessImpact(factsOf({ ...of, lines: [] }, { ...of, lines: ['@ann: Sso 1', '@ann: Sso 2'] }));
  expect(gained.map(({ accounts, power }) => [...accounts, power])).toEqual([
    [account('1'), 'raise'],
    [account('2'), 'write'],
  ]);
});

it('a membership carries what its group gives, after the plan where it comes and before it where it goes', () => {
  const before = ['ann in ops', 'ops: Read 1', 'ops: Admin 2', 'qa: Read 1'];
  const after = ['bob in ops', 'ops: Admin 1', 'ops: Admin 2', 'qa: Read 1', 'bob in idle'];
  const facts = factsOf({ sets, lines: before }, { sets, lines: after });
  const wiki = (group: string, side: When): string[] => (group === 'ops' && side === 'after' ? ['Wiki'] : []);
  expect(inheritedNotes(facts, wiki)).toEqual([
    { code: 'carries', group: 'idle', steps: ['membership/idle/bob'], grants: [], applications: [] },
    {
      code: 'carries',
      group: 'ops',
      steps: ['membership/ops/bob'],
      grants: [{ permissionSet: 'Admin', accounts: [account('1'), account('2')] }],
      applications: ['Wiki'],
    },
    {
      code: 'carries',
      group: 'ops',
      steps: ['membership/ops/ann'],
      grants: [
        { permissionSet: 'Admin', accounts: [account('2')] },
        { permissionSet: 'Read', accounts: [account('1')] },
      ],
      applications: [],
    },
  ]);
});

const byText = (a: string, b: string): number => (a < b ? -1 : 1);

/** The same by going through everything that everybody holds. */
function byHand(facts: JudgedFacts) {
  const users = ['ann', 'bob', 'cy'];
  const holds = (user: string, side: When) => holdings(facts, side, { users: new Set([user]) });
  const isAdmin = (user: string, where: string, side: When): boolean =>
    !facts.disabledUsers.has(user) &&
    holds(user, side).some((one) => one.account === where && facts.administratorSets[side].has(one.permissionSet));
  const lastAccess = users.filter((user) => holds(user, 'before').length > 0 && holds(user, 'after').length === 0);
  const newAdministrators = ['1', '2']
    .map(account)
    .flatMap((where) =>
      users
        .filter((user) => isAdmin(user, where, 'after') && !isAdmin(user, where, 'before'))
        .map((user) => `${user} ${where}`),
    );
  const keysOn = (side: When): string[] =>
    holdings(facts, side).map(({ user, account: where, permissionSet }) => `${user} ${permissionSet} ${where}`);
  const [before, after] = [keysOn('before'), keysOn('after')];
  return {
    lastAccess,
    newAdministrators: newAdministrators.sort(byText),
    gained: after.filter((one) => !before.includes(one)).sort(byText),
    lost: before.filter((one) => !after.includes(one)).sort(byText),
  };
}

it('finds in every plan what going through all of it finds', () => {
  const people = ['ann', 'bob', 'cy'];
  const all = [
    ...people.flatMap((user) => ['g', 'h'].map((group) => `${user} in ${group}`)),
    ...['g', 'h', '@ann', '@bob'].flatMap((who) =>
      ['Admin', 'Read'].flatMap((set) => [`${who}: ${set} 1`, `${who}: ${set} 2`]),
    ),
  ];
  const policies = fc.constantFrom(['ReadOnlyAccess'], ['AdministratorAccess']);
  const side = fc.record({
    sets: fc.record({ Admin: policies, Read: policies }),
    lines: fc.subarray(all, { maxLength: 10 }),
  });
  const disabled = fc.subarray(people, { maxLength: 1 });
  const tries = depth(500);
  let found = 0;
  fc.assert(
    fc.property(side, side, disabled, (before, after, off) => {
      const facts = factsOf({ ...before, disabled: off }, { ...after, disabled: off });
      const impact = impactOf(facts);
      const keys = (holds: ReturnType<typeof holdsIn>): string[] =>
        holds.map(({ user, permissionSet, account: where }) => `${user} ${permissionSet} ${where}`).sort(byText);
      const all = {
        lastAccess: impact.lastAccess,
        newAdministrators: impact.newAdministrators
          .flatMap(({ users, accounts }) => users.flatMap((user) => accounts.map((where) => `${user} ${where}`)))
          .sort(byText),
        gained: keys(impact.gained),
        lost: keys(impact.lost),
      };
      found += all.lastAccess.length + all.newAdministrators.length;
      expect(all).toEqual(byHand(facts));
    }),
    tries,
  );
  expect(found).toBeGreaterThan(tries.numRuns / 5);
});

/** By account, from the notes alone: who is an enabled administrator. */
function administratorsIn({ sets, lines, disabled = [] }: Side): string[] {
  const has = new Set(lines);
  return ['ann', 'bob', 'cy'].flatMap((user) =>
    ['1', '2'].flatMap((digit) => {
      const holds = (set: string): boolean =>
        has.has(`@${user}: ${set} ${digit}`) ||
        ['g', 'h'].some((group) => has.has(`${user} in ${group}`) && has.has(`${group}: ${set} ${digit}`));
      const isOne = Object.entries(sets).some(([set, [policy]]) => policy === 'AdministratorAccess' && holds(set));
      return isOne && !disabled.includes(user) ? [`${user} ${digit}`] : [];
    }),
  );
}

it('finds the administrators of every replacement, also where both names are live', () => {
  const people = ['ann', 'bob', 'cy'];
  const members = people.flatMap((user) => ['g', 'h'].map((group) => `${user} in ${group}`));
  const grants = (...names: string[]): string[] =>
    ['g', 'h', '@ann', '@bob'].flatMap((who) => names.flatMap((set) => [`${who}: ${set} 1`, `${who}: ${set} 2`]));
  const policies = fc.constantFrom(['ReadOnlyAccess'], ['AdministratorAccess']);
  const lines = (...names: string[]) =>
    fc
      .tuple(fc.subarray(members), fc.subarray(grants(...names), { maxLength: 6 }))
      .map(([joined, granted]) => [...joined, ...granted]);
  const start = fc.oneof(
    fc.record({ sets: fc.record({ Old: policies, New: policies }), lines: lines('Old', 'New') }),
    fc.record({ sets: fc.record({ Old: policies }), lines: lines('Old') }),
  );
  const end = fc.record({ sets: fc.record({ New: policies }), lines: lines('New') });
  const disabled = fc.subarray(people, { maxLength: 1 });
  const tries = depth(1000);
  let found = 0;
  let lost = 0;
  fc.assert(
    fc.property(start, end, disabled, (from, to, off) => {
      const [before, after] = [
        { ...from, disabled: off },
        { ...to, disabled: off },
      ];
      const facts = factsOf(before, after, renamed);
      const [were, are] = [administratorsIn(before), administratorsIn(after)];
      const fresh = are.filter((one) => !were.includes(one));
      const lists = createPeopleLists();
      const access = accessImpact(facts, lists);
      const told = named(access, access.newAdministrators).flatMap(({ users, accounts }) =>
        users.flatMap((user) => accounts.map((where) => `${user} ${where.charAt(0)}`)),
      );
      expect(told.sort(byText)).toEqual(fresh);
      found += fresh.length;

      const names = { account: (id: string): string => id };
      const management = account('1');
      if (fresh.length > 0) {
        expect(accessRisks({ adopted: [], facts, access, people: lists, managementAccount: management })).not.toEqual(
          [],
        );
      }
      const codes = people.flatMap((userName) =>
        guardAccess({
          facts,
          protectedAccess: [],
          managementAccount: management,
          caller: { userName, account: management },
          names,
          dated: (message) => message,
        }).map(({ code }) => `${userName}: ${code}`),
      );
      const inFirst = (list: string[]): string[] => list.filter((one) => one.endsWith(' 1'));
      const isLast = inFirst(were).length > 0 && inFirst(are).length === 0;
      expect(codes).toEqual(
        people.flatMap((user) => [
          ...(isLast ? [`${user}: last-administrator`] : []),
          ...(were.includes(`${user} 1`) && !are.includes(`${user} 1`)
            ? [`${user}: own-administrator-access-lost`]
            : []),
        ]),
      );
      lost += codes.length;
    }),
    tries,
  );
  expect(Math.min(found, lost)).toBeGreaterThan(tries.numRuns / 10);
});
