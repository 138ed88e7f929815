import type { AccessElement, AccessFacts, AccessPath, ElementStatus, Grant } from '../core/access.ts';
import { addTo } from '../core/group-by.ts';
import { KeyedMap } from '../core/keyed-map.ts';
import type { Names } from '../core/kind.ts';
import { joinWords } from '../core/words.ts';
import { existsOn, type Side } from './holdings.ts';

/** One way to a permission set, the same for all holders and accounts of a {@link Hold}. */
export interface Way extends AccessPath {
  /** The assignment in one account: to the group, or to the one holder. */
  assignmentOf(account: string): AccessElement;
  /** The membership of one holder. */
  membershipOf(holder: string): AccessElement | undefined;
}

/**
 * Holders of a permission set in accounts who all have the same ways to it, with the same fate: a group of thousands of
 * people with hundreds of accounts is one of these, and not a million.
 */
export interface Hold {
  /** Keys of users; or the name of one group, for the group itself: anyone who joins it holds what it gives. */
  holders: readonly string[];
  isPerson: boolean;
  permissionSet: string;
  accounts: readonly string[];
  /** On either side, also the halves of ways. */
  ways: readonly Way[];
}

/** `Admin in production and staging` */
export const holdText = ({ permissionSet, accounts }: Pick<Hold, 'permissionSet' | 'accounts'>, names: Names): string =>
  `${permissionSet} in ${joinWords(accounts.map(names.account))}`;

/** The ways that give access on one side. */
export const waysOn = (side: Side, { ways }: Pick<Hold, 'ways'>): Way[] =>
  ways.filter(({ assignment, membership = 'kept' }) => exists(side, assignment) && exists(side, membership));

const exists = (side: Side, status: ElementStatus): boolean => existsOn(side, { status });

/** What people hold of the permission sets that are wanted, before or after the plan. */
export function holdsOf({ elements }: Pick<AccessFacts, 'elements'>, isWanted: (grant: Grant) => boolean): Hold[] {
  const roles = rolesOf(elements, isWanted);
  return people(roles, membershipsOf(elements, roles), everyone);
}

/** What the changes of a plan can touch: it is all of which a holder can have gained, kept in another way, or lost. */
export function touchedHolds({ elements }: Pick<AccessFacts, 'elements'>): Hold[] {
  const changed = elements.filter(({ status }) => status !== 'kept');
  if (changed.length === 0) return [];
  const joined = new Set(changed.flatMap(({ grant, group }) => (grant || group === undefined ? [] : [group])));
  const touched = new KeyedMap<true>();
  for (const { grant, group = '', status } of elements) {
    if (grant && (status !== 'kept' || joined.has(group))) touched.add([grant.account, grant.permissionSet], true);
  }
  const roles = rolesOf(elements, ({ account, permissionSet }) => touched.has([account, permissionSet]));
  return [...groups(roles), ...people(roles, membershipsOf(elements, roles), touchedPeople)];
}

/** A permission set in accounts where it is assigned to the same principals with the same fate. */
interface Role {
  permissionSet: string;
  accounts: string[];
  /** By account; as many in each, in one order. */
  assignments: Map<string, AccessElement[]>;
  /** Those of one of the accounts. */
  pattern: AccessElement[];
}

function rolesOf(elements: readonly AccessElement[], isWanted: (grant: Grant) => boolean): Role[] {
  const single = new KeyedMap<{ grant: Grant; assignments: AccessElement[] }>();
  const all: { grant: Grant; assignments: AccessElement[] }[] = [];
  for (const element of elements) {
    const { grant } = element;
    if (!grant || !isWanted(grant)) continue;
    const key = [grant.account, grant.permissionSet];
    let role = single.get(key);
    if (!role) {
      single.add(key, (role = { grant, assignments: [] }));
      all.push(role);
    }
    role.assignments.push(element);
  }
  const roles = new Map<string, Role>();
  for (const { grant, assignments } of all) {
    const { account, permissionSet } = grant;
    const sorted = assignments
      .map((element): [string, AccessElement] => [patternOf(element), element])
      .sort(([a], [b]) => (a < b ? -1 : 1));
    const key = JSON.stringify([permissionSet, ...sorted.map(([pattern]) => pattern)]);
    const pattern = sorted.map(([, element]) => element);
    const role: Role = roles.get(key) ?? { permissionSet, accounts: [], assignments: new Map(), pattern };
    roles.set(key, role);
    role.accounts.push(account);
    role.assignments.set(account, pattern);
  }
  for (const role of roles.values()) role.accounts.sort();
  return [...roles.values()];
}

