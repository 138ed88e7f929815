import { holdsIn, holdsOfAnswer } from '../support/named-access.ts';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { holdings } from '../../src/access/holdings.ts';
import { answerAccess } from '../../src/access/answer.ts';
import { withoutGroups } from '../../src/access/comparison.ts';
import type { AccessSide } from '../../src/access/side.ts';
import { State, Thing } from '../../src/core/state.ts';
import { accessFacts } from '../../src/access/facts.ts';
import type { AccessQuestion } from '../../src/core/access-answer.ts';
import { kinds } from '../../src/kinds/index.ts';
import { differencePageOf } from '../support/access-page.ts';
import { policies } from '../support/policies.ts';
import { depth } from '../support/depth.ts';

const users = ['ann', 'bob', 'cy'];
const groups = ['ops', 'qa'];
const sets = ['Admin', 'Read'];
const accounts = ['111111111111', '222222222222'];

const memberships = fc.subarray(groups.flatMap((group) => users.map((user) => ({ group, user }))));
const assignments = fc.subarray(
  [...users.map((name) => ['USER', name]), ...groups.map((name) => ['GROUP', name])].flatMap(
    ([principalType, principal]) =>
      sets.flatMap((permissionSet) =>
        accounts.map((account) => ({ principalType, principal, permissionSet, account })),
      ),
  ),
);

/** All users, groups and sets are there, whoever holds what. */
const sides = fc.record({ memberships, assignments }).map((made): AccessSide => {
  const things: Thing[] = [
    ...users.map((userName) => thing('user', { userName, displayName: userName })),
    ...groups.map((displayName) => thing('group', { name: displayName })),
    ...sets.map((name) =>
      thing('permission-set', {
        name,
        managedPolicies: name === 'Admin' ? ['arn:aws:iam::aws:policy/AdministratorAccess'] : [],
        customerManagedPolicies: [],
      }),
    ),
    ...made.memberships.map((spec) => thing('membership', spec)),
    ...made.assignments.map((spec) => thing('assignment', spec)),
  ];
  return {
    source: { type: 'live' },
    state: new State(things),
    judging: { placeOf: () => 'member' },
    accounts: {
      names: { account: (id) => id },
      ids: accounts,
      allNames: () => [],
      select: () => ({
        ids: [],
        mayTake: () => false,
        isResolved: true,
        problems: [],
        criteria: [],
        reasonFor: () => undefined,
        excepts: () => false,
        inactive: [],
        idle: [],
      }),
      idOf: (name) => name,
      idsOf: () => [],
    },
  };
});

function thing(kind: string, spec: object): Thing {
  const known = kinds.find(({ name }) => name === kind);
  if (!known) throw new Error(`unknown kind ${kind}`);
  return new Thing(known, spec);
}

const key = ({ user, account, permissionSet }: { user: string; account: string; permissionSet: string }): string =>
  `${user} ${permissionSet} ${account}`;

/** From the rows alone, without a word of what is tested. */
function heldIn({ state }: AccessSide, gone: readonly string[] = []): string[] {
  const specs = [...state.values()].map(({ kind, spec }) => ({ kind, ...(spec as Record<string, string>) }));
  const rows = specs.filter(({ kind }) => kind === 'assignment') as unknown as Record<string, string>[];
  const members = specs.filter(({ kind }) => kind === 'membership') as unknown as Record<string, string>[];
  return users
    .flatMap((user) =>
      rows
        .filter(
          ({ principalType, principal = '' }) =>
            (principalType === 'USER' && principal === user) ||
            (principalType === 'GROUP' &&
              !gone.includes(principal) &&
              members.some((row) => row['group'] === principal && row['user'] === user)),
        )
        .map(({ permissionSet = '', account = '' }) => key({ user, permissionSet, account })),
    )
    .filter((one, index, all) => all.indexOf(one) === index)
    .sort();
}

const now = new Date('2026-06-15T12:00:00Z');

