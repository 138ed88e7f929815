import type { AccessElement, AccessFacts, AccessPath } from '../core/access.ts';

export type Side = 'before' | 'after';

/** One person's hold of one permission set in one account, with every way in which it is held. */
export interface Holding {
  user: string;
  account: string;
  permissionSet: string;
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
  const elements = facts.elements.filter((element) => existsOn(side, element));
  const members = membersByGroup(elements);
  const found = new Map<string, Holding>();
  for (const element of elements) {
    const { grant, user, group } = element;
    if (!grant || only?.sets?.has(grant.permissionSet) === false) continue;
    const holders =
      user === undefined
        ? (members.get(group ?? '') ?? []).map((member) => ({
            user: member.user ?? '',
            path: { ...(group !== undefined && { via: group }), elements: [element.address, member.address] },
          }))
        : [{ user, path: { elements: [element.address] } }];
    for (const holder of holders) {
      if (only?.user !== undefined && holder.user !== only.user) continue;
      const key = holdingKey(holder.user, grant.account, grant.permissionSet);
      const known = found.get(key);
      if (known) known.paths.push(holder.path);
      else found.set(key, { user: holder.user, ...grant, paths: [holder.path] });
    }
  }
  return [...found.values()];
}

/** The memberships of each group. */
export function membersByGroup(elements: readonly AccessElement[]): Map<string, AccessElement[]> {
  const members = new Map<string, AccessElement[]>();
  for (const element of elements) {
    if (element.grant || element.group === undefined) continue;
    const list = members.get(element.group);
    if (list) list.push(element);
    else members.set(element.group, [element]);
  }
  return members;
}
