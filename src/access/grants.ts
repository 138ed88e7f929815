import {
  reaches,
  type AccessGrant,
  type AccessMembers,
  type AccessOrigin,
  type AccessQuestion,
  type Allows,
  type Reaches,
} from '../core/access-answer.ts';
import { powers, assignedSet, type AccessElement, type JudgedFacts, type Power } from '../core/access.ts';
import { compareTexts } from '../core/compare-texts.ts';
import { endOf } from '../core/expiry.ts';
import { groupBy } from '../core/group-by.ts';
import { setsOf } from './select.ts';
import { grantsOn, membersByGroup, type GrantElement, type Side } from './holdings.ts';

/** Of two sides: on which of them something is, and what else it has before. */
export interface Sided {
  /** Absent where it is on both, or where there is one alone. */
  side?: Side;
  /**
   * Where it is on both and differs: the power, whether it made administrators under a condition, how far it allowed what is asked
   * about, `not` for not at all, and the end, which is absent where there was none.
   */
  was?: { power?: Power; isConditional?: boolean; allows?: Reaches | 'not'; end?: { until?: string } };
}

export type SidedOrigin = AccessOrigin & Sided;
export type SidedGrant = AccessGrant & Sided;
export type SidedMembers = AccessMembers & Sided;

/** What it takes to say who holds what. */
export interface Held {
  facts: JudgedFacts;
  originOf(element: Pick<AccessElement, 'address' | 'status'>): SidedOrigin;
  /** The user name of a key. */
  nameOf(user: string): string;
  /** How far a permission set allows what is asked about on a side; undefined where it does not. */
  allows(permissionSet: string, side: Side): Allows | undefined;
}

/** What people hold, as it is granted: never each person by each account, of which there can be a million. */
export interface Grants {
  grants: SidedGrant[];
  /** The groups that grants name, with those members whom the question is about. */
  groups: { name: string; members: SidedMembers[] }[];
}

/** One principal's part of a grant. */
interface Part extends Omit<SidedGrant, 'accounts' | 'groups' | 'users'> {
  account: string;
  group?: string;
  user?: string;
}

/**
 * The grants that a question is about: all of its filters apply together. A grant to a group counts for people where one of
 * them is a member, and for an end where it ends, or the membership of somebody in the group. Of facts about two sides it is
 * all that is on either.
 */
export function grantsOf(held: Held, question: AccessQuestion): Grants {
  const { facts } = held;
  const { users, groups, permissionSets, accounts } = setsOf(question);
  const elements = grantsOn(
    facts,
    'either',
    ({ account, permissionSet }) => accounts?.has(account) !== false && permissionSets?.has(permissionSet) !== false,
  ).filter(({ group = '' }) => groups?.has(group) !== false);
  const members = membersOf(held, elements, (user) => users?.has(user) !== false);
  const endsInTime = ({ until }: AccessOrigin): boolean =>
    question.endsBefore === undefined || (until !== undefined && endOf(until) < Date.parse(question.endsBefore));

  const parts = elements.flatMap((element): Part[] => {
    const { grant, user, group = '' } = element;
    const { account, permissionSet } = grant;
    const among = user === undefined ? (members.get(group) ?? []) : [];
    if (users && (user === undefined ? among.length === 0 : !users.has(user))) return [];
    const origin = held.originOf(element);
    const set = assignedSet(grant);
    const on = (side: Side) => {
      const place = facts.placeOf(account);
      const allows = question.actions && surest([held.allows(set, side), facts.reachByRaising(side, set, place)]);
      return { power: facts.powerOf(side, set, place), allows };
    };
    const now = on(origin.side ?? 'after');
    const before = origin.side ? now : on('before');
    if (question.administrators && now.power !== 'administrator' && before.power !== 'administrator') return [];
    if (question.actions && !now.allows && !before.allows) return [];
    const was = {
      ...origin.was,
      ...(before.power !== now.power && { power: before.power }),
      ...(before.allows !== now.allows && { allows: before.allows ?? ('not' as const) }),
    };
    const part = {
      permissionSet,
      power: now.power,
      ...(now.allows && { allows: now.allows }),
      account,
      ...origin,
      ...(Object.keys(was).length > 0 && { was }),
    };
    if (user !== undefined) return endsInTime(origin) ? [{ ...part, user: held.nameOf(user) }] : [];
    if (endsInTime(origin)) return [{ ...part, group }];
    const ending = among.filter(endsInTime).flatMap(({ users }) => users);
    return ending.length > 0 ? [{ ...part, group, members: ending.sort() }] : [];
  });
  const grants = join(parts);
  const named = new Set(grants.flatMap(({ groups }) => groups));
  return {
    grants,
    groups: [...named].sort().map((name) => ({ name, members: members.get(name) ?? [] })),
  };
}

/** How far a set leads to an action, by what it allows itself and by what raises the rights of its holders to any. */
export const surest = (ways: readonly (Reaches | undefined)[]): Reaches | undefined =>
  reaches.find((one) => ways.includes(one));

/** The members of groups, those who are in it in the same way together. */
function membersOf(
  { facts, originOf, nameOf }: Held,
  elements: readonly GrantElement[],
  isWanted: (user: string) => boolean,
): Map<string, SidedMembers[]> {
  const found = membersByGroup(facts, 'either', elements, isWanted);
  return new Map(
    [...found].map(([group, members]) => {
      const byOrigin = groupBy(
        members.map((member) => ({ user: nameOf(member.user), origin: originOf(member) })),
        ({ origin }) => JSON.stringify(origin),
      );
      const together = [...byOrigin.values()].map((some): SidedMembers => ({
        users: some.map(({ user }) => user).sort(compareTexts),
        ...(some[0]?.origin ?? { places: [] }),
      }));
      return [group, together.sort((a, b) => compareTexts(a.users[0] ?? '', b.users[0] ?? ''))];
    }),
  );
}

/** One principal's accounts, then all who have the same. */
function join(parts: readonly Part[]): AccessGrant[] {
  const ofPrincipal = groupBy(parts, ({ account: _account, ...rest }) => JSON.stringify(rest));
  const grants = [...ofPrincipal.values()].map((some) => {
    const [{ account: _, group, user, ...rest }] = some as [Part, ...Part[]];
    return { rest, group, user, accounts: some.map(({ account }) => account).sort() };
  });
  // Where not all members of a group are meant, it can't be told of two.
  const together = groupBy(grants, ({ rest, accounts, group }) =>
    JSON.stringify([rest, accounts, rest.members ? group : '']),
  );
  return [...together.values()]
    .map((some): SidedGrant => {
      const [{ rest, accounts }] = some as [(typeof grants)[number], ...typeof grants];
      return {
        ...rest,
        accounts,
        groups: some.flatMap(({ group }) => group ?? []).sort(compareTexts),
        users: some.flatMap(({ user }) => user ?? []).sort(compareTexts),
      };
    })
    .sort(
      (a, b) =>
        rankOf(a.power) - rankOf(b.power) ||
        compareTexts(a.permissionSet, b.permissionSet) ||
        b.accounts.length - a.accounts.length ||
        compareTexts(a.accounts.join(), b.accounts.join()) ||
        compareTexts([...a.groups, ...a.users].join(), [...b.groups, ...b.users].join()),
    );
}

const rankOf = (power: Power): number => powers.indexOf(power);
