import fc from 'fast-check';
import { expect, it } from 'vitest';
import { holdings } from '../../src/access/holdings.ts';
import { guardRules, type AccessRules } from '../../src/access/rules.ts';
import type { AccessElement } from '../../src/core/access.ts';
import { depth } from '../support/depth.ts';

const people = ['ann', 'bob', 'cid'];
const teams = ['dev', 'ops'];
const sets = ['Read', 'Write'];
const places = ['111122223333', '444455556666'];

type RuleFacts = Parameters<typeof guardRules>[0]['facts'];

function factsOf(elements: AccessElement[], disabled: string[] = [], administratorSets: string[] = []): RuleFacts {
  return {
    elements,
    disabledUsers: new Set(disabled),
    possibleAdministratorSets: { before: new Set(), after: new Set(administratorSets) },
    newWithoutEmail: new Set(),
    liveWithoutEmail: new Set(),
    losingEmail: new Set(),
    editedSets: new Set(),
    contentOf: () => '',
    renewedSets: new Map(),
    userNames: new Map(),
  };
}

function judge(rules: Partial<AccessRules>, facts: RuleFacts) {
  return guardRules({
    rules: { deny: [], sessions: [], ...rules },
    facts,
    names: { account: (id) => id },
    placesOf: (address) => [`file:${address}`],
    sessionOf: (set) => (set === 'Write' ? 8 : 1),
    durationText: String,
  });
}

const status = fc.constantFrom<AccessElement['status']>('kept', 'created', 'deleted');
const membership = fc
  .record({ user: fc.constantFrom(...people), group: fc.constantFrom(...teams), status })
  .map(({ user, group, status }): AccessElement => {
    const address = `membership/${group}/${user}`;
    return { address, step: address, status, user, group };
  });
const grant = fc
  .record({
    principal: fc.constantFrom<{ user: string } | { group: string }>(
      ...people.map((user) => ({ user })),
      ...teams.map((group) => ({ group })),
    ),
    set: fc.constantFrom(...sets),
    account: fc.constantFrom(...places),
    status,
  })
  .map(({ principal, set, account, status }): AccessElement => {
    const address = `assignment/${account}/${set}/${JSON.stringify(principal)}`;
    return { address, step: address, status, ...principal, grant: { permissionSet: set, content: set, account } };
  });
const someOf = (names: string[]) => fc.option(fc.subarray(names, { minLength: 1 }), { nil: undefined });
const setOf = (names: string[] | undefined): Set<string> | undefined => names && new Set(names);

it('names the users who hold after the plan what a rule denies, and no others', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.oneof(membership, grant), { selector: ({ address }) => address, maxLength: 25 }),
      fc.record({
        users: someOf(people),
        groups: someOf(teams),
        permissionSets: someOf(sets),
        administrators: fc.boolean(),
        accounts: someOf(places),
      }),
      fc.subarray(sets),
      (elements, rule, administratorSets) => {
        const facts = factsOf(elements, [], administratorSets);
        const isIn = (user: string, group: string): boolean =>
          elements.some((one) => !one.grant && one.status !== 'deleted' && one.user === user && one.group === group);
        const isDenied = (user: string): boolean =>
          (rule.users === undefined && rule.groups === undefined) ||
          rule.users?.includes(user) === true ||
          rule.groups?.some((group) => isIn(user, group)) === true;
        const expected = holdings(facts, 'after').filter(
          ({ user, account, permissionSet }) =>
            isDenied(user) &&
            rule.accounts?.includes(account) !== false &&
            ((rule.permissionSets === undefined && !rule.administrators) ||
              rule.permissionSets?.includes(permissionSet) === true ||
              (rule.administrators && administratorSets.includes(permissionSet))),
        );

        const deny = [
          {
            place: 'here',
            users: setOf(rule.users),
            groups: setOf(rule.groups),
            permissionSets: setOf(rule.permissionSets),
            administrators: rule.administrators,
            accounts: setOf(rule.accounts),
          },
        ];
        const text = judge({ deny }, facts)
          .map(({ message }) => message)
          .join('\n');
        const named = people.filter((user) =>
          new RegExp(String.raw`(access: |, | and )${user}\b(?= \(|,| and| would)`).test(text),
        );
        expect(named).toEqual(people.filter((user) => expected.some((held) => held.user === user)));
        for (const { paths } of expected)
          for (const { elements: way } of paths) for (const one of way) expect(text).toContain(one);
      },
    ),
    depth(100),
  );
});

it('hundreds are told of in a few refusals, and counted', () => {
  const elements = Array.from({ length: 300 }, (_, index): AccessElement => {
    const address = `assignment/${index}`;
    return {
      address,
      step: address,
      status: 'kept',
      user: `user${String(index).padStart(3, '0')}`,
      grant: { permissionSet: 'Read', content: 'Read', account: '111122223333' },
    };
  });
  const violations = judge({ onlyGroups: 'here' }, factsOf(elements));
  expect(violations).toHaveLength(21);
  expect(violations[0]?.message).toContain('user000 would be assigned Read in 111122223333 (file:assignment/0)');
  expect(violations.at(-1)?.message).toContain(
    'user029 and 270 more people would be assigned other access of this kind',
  );
});

it('who holds the same in the same way is told of in one', () => {
  const element = (user: string): AccessElement => ({
    address: `membership/${user}`,
    step: '',
    status: 'kept',
    user,
    group: 'dev',
  });
  const assigned: AccessElement = {
    address: 'assignment/dev',
    step: '',
    status: 'kept',
    group: 'dev',
    grant: { permissionSet: 'Read', content: 'Read', account: '111122223333' },
  };
  const all = {
    users: undefined,
    groups: undefined,
    permissionSets: undefined,
    administrators: false,
    accounts: undefined,
  };
  const [violation, ...more] = judge(
    { deny: [{ ...all, place: 'here' }] },
    factsOf([assigned, element('bob'), element('ann')], ['bob']),
  );
  expect(more).toEqual([]);
  expect(violation?.message).toBe(
    'here denies this access: ann (file:membership/ann) and bob (disabled now; file:membership/bob) would hold Read in 111122223333 through group dev (file:assignment/dev).',
  );
});

it('the longest session is itself allowed', () => {
  const elements: AccessElement[] = sets.map((set) => ({
    address: `assignment/${set}`,
    step: '',
    status: 'kept',
    user: 'ann',
    grant: { permissionSet: set, content: set, account: '111122223333' },
  }));
  const sessions = (seconds: number, account = '111122223333') => [
    { place: 'here', accounts: new Set([account]), seconds },
  ];
  const codes = (rules: AccessRules['sessions']) =>
    judge({ sessions: rules }, factsOf(elements)).map(({ code }) => code);
  expect(codes(sessions(8))).toEqual([]);
  expect(codes(sessions(7))).toEqual(['session-too-long']);
  expect(codes(sessions(7, '444455556666'))).toEqual([]);
});
