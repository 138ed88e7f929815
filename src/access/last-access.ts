import type { AccessChange, AccessFacts } from '../core/access.ts';
import { existsOn } from './holdings.ts';

/** The people among those who lose something who hold nothing anywhere after the plan. */
export function lastAccess({ elements }: AccessFacts, lost: readonly AccessChange[]): string[] {
  const losers = new Set(lost.map(({ user }) => user));
  if (losers.size === 0) return [];
  const after = elements.filter((element) => existsOn('after', element));
  const giving = new Set(after.flatMap(({ grant, group }) => (grant && group !== undefined ? [group] : [])));
  for (const { user, group, grant } of after) {
    if (user !== undefined && (grant || giving.has(group ?? ''))) losers.delete(user);
  }
  return [...losers].sort();
}
