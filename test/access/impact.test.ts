import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { carriedGrants } from '../../src/access/carried.ts';
import { holdings, type Side as When } from '../../src/access/holdings.ts';
import { accessImpact } from '../../src/access/impact.ts';
import type { AccessFacts } from '../../src/core/access.ts';
import { account, factsOf, type Side } from './organisation.ts';

const sets = { Admin: ['AdministratorAccess'], Read: ['ReadOnlyAccess'] };
const plan = (before: string[], after: string[], rest: Partial<Side> = {}) =>
  accessImpact(factsOf({ sets, lines: before, ...rest }, { sets, lines: after, ...rest }));

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

describe('a new administrator', () => {
  const become = (...args: Parameters<typeof plan>) => plan(...args).newAdministrators;

  it('is who gains a set that gives everything, and was none there before', () => {
    expect(
      become(['@bob: Admin 1', 'ops: Admin 1'], ['@bob: Admin 1', 'ops: Admin 1', 'ann in ops', 'bob in ops']),
    ).toEqual([{ account: account('1'), users: ['ann'] }]);
    expect(become(['@ann: Admin 1'], ['@ann: Admin 1', '@ann: Admin 2'])).toEqual([
      { account: account('2'), users: ['ann'] },
    ]);
    expect(become([], ['@ann: Read 1'])).toEqual([]);
  });

  it('is nobody who is disabled, and nobody who holds the same another way', () => {
    expect(become([], ['@ann: Admin 1'], { disabled: ['ann'] })).toEqual([]);
    expect(become(['@ann: Admin 1'], ['ann in ops', 'ops: Admin 1'])).toEqual([]);
  });

  it('is whoever holds a set that an edit makes give everything', () => {
    const lines = ['ann in ops', 'ops: Read 1', '@bob: Read 2', '@bob: Admin 2', '@cy: Admin 1'];
    const edited = { ...sets, Read: ['ReadOnlyAccess', 'AdministratorAccess'] };
    const { newAdministrators } = accessImpact(factsOf({ sets, lines }, { sets: edited, lines }));
    expect(newAdministrators).toEqual([{ account: account('1'), users: ['ann'] }]);
  });

  it('is nobody where a set is only made anew under another name', () => {
    const before = { sets: { Admin: ['AdministratorAccess'] }, lines: ['@ann: Admin 1'] };
    const after = { sets: { Root: ['AdministratorAccess'] }, lines: ['@ann: Root 1'] };
    const impact = accessImpact(factsOf(before, after, { 'permission-set/Admin': 'permission-set/Root' }));
    expect(impact).toEqual({ gained: [], lost: [], lastAccess: [], newAdministrators: [] });
  });
});

it('a membership carries what its group gives, after the plan where it comes and before it where it goes', () => {
  const before = ['ann in ops', 'ops: Read 1', 'ops: Admin 2', 'qa: Read 1'];
  const after = ['bob in ops', 'ops: Admin 1', 'ops: Admin 2', 'qa: Read 1', 'bob in idle'];
  const facts = factsOf({ sets, lines: before }, { sets, lines: after });
  expect(Object.fromEntries(carriedGrants(facts))).toEqual({
    'membership/ops/ann': [
      { permissionSet: 'Admin', accounts: [account('2')] },
      { permissionSet: 'Read', accounts: [account('1')] },
    ],
    'membership/ops/bob': [{ permissionSet: 'Admin', accounts: [account('1'), account('2')] }],
    'membership/idle/bob': [],
  });
});

/** The same by going through everything that everybody holds. */
function byHand(facts: AccessFacts) {
  const users = ['ann', 'bob', 'cy'];
  const holds = (user: string, side: When) => holdings(facts, side, { user });
  const isAdmin = (user: string, where: string, side: When): boolean =>
    !facts.disabledUsers.has(user) &&
    holds(user, side).some((one) => one.account === where && facts.administratorSets[side].has(one.permissionSet));
  const lastAccess = users.filter((user) => holds(user, 'before').length > 0 && holds(user, 'after').length === 0);
  const newAdministrators = ['1', '2'].map(account).flatMap((where) => {
    const found = users.filter((user) => isAdmin(user, where, 'after') && !isAdmin(user, where, 'before'));
    return found.length === 0 ? [] : [{ account: where, users: found }];
  });
  return { lastAccess, newAdministrators };
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
  let found = 0;
  fc.assert(
    fc.property(side, side, disabled, (before, after, off) => {
      const facts = factsOf({ ...before, disabled: off }, { ...after, disabled: off });
      const { lastAccess, newAdministrators } = accessImpact(facts);
      found += lastAccess.length + newAdministrators.length;
      expect({ lastAccess, newAdministrators }).toEqual(byHand(facts));
    }),
    { numRuns: 500 },
  );
  expect(found).toBeGreaterThan(100);
});
