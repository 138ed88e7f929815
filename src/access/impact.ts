import type { AccessChange, AccessElement, AccessFacts, AccessImpact, AccessPath } from '../core/access.ts';
import type { Address } from '../core/address.ts';
import { addTo, groupBy } from '../core/group-by.ts';
import { KeyedMap } from '../core/keyed-map.ts';
import { newAdministrators } from './administrators.ts';
import { editedHoldings } from './edited.ts';
import { givenSets } from './given.ts';
import { existsOn, type Side } from './holdings.ts';
import { lastAccess } from './last-access.ts';

/** One way to a permission set: an assignment, and the membership that leads to it. */
export interface Path {
  via?: string;
  elements: AccessElement[];
}

/** A hold of a permission set in an account that the plan touches, with every path on either side. */
export interface Impact {
  /** A user key; or a group's name, for the group itself: whoever joins it holds what it gives. */
  holder: string;
  isPerson: boolean;
  account: string;
  permissionSet: string;
  paths: Path[];
}

/** Everything that the changes of a plan can touch, and nothing else: the cost grows with the change. */
export function findImpacts({ elements }: Pick<AccessFacts, 'elements'>): Impact[] {
  const changed = elements.filter(({ status }) => status !== 'kept');
  if (changed.length === 0) return [];
  const joined = new Set(changed.flatMap(({ grant, group }) => (grant || group === undefined ? [] : [group])));
  const granted = new Set(changed.flatMap(({ grant, group }) => (grant && group !== undefined ? [group] : [])));
  const grantsOf = groupBy(elements, ({ grant, group = '' }) => (grant && joined.has(group) ? group : undefined));
  const membersOf = groupBy(elements, ({ grant, group = '' }) => (!grant && granted.has(group) ? group : undefined));

  const touched: { impact: Impact; role: Role }[] = [];
  const roles = new KeyedMap<Role>();
  const touch = (holder: string, isPerson: boolean, { grant }: AccessElement): void => {
    if (!grant) return;
    const { account, permissionSet } = grant;
    const key = [account, permissionSet];
    const role = roles.get(key) ?? { people: new Set(), groups: new Set(), toUsers: new Map(), toGroups: new Map() };
    roles.add(key, role);
    const holders = isPerson ? role.people : role.groups;
    if (holders.has(holder)) return;
    holders.add(holder);
    touched.push({ impact: { holder, isPerson, account, permissionSet, paths: [] }, role });
  };
  for (const element of changed) {
    const { user, group = '' } = element;
    if (!element.grant) {
      for (const grant of grantsOf.get(group) ?? []) touch(user ?? '', true, grant);
    } else if (user !== undefined) {
      touch(user, true, element);
    } else {
      touch(group, false, element);
      for (const member of membersOf.get(group) ?? []) touch(member.user ?? '', true, element);
    }
  }

  // Every way on which a holder comes to what is touched.
  for (const element of elements) {
    const { user, group = '', grant } = element;
    const role = grant && roles.get([grant.account, grant.permissionSet]);
    if (!role) continue;
    if (user === undefined) addTo(role.toGroups, group, element);
    else addTo(role.toUsers, user, element);
  }
  const people = new Set(touched.flatMap(({ impact: { holder, isPerson } }) => (isPerson ? [holder] : [])));
  const groupsOf = groupBy(elements, ({ grant, user = '' }) => (!grant && people.has(user) ? user : undefined));
  for (const { impact, role } of touched) addPaths(impact, role, groupsOf.get(impact.holder) ?? []);
  return touched.map(({ impact }) => impact);
}

/** A permission set in an account: whom the changes touch there, and its assignments, by name. */
interface Role {
  people: Set<string>;
  groups: Set<string>;
  toUsers: Map<string, AccessElement[]>;
  toGroups: Map<string, AccessElement[]>;
}

/** @param memberships of the holder, where it is a person */
function addPaths({ holder, isPerson, paths }: Impact, role: Role, memberships: readonly AccessElement[]): void {
  const own = isPerson ? role.toUsers : role.toGroups;
  for (const element of own.get(holder) ?? []) paths.push({ elements: [element] });
  if (!isPerson) return;
  for (const member of memberships) {
    const { group = '' } = member;
    for (const element of role.toGroups.get(group) ?? []) paths.push({ via: group, elements: [element, member] });
  }
}

/** The paths that give access on one side. */
export function pathsOn(side: Side, { paths }: Impact): Path[] {
  return paths.filter(({ elements }) => elements.every((element) => existsOn(side, element)));
}

/**
 * What a plan does to effective access.
 * @param impacts those of the facts, where they have been found already.
 */
export function accessImpact(
  facts: AccessFacts,
  impacts: readonly Impact[] = findImpacts(facts),
): Omit<AccessImpact, 'applications'> {
  const { gained, lost } = accessChanges(impacts);
  return {
    gained,
    lost,
    lastAccess: lastAccess(facts, lost),
    newAdministrators: newAdministrators(facts),
    edited: editedHoldings(facts, gained),
    given: givenSets(facts),
  };
}

/** Who gains and who loses what. */
export function accessChanges(impacts: readonly Impact[]): Pick<AccessImpact, 'gained' | 'lost'> {
  const gained: AccessChange[] = [];
  const lost: AccessChange[] = [];
  // An assignment to a group is on the paths of all its members.
  const known = new Map<AccessElement, Address>();
  const addressOnce = (element: AccessElement): Address => {
    const address = known.get(element) ?? element.address;
    known.set(element, address);
    return address;
  };
  const asAccessPath = ({ via, elements }: Path): AccessPath => {
    const addresses = elements.map(addressOnce);
    return via === undefined ? { elements: addresses } : { via, elements: addresses };
  };
  for (const impact of impacts) {
    if (!impact.isPerson) continue;
    const before = pathsOn('before', impact);
    const after = pathsOn('after', impact);
    if ((before.length === 0) === (after.length === 0)) continue;
    (before.length === 0 ? gained : lost).push({
      user: impact.holder,
      account: impact.account,
      permissionSet: impact.permissionSet,
      before: before.map(asAccessPath),
      after: after.map(asAccessPath),
    });
  }
  return { gained: gained.sort(byPerson), lost: lost.sort(byPerson) };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const byPerson = (a: AccessChange, b: AccessChange): number =>
  compare(a.user, b.user) || compare(a.account, b.account) || compare(a.permissionSet, b.permissionSet);
