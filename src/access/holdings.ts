import { assignedSet, type AccessElement, type AccessFacts, type Grant } from '../core/access.ts';
import type { Address, Key } from '../core/address.ts';
import { KeyedMap } from '../core/keyed-map.ts';

export type Side = 'before' | 'after';

/** One way of one person. `via` is the group, absent for a direct assignment. */
export interface HeldPath {
  via?: string;
  /** The assignment, and for a group the membership: both must be live for the path to give access. */
  elements: Address[];
}

/** One person's hold of one permission set in one account, with every way in which it is held. */
export interface Holding {
  user: string;
  account: string;
  permissionSet: string;
  /** The sets that are assigned in fact: two where one path leads to the set that is being replaced. */
  contents: Set<string>;
  paths: HeldPath[];
}

/** One side, or both of them together. */
export type Sides = Side | 'either';

export const existsOn = (side: Sides, { status }: Pick<AccessElement, 'status'>): boolean =>
  side === 'either' || status === 'kept' || status === (side === 'before' ? 'deleted' : 'created');

export const holdingKey = (user: string, account: string, permissionSet: string): Key => [user, permissionSet, account];

/** One principal's grant of one permission set in one account. */
export const grantKey = ({ user, group = '', grant }: Pick<GrantElement, 'user' | 'group' | 'grant'>): Key =>
  user === undefined
    ? [group, 'group', grant.permissionSet, grant.account]
    : [user, 'user', grant.permissionSet, grant.account];

export interface HoldingFilter {
  /** Keys of users. */
  users?: ReadonlySet<string>;
  /** Names of permission sets. */
  sets?: ReadonlySet<string>;
}

/** Everything that people hold on one side, or that some people hold, or of some permission sets. */
export function holdings(facts: Pick<AccessFacts, 'elements'>, side: Side, only?: HoldingFilter): Holding[] {
  const isWanted = (user: string): boolean => only?.users?.has(user) !== false;
  const grants = grantsOn(facts, side, ({ permissionSet }) => only?.sets?.has(permissionSet) !== false);
  const members = membersByGroup(facts, side, grants, isWanted);
  const found: Holding[] = [];
  const byKey = new KeyedMap<Holding>();
  for (const { grant, user, group, address } of grants) {
    const holders =
      user === undefined
        ? (members.get(group ?? '') ?? []).map((member) => ({
            user: member.user,
            path: { ...(group !== undefined && { via: group }), elements: [address, member.address] },
          }))
        : isWanted(user)
          ? [{ user, path: { elements: [address] } }]
          : [];
    for (const holder of holders) {
      const key = holdingKey(holder.user, grant.account, grant.permissionSet);
      const known = byKey.get(key);
      if (known) {
        known.paths.push(holder.path);
        known.contents.add(assignedSet(grant));
      } else {
        const { account, permissionSet } = grant;
        const contents = new Set([assignedSet(grant)]);
        const holding = { user: holder.user, account, permissionSet, contents, paths: [holder.path] };
        byKey.add(key, holding);
        found.push(holding);
      }
    }
  }
  return found;
}

/**
 * The people who hold anything on one side.
 * @param isCounted of a path: true for its assignment or its membership is enough for it to count.
 */
export function holders(
  { elements }: AccessFacts,
  side: Side,
  isCounted: (element: AccessElement) => boolean = () => true,
): Set<string> {
  const people = new Set<string>();
  /** Groups that hold anything, and whether one of their assignments counts. */
  const giving = new Map<string, boolean>();
  const memberships: AccessElement[] = [];
  for (const element of elements) {
    const { grant, user, group = '' } = element;
    if (!existsOn(side, element)) continue;
    if (!grant) memberships.push(element);
    else if (user === undefined) giving.set(group, giving.get(group) === true || isCounted(element));
    else if (isCounted(element)) people.add(user);
  }
  for (const element of memberships) {
    const { user = '', group = '' } = element;
    const counts = giving.get(group);
    if (counts === true || (counts === false && isCounted(element))) people.add(user);
  }
  return people;
}

export type GrantElement = AccessElement & { grant: Grant };

/** The assignments of one side, or of either, that are wanted. */
export function grantsOn(
  { elements }: Pick<AccessFacts, 'elements'>,
  side: Sides,
  isWanted: (grant: Grant) => boolean,
): GrantElement[] {
  return elements.filter(
    (element): element is GrantElement =>
      element.grant !== undefined && existsOn(side, element) && isWanted(element.grant),
  );
}

/** The assignments of sets that are made anew, of both names: no other two are one grant. */
export function renewedGrants({ elements, renewedSets }: AccessFacts): GrantElement[] {
  if (renewedSets.size === 0) return [];
  const renewed = new Set(renewedSets.values());
  return elements.filter(
    (element): element is GrantElement => element.grant !== undefined && renewed.has(element.grant.permissionSet),
  );
}

/** Somebody in a group, and the membership that says so: one text, however many grants the group has. */
export interface Member {
  user: string;
  address: Address;
  status: AccessElement['status'];
}

/** The members of the groups that hold these grants. */
export function membersByGroup(
  { elements }: Pick<AccessFacts, 'elements'>,
  side: Sides,
  grants: readonly AccessElement[],
  isWanted: (user: string) => boolean = () => true,
): Map<string, Member[]> {
  const members = new Map<string, Member[]>();
  for (const { group } of grants) if (group !== undefined) members.set(group, []);
  if (members.size === 0) return members;
  for (const element of elements) {
    const { grant, user = '', group = '' } = element;
    const list = grant || !existsOn(side, element) || !isWanted(user) ? undefined : members.get(group);
    list?.push({ user, address: element.address, status: element.status });
  }
  return members;
}
