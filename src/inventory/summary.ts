import { countOf, listOf, nounCount, type Noun } from '../core/words.ts';
import type { CollectedInventory, CollectedSection } from './collect.ts';

/** What an import has written, in a line; and a line for each section that is left out. */
export function summarize({ sections, kinds, leftOut }: CollectedInventory, policies: number): string {
  const counts = [...sections.map(countIn), ...(policies > 0 ? [countOf(policies, 'policy file')] : [])];
  const ignored = kinds.map(({ kind, left, inventory, unimportable }) => ({
    noun: kind.noun,
    count: left + unimportable.length + (inventory?.ignored ?? []).flatMap(({ names }) => names).length,
  }));
  const orphans = kinds.map(({ kind, orphans: { length } }) => ({ noun: kind.noun, count: length }));
  const ignoredText = countsText(ignored);
  const orphansText = countsText(orphans);
  return [
    `Imported ${listOf(counts) || 'nothing'}.`,
    ...(ignoredText === '' ? [] : [`Left alone, by the section ignore: ${ignoredText}.`]),
    ...(orphansText === ''
      ? []
      : [
          `Not in the file, since their user or group was deleted: ${orphansText}. \`idc plan --orphans\` shows their removal.`,
        ]),
    ...leftOut,
  ].join('\n');
}

function countIn({ section: { noun, isList }, kinds, entries }: CollectedSection): string {
  if (!isList) return nounCount(entries.length, noun);
  const things = kinds.reduce((sum, one) => sum + one.things, 0);
  return `${nounCount(things, noun)} in ${entries.length === 1 ? '1 entry' : `${entries.length} entries`}`;
}

const countsText = (counts: readonly { noun: Noun; count: number }[]): string =>
  listOf(counts.flatMap(({ noun, count }) => (count > 0 ? [nounCount(count, noun)] : [])));
