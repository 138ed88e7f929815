import type { AccessElement, AccessFacts, AccessPath } from '../core/access.ts';

export type Side = 'before' | 'after';

/** One person's hold of one permission set in one account, with every way in which it is held. */
export interface Holding {
  user: string;
  account: string;
  permissionSet: string;
  /** The sets that are assigned in fact: two where one path leads to the set that is being replaced. */
  contents: Set<string>;
  paths: AccessPath[];
}

export const existsOn = (side: Side, { status }: AccessElement): boolean =>
  status === 'kept' || status === (side === 'before' ? 'deleted' : 'created');

export const holdingKey = (user: string, account: string, permissionSet: string): string =>
  JSON.stringify([user, account, permissionSet]);

/** One principal's grant of one permission set in one account. */
export const grantKey = ({ user, group, grant }: AccessElement): string =>
  JSON.stringify([user ?? null, group ?? null, grant?.account, grant?.permissionSet]);

export interface HoldingFilter {
  user?: string;
  /** Names of permission sets. */
  sets?: ReadonlySet<string>;
}

/** Everything that people hold on one side, or that one person holds, or of some permission sets. */
export function holdings(facts: AccessFacts, side: Side, only?: HoldingFilter): Holding[] {
  const grants = grantsOn(facts, side, ({ permissionSet }) => only?.sets?.has(permissionSet) !== false);
  const members = membersByGroup(facts, side, grants);
  const found = new Map<string, Holding>();
  for (const { grant, user, group, address } of grants) {
    const holders =
      user === undefined
        ? (members.get(group ?? '') ?? []).map((member) => ({
            user: member.user ?? '',
            path: { ...(group !== undefined && { via: group }), elements: [address, member.address] },
          }))
        : [{ user, path: { elements: [address] } }];
    for (const holder of holders) {
      if (only?.user !== undefined && holder.user !== only.user) continue;
      const key = holdingKey(holder.user, grant.account, grant.permissionSet);
      const known = found.get(key);
      if (known) {
        known.paths.push(holder.path);
        known.contents.add(grant.content);
      } else {
        const { account, permissionSet, content } = grant;
        const contents = new Set([content]);
        found.set(key, { user: holder.user, account, permissionSet, contents, paths: [holder.path] });
      }
    }
  }
  return [...found.values()];
}

type Grant = NonNullable<AccessElement['grant']>;
export type GrantElement = AccessElement & { grant: Grant };

/** The assignments of one side that are wanted. */
export function grantsOn({ elements }: AccessFacts, side: Side, isWanted: (grant: Grant) => boolean): GrantElement[] {
  return elements.filter(
    (element): element is GrantElement =>
      element.grant !== undefined && existsOn(side, element) && isWanted(element.grant),
  );
}

/** The memberships of the groups that hold these grants. */
export function membersByGroup(
  { elements }: AccessFacts,
  side: Side,
  grants: readonly AccessElement[],
): Map<string, AccessElement[]> {
  const members = new Map<string, AccessElement[]>();
  for (const { group } of grants) if (group !== undefined) members.set(group, []);
  if (members.size === 0) return members;
  for (const element of elements) {
    if (element.grant || !existsOn(side, element)) continue;
    members.get(element.group ?? '')?.push(element);
  }
  return members;
}