const patternOf = ({ user, group, grant, status }: AccessElement): string =>
  JSON.stringify([user === undefined ? 'group' : 'user', user ?? group, grant?.content, status]);

/** The members of a group, on either side: by user. */
type Memberships = ReadonlyMap<string, ReadonlyMap<string, AccessElement>>;

function membershipsOf(elements: readonly AccessElement[], roles: readonly Role[]): Memberships {
  const members = new Map<string, Map<string, AccessElement>>();
  for (const { pattern } of roles) {
    for (const { group, user } of pattern) if (user === undefined && group !== undefined) members.set(group, new Map());
  }
  if (members.size === 0) return members;
  for (const element of elements) {
    if (!element.grant) members.get(element.group ?? '')?.set(element.user ?? '', element);
  }
  return members;
}

/** Who is asked about of a role: through one of its assignments. */
type Candidates = (assignment: AccessElement, memberships: Memberships) => Iterable<string>;

const everyone: Candidates = ({ user, group = '' }, memberships) =>
  user === undefined ? (memberships.get(group)?.keys() ?? []) : [user];

const touchedPeople: Candidates = ({ user, group = '', status }, memberships) => {
  if (user !== undefined) return status === 'kept' ? [] : [user];
  const members = [...(memberships.get(group) ?? [])];
  return (status === 'kept' ? members.filter(([, membership]) => membership.status !== 'kept') : members).map(
    ([member]) => member,
  );
};

function people(roles: readonly Role[], memberships: Memberships, candidates: Candidates): Hold[] {
  return roles.flatMap((role) => {
    const { permissionSet, accounts, pattern } = role;
    const asked = new Set<string>();
    for (const assignment of pattern) for (const user of candidates(assignment, memberships)) asked.add(user);
    if (asked.size === 0) return [];
    const direct = new Map<string, number[]>();
    const through: [number, ReadonlyMap<string, AccessElement>][] = [];
    for (const [index, { user, group = '' }] of pattern.entries()) {
      if (user === undefined) through.push([index, memberships.get(group) ?? new Map<string, AccessElement>()]);
      else direct.set(user, [...(direct.get(user) ?? []), index]);
    }
    const holds = new Map<string, { holders: string[]; found: Found[] }>();
    for (const user of asked) {
      const found: Found[] = (direct.get(user) ?? []).map((index) => ({ index }));
      for (const [index, members] of through) {
        const membership = members.get(user)?.status;
        if (membership) found.push({ index, membership });
      }
      // Who holds it directly is never one of many: the assignment is another one for each of them.
      const key = found.map(({ index, membership = '' }) => `${index}${membership}`).join();
      const hold = holds.get(key) ?? { holders: [], found };
      holds.set(key, hold);
      hold.holders.push(user);
    }
    return [...holds.values()].map(({ holders, found }) => ({
      holders: holders.sort(),
      isPerson: true,
      permissionSet,
      accounts,
      ways: found.map((one) => wayOf(role, one, memberships)),
    }));
  });
}

/** Groups with a change among their assignments of a role. */
function groups(roles: readonly Role[]): Hold[] {
  return roles.flatMap((role) => {
    const { permissionSet, accounts, pattern } = role;
    const byGroup = new Map<string, Found[]>();
    for (const [index, { user, group }] of pattern.entries()) {
      if (user === undefined && group !== undefined) addTo(byGroup, group, { index });
    }
    return [...byGroup]
      .filter(([, found]) => found.some(({ index }) => pattern[index]?.status !== 'kept'))
      .map(([group, found]) => ({
        holders: [group],
        isPerson: false,
        permissionSet,
        accounts,
        ways: found.map((one) => wayOf(role, one, new Map())),
      }));
  });
}

/** An assignment of a role, and the membership that leads to it. */
interface Found {
  index: number;
  membership?: ElementStatus;
}

function wayOf(
  { assignments, pattern, permissionSet }: Role,
  { index, membership }: Found,
  memberships: Memberships,
): Way {
  const [{ group, grant, status }] = [pattern[index] as AccessElement];
  const assigned = grant?.content;
  return {
    ...(membership && group !== undefined && { via: group }),
    ...(assigned !== undefined && assigned !== permissionSet && { assigned }),
    assignment: status,
    ...(membership && { membership }),
    assignmentOf: (account) => (assignments.get(account) as AccessElement[])[index] as AccessElement,
    membershipOf: (holder) => memberships.get(group ?? '')?.get(holder),
  };
}