/** What an answer says of all ways together. */
const heldBy = (side: AccessSide, question: AccessQuestion): string[] => [
  ...new Set(
    holdsOfAnswer(answerAccess(side, question, policies, now))
      .map(key)
      .sort(),
  ),
];

it('an answer has everything that people hold, and each filter takes its part of it', () => {
  fc.assert(
    fc.property(
      sides,
      fc.record({
        users: fc.option(fc.subarray(users, { minLength: 1 }), { nil: undefined }),
        accounts: fc.option(fc.subarray(accounts, { minLength: 1 }), { nil: undefined }),
        permissionSets: fc.option(fc.subarray(sets, { minLength: 1 }), { nil: undefined }),
        administrators: fc.boolean(),
      }),
      (side, asked) => {
        expect(heldBy(side, {})).toEqual(heldIn(side));
        expect(holdings(accessFacts(side.state, []), 'after').map(key).sort()).toEqual(heldIn(side));
        const question = {
          ...(asked.users && { users: asked.users }),
          ...(asked.accounts && { accounts: asked.accounts }),
          ...(asked.permissionSets && { permissionSets: asked.permissionSets }),
          ...(asked.administrators && { administrators: true as const }),
        };
        const wanted = heldIn(side).filter((one) => {
          const [user = '', set = '', account = ''] = one.split(' ');
          return (
            asked.users?.includes(user) !== false &&
            asked.permissionSets?.includes(set) !== false &&
            asked.accounts?.includes(account) !== false &&
            (!asked.administrators || set === 'Admin')
          );
        });
        expect(heldBy(side, question)).toEqual(wanted);
      },
    ),
    depth(100),
  );
});

it('without some groups people lose exactly what they hold now and would not hold then', () => {
  fc.assert(
    fc.property(sides, fc.subarray(groups, { minLength: 1 }), (side, gone) => {
      const left = heldIn(side, gone);
      const { comparison } = withoutGroups(side, gone, {}, policies);
      expect(comparison.gained).toEqual([]);
      expect(holdsIn(comparison, comparison.lost).map(key).sort()).toEqual(
        heldIn(side).filter((one) => !left.includes(one)),
      );
      const holders = new Set(left.map((one) => one.split(' ')[0]));
      const losers = new Set(holdsIn(comparison, comparison.lost).map(({ user }) => user));
      expect(comparison.lastAccess).toEqual([...losers].filter((user) => !holders.has(user)).sort());
    }),
    depth(100),
  );
});

it.each<[string, AccessQuestion]>([
  ['an action that it allowed', { actions: ['s3:DeleteBucket'] }],
  ['administrators', { administrators: true }],
  ['its name before', { permissionSets: ['Admin'] }],
  ['its name after', { permissionSets: ['Audit'] }],
])('tells of a permission set that is replaced by one that allows less, asked for %s', async (_what, question) => {
  const person = { givenName: 'a', familyName: 'b' };
  const of = (name: string, set: object, user: string): object => ({
    users: { ann: person, bob: person, cy: person },
    permissionSets: { [name]: set },
    assignments: [{ users: ['ann', user], permissionSets: [name], accounts: ['web'] }],
  });
  const audit = { managedPolicies: ['SecurityAudit'], previously: 'Admin' };
  const { access } = await differencePageOf({
    accounts: [
      { id: '111111111111', name: 'management' },
      { id: '222222222222', name: 'web' },
    ],
    before: of('Admin', { managedPolicies: ['AdministratorAccess'] }, 'bob'),
    after: of('Audit', audit, 'cy'),
    question,
  });
  expect(access.edited.map(({ permissionSet, replaces }) => [permissionSet, replaces?.permissionSet])).toEqual([
    ['Audit', 'Admin'],
  ]);
  expect(holdsIn(access, access.lost)).toEqual([{ user: 'bob', permissionSet: 'Audit', account: '222222222222' }]);
});
