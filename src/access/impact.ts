import type { AccessChange, AccessElement, AccessFacts, AccessImpact } from '../core/access.ts';
import { newAdministrators } from './administrators.ts';
import { existsOn, holdingKey, type Side } from './holdings.ts';
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
export function findImpacts({ elements }: AccessFacts): Impact[] {
  const grants = new Map<string, AccessElement[]>();
  const grantsTo = new Map<string, AccessElement[]>();
  const membersOf = new Map<string, AccessElement[]>();
  const groupsOf = new Map<string, AccessElement[]>();
  for (const element of elements) {
    const { grant } = element;
    if (grant) {
      push(grants, principalOf(element), element);
      push(grantsTo, holdingKey(principalOf(element), grant.account, grant.permissionSet), element);
    } else {
      push(membersOf, element.group ?? '', element);
      push(groupsOf, element.user ?? '', element);
    }
  }
  const impacts = new Map<string, Impact>();
  const touch = (holder: string, isPerson: boolean, { grant }: AccessElement): void => {
    if (!grant) return;
    const key = holdingKey(`${isPerson ? 'user' : 'group'} ${holder}`, grant.account, grant.permissionSet);
    if (impacts.has(key)) return;
    const ways = (principal: string): AccessElement[] =>
      grantsTo.get(holdingKey(principal, grant.account, grant.permissionSet)) ?? [];
    const direct = ways(isPerson ? `user ${holder}` : `group ${holder}`).map((element) => ({ elements: [element] }));
    const throughGroups = (isPerson ? (groupsOf.get(holder) ?? []) : []).flatMap((member) =>
      ways(`group ${member.group}`).map((element) => ({
        ...(member.group !== undefined && { via: member.group }),
        elements: [element, member],
      })),
    );
    const { account, permissionSet } = grant;
    impacts.set(key, { holder, isPerson, account, permissionSet, paths: [...direct, ...throughGroups] });
  };

  for (const element of elements) {
    if (element.status === 'kept') continue;
    if (!element.grant) {
      for (const grant of grants.get(`group ${element.group}`) ?? []) touch(element.user ?? '', true, grant);
    } else if (element.user !== undefined) {
      touch(element.user, true, element);
    } else {
      touch(element.group ?? '', false, element);
      for (const member of membersOf.get(element.group ?? '') ?? []) touch(member.user ?? '', true, element);
    }
  }
  return [...impacts.values()];
}

const principalOf = ({ user, group }: AccessElement): string =>
  user === undefined ? `group ${group}` : `user ${user}`;

function push(index: Map<string, AccessElement[]>, key: string, element: AccessElement): void {
  const list = index.get(key);
  if (list) list.push(element);
  else index.set(key, [element]);
}

/** The paths that give access on one side. */
export function pathsOn(side: Side, { paths }: Impact): Path[] {
  return paths.filter(({ elements }) => elements.every((element) => existsOn(side, element)));
}

/** What a plan does to effective access. */
export function accessImpact(facts: AccessFacts): AccessImpact {
  const { gained, lost } = accessChanges(findImpacts(facts));
  return {
    gained,
    lost,
    lastAccess: lastAccess(facts, lost),
    newAdministrators: newAdministrators(facts),
  };
}

/** Who gains and who loses what. */
function accessChanges(impacts: readonly Impact[]): Pick<AccessImpact, 'gained' | 'lost'> {
  const gained: AccessChange[] = [];
  const lost: AccessChange[] = [];
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

const asAccessPath = ({ via, elements }: Path) => ({
  ...(via !== undefined && { via }),
  elements: elements.map(({ address }) => address),
});

const byPerson = (a: AccessChange, b: AccessChange): number =>
  holdingKey(a.user, a.account, a.permissionSet) < holdingKey(b.user, b.account, b.permissionSet) ? -1 : 1;
