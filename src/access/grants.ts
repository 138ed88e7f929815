import type {
  AccessGrant,
  AccessGroup,
  AccessMembers,
  AccessOrigin,
  AccessQuestion,
  Allows,
} from '../core/access-answer.ts';
import { powers, assignedSet, type JudgedFacts, type Power } from '../core/access.ts';
import type { Address } from '../core/address.ts';
import { compareTexts } from '../core/compare-texts.ts';
import { endOf } from '../core/expiry.ts';
import { groupBy } from '../core/group-by.ts';
import { setsOf } from './select.ts';
import { grantsOn, membersByGroup, type GrantElement } from './holdings.ts';

/** What it takes to say who holds what. */
export interface Held {
  facts: JudgedFacts;
  originOf(address: Address): AccessOrigin;
  /** The user name of a key. */
  nameOf(user: string): string;
  /** How far a permission set allows what is asked about; undefined where it does not. */
  allows(permissionSet: string): Allows | undefined;
}

/** What people hold, as it is granted: never each person by each account, of which there can be a million. */
export interface Grants {
  grants: AccessGrant[];
  /** The groups that grants name, with those members whom the question is about. */
  groups: Pick<AccessGroup, 'name' | 'members'>[];
}

/** One principal's part of a grant. */
interface Part extends Omit<AccessGrant, 'accounts' | 'groups' | 'users'> {
  account: string;
  group?: string;
  user?: string;
}

/**
 * The grants that a question is about: all of its filters apply together. A grant to a group counts for people where one of
 * them is a member, and for an end where it ends, or the membership of somebody in the group.
 */
export function grantsOf(held: Held, question: AccessQuestion): Grants {
  const { facts } = held;
  const { users, groups, permissionSets, accounts } = setsOf(question);
  const elements = grantsOn(
    facts,
    'before',
    ({ account, permissionSet }) => accounts?.has(account) !== false && permissionSets?.has(permissionSet) !== false,
  ).filter(({ group = '' }) => groups?.has(group) !== false);
  const members = membersOf(held, elements, (user) => users?.has(user) !== false);
  const endsInTime = ({ until }: AccessOrigin): boolean =>
    question.endsBefore === undefined || (until !== undefined && endOf(until) < Date.parse(question.endsBefore));

  const parts = elements.flatMap((element): Part[] => {
    const { grant, user, group = '', address } = element;
    const { account, permissionSet } = grant;
    const among = user === undefined ? (members.get(group) ?? []) : [];
    if (users && (user === undefined ? among.length === 0 : !users.has(user))) return [];
    const power = facts.powerOf('before', assignedSet(grant), facts.placeOf(account));
    if (question.administrators && power !== 'administrator') return [];
    const allows = question.actions && held.allows(assignedSet(grant));
    if (question.actions && !allows) return [];
    const origin = held.originOf(address);
    const part = { permissionSet, power, ...(allows && { allows }), account, ...origin };
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

/** The members of groups, those who are in it in the same way together. */
function membersOf(
  { facts, originOf, nameOf }: Held,
  elements: readonly GrantElement[],
  isWanted: (user: string) => boolean,
): Map<string, AccessMembers[]> {
  const found = membersByGroup(facts, 'before', elements, isWanted);
  return new Map(
    [...found].map(([group, members]) => {
      const byOrigin = groupBy(
        members.map(({ user, address }) => ({ user: nameOf(user), origin: originOf(address) })),
        ({ origin }) => JSON.stringify(origin),
      );
      const together = [...byOrigin.values()].map((some): AccessMembers => ({
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
    .map((some): AccessGrant => {
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
