import { countOf, listOf, nounCount } from '../core/words.ts';
import type { CollectedInventory, CollectedSection } from './collect.ts';

/** What an import has written, in a line; and a line for each section that is left out. */
export function summarize({ sections, kinds, leftOut }: CollectedInventory, policies: number): string {
  const counts = [...sections.map(countIn), ...(policies > 0 ? [countOf(policies, 'policy file')] : [])];
  const orphans = kinds.reduce((sum, one) => sum + one.orphans.length, 0);
  const rest = orphans > 0 ? ` ${countOf(orphans, 'orphan')} no file can say.` : '';
  return [`Imported ${listOf(counts) || 'nothing'}.${rest}`, ...leftOut].join('\n');
}

function countIn({ section: { noun, isList }, kinds, entries }: CollectedSection): string {
  if (!isList) return nounCount(entries.length, noun);
  const things = kinds.reduce((sum, one) => sum + one.things, 0);
  return `${nounCount(things, noun)} in ${entries.length === 1 ? '1 entry' : `${entries.length} entries`}`;
}
