import type { AccessFacts } from '../core/access.ts';
import { groupBy } from '../core/group-by.ts';
import { mergeBlocks, type Block } from '../core/reach.ts';
import { holdsOf, waysOn } from './ways.ts';

/**
 * Who holds what the plan edits both before it and after it: their access changes though they gain and lose no permission
 * set. By name of the set.
 */
export function editedHoldings(facts: AccessFacts): { permissionSet: string; holders: Block[] }[] {
  const sets = facts.editedSets;
  if (sets.size === 0) return [];
  const kept = holdsOf(facts, ({ permissionSet }) => sets.has(permissionSet)).filter(
    (hold) => waysOn('before', hold).length > 0 && waysOn('after', hold).length > 0,
  );
  return [...groupBy(kept, ({ permissionSet }) => permissionSet)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([permissionSet, holds]) => ({
      permissionSet,
      holders: mergeBlocks(holds.map(({ holders: users, accounts }) => ({ users, accounts }))),
    }));
}
