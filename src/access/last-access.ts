import type { AccessChange, AccessElement, AccessFacts } from '../core/access.ts';
import { existsOn } from './holdings.ts';

/** The people among those who lose something who hold nothing anywhere after the plan. */
export function lastAccess({ elements }: AccessFacts, lost: readonly AccessChange[]): string[] {
  const losers = new Set(lost.map(({ user }) => user));
  if (losers.size === 0) return [];
  const giving = new Set<string>();
  const memberships: AccessElement[] = [];
  for (const element of elements) {
    if (!existsOn('after', element)) continue;
    if (!element.grant) memberships.push(element);
    else if (element.user === undefined) giving.add(element.group ?? '');
    else losers.delete(element.user);
  }
  for (const { user, group } of memberships) if (giving.has(group ?? '')) losers.delete(user ?? '');
  return [...losers].sort();
}
