import type { JudgedFacts, SetEdit } from '../core/access.ts';
import { compareTexts } from '../core/compare-texts.ts';
import { groupBy } from '../core/group-by.ts';
import { mergeBlocks, type Block } from '../core/reach.ts';
import { holdsOf, waysOn } from './ways.ts';

/**
 * Who holds what the plan edits or replaces both before it and after it: their access changes though they gain and lose no
 * permission set. By name of the set; once for each set that they held before it.
 */
export function editedHoldings(facts: JudgedFacts): (SetEdit & { permissionSet: string; holders: Block[] })[] {
  const sets = new Set([...facts.editedSets, ...facts.renewedSets.values()]);
  if (sets.size === 0) return [];
  const kept = holdsOf(facts, ({ permissionSet }) => sets.has(permissionSet)).flatMap((hold) => {
    const held = new Set(waysOn('before', hold).map(({ assigned = hold.permissionSet }) => assigned));
    return waysOn('after', hold).length > 0 ? [...held].map((old) => ({ ...hold, old })) : [];
  });
  return [...groupBy(kept, ({ permissionSet, old }) => JSON.stringify([permissionSet, old]))]
    .sort(([a], [b]) => compareTexts(a, b))
    .flatMap(([key, holds]) => {
      const [permissionSet, old] = JSON.parse(key) as [string, string];
      const edit = facts.editOf(permissionSet, old);
      if (!edit) return [];
      const holders = mergeBlocks(holds.map(({ holders: users, accounts }) => ({ users, accounts })));
      return [{ permissionSet, ...edit, holders }];
    });
}
