import { expect, it } from 'vitest';
import { guardAccess } from '../../src/access/guards.ts';
import { accessImpact } from '../../src/access/impact.ts';
import { account, factsOf } from './organisation.ts';

/** Sets of each value: sure, under a condition, of unknown content, and denied. */
const [yes, conditional, unknown, denied] = [
  ['AdministratorAccess'],
  ['AWSMcpServiceActionsFullAccess'],
  ['AdministratorAccess', 'APolicyThatIsNotInTheData'],
  ['AdministratorAccess', 'AWSDenyAll'],
];
const lines = ['@ann: Admin 1', '@bob: Other 1'];

const edit = (before: string[], after: string[], other: string[] = ['ReadOnlyAccess']) =>
  factsOf({ sets: { Admin: before, Other: other }, lines }, { sets: { Admin: after, Other: other }, lines });
const management = { protectedAccess: [], managementAccount: account('1'), names: { account: (id: string) => id } };
const codes = (facts: ReturnType<typeof edit>, caller?: { userName: string; account: string }): string[] =>
  guardAccess({ facts, ...management, ...(caller && { caller }) }).map(({ code }) => code);

it.each([
  ['a denial', yes, denied],
  ['a condition', yes, conditional],
  ['a policy of unknown content', yes, unknown],
  ['a policy that reads', yes, ['ReadOnlyAccess']],
])('refuses %s for the last administrator, and for oneself', (_, before, after) => {
  expect(codes(edit(before, after))).toEqual(['last-administrator']);
  expect(codes(edit(before, after, yes))).toEqual([]);
  const ann = { userName: 'ann', account: account('1') };
  expect(codes(edit(before, after, yes), ann)).toEqual(['own-administrator-access-lost']);
});

it.each([
  ['unknown content', unknown],
  ['a condition', conditional],
])('counts who was an administrator by %s before, as long as that stays', (_, uncertain) => {
  expect(codes(edit(uncertain, uncertain))).toEqual([]);
  expect(codes(edit(uncertain, yes))).toEqual([]);
  expect(codes(edit(uncertain, ['ReadOnlyAccess']))).toEqual(['last-administrator']);
  expect(codes(edit(uncertain, denied))).toEqual(['last-administrator']);
});

it('does not take who may be an administrator for the one who is left, and names them', () => {
  const facts = edit(yes, ['ReadOnlyAccess'], unknown);
  expect(guardAccess({ facts, ...management }).map(({ message }) => message)).toEqual([
    'The management account would lose its last administrator (now: ann). Not counted: bob, because of a condition or a policy of unknown content.',
  ]);
});

it('says who becomes one: by AdministratorAccess, IAMFullAccess, and also beside what is unknown', () => {
  const become = (before: string[], after: string[]): number =>
    accessImpact(edit(before, after)).newAdministrators.length;
  expect(become(['ReadOnlyAccess'], ['IAMFullAccess'])).toBe(1);
  expect(become(['ReadOnlyAccess'], unknown)).toBe(1);
  expect(become(conditional, yes)).toBe(1);
  expect(become(unknown, yes)).toBe(0);
  expect(become(['ReadOnlyAccess'], ['PowerUserAccess'])).toBe(0);
});
