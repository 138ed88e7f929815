import { expect, it } from 'vitest';
import { guardAccess, guardRisks } from '../../src/access/guards.ts';
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
const management = {
  protectedAccess: [],
  managementAccount: account('1'),
  names: { account: (id: string) => id },
  dated: (message: string) => message,
};
const codes = (facts: ReturnType<typeof edit>, caller?: { userName: string; account: string }): string[] =>
  guardAccess({ facts, ...management, ...(caller && { caller }) }).map(({ code }) => code);

const ann = { userName: 'ann', account: account('1') };

it.each([
  ['a denial', denied, ['own-administrator-access-lost'], []],
  ['a condition', conditional, [], ['uncertain-administrators']],
  ['a policy of unknown content', unknown, [], ['uncertain-administrators']],
  ['unknown content alone', ['APolicyThatIsNotInTheData'], [], ['uncertain-administrators']],
  ['a policy that reads', ['ReadOnlyAccess'], ['own-administrator-access-lost'], []],
])(
  'refuses %s for the last administrator; where others are left, what is sure to be lost is refused for oneself',
  (_, after, own, risks) => {
    expect(codes(edit(yes, after))).toEqual(['last-administrator']);
    const facts = edit(yes, after, yes);
    expect(codes(facts)).toEqual([]);
    expect(codes(facts, ann)).toEqual(own);
    expect(guardRisks({ facts, ...management }).map(({ code }) => code)).toEqual(risks);
  },
);

it('names who perhaps is an administrator after an edit, and what that depends on', () => {
  const told = (after: string[]) =>
    guardRisks({ facts: edit(yes, after, yes), ...management }).map(({ message }) => message);
  expect(told(conditional)).toEqual([
    `After this plan, ann administers ${account('1')} by Admin only under a condition on aws:IsMcpServiceAction.`,
  ]);
  expect(told(unknown)).toEqual([
    `After this plan, ann administers ${account('1')} by Admin only as far as APolicyThatIsNotInTheData allows it, whose content is not known.`,
  ]);
});

it('says nothing of an edit that leaves people administrators by another set, nor of one of a set that only may make them so', () => {
  const sets = { Admin: yes, Other: yes };
  const both = [...lines, '@ann: Other 1'];
  const kept = factsOf({ sets, lines: both }, { sets: { ...sets, Admin: conditional }, lines: both });
  expect(guardRisks({ facts: kept, ...management })).toEqual([]);
  expect(guardRisks({ facts: edit(conditional, unknown), ...management })).toEqual([]);
});

it('tells the risk also where people get such a set in exchange for the one that they had', () => {
  const sets = { Admin: yes, Other: conditional };
  const facts = factsOf({ sets, lines: ['@ann: Admin 2'] }, { sets, lines: ['@ann: Other 2'] });
  expect(guardRisks({ facts, ...management }).map(({ code }) => code)).toEqual(['uncertain-administrators']);
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
    `The management account would lose its last administrator (now: ann). Admin would no longer make anyone an administrator. Not counted: bob by Other (only as far as APolicyThatIsNotInTheData allows it, whose content is not known).`,
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
