import { listOf } from '../../core/words.ts';
import { kinds } from '../../kinds/index.ts';
import { managedKinds } from '../../source/managed-sections.ts';
import { speaksOfAdded, type CompiledFile } from '../../source/compile.ts';
import type { LimitAt } from './document-limits.ts';

/**
 * Fields that the file before spoke of and this one does not any more, of a kind that is still managed: they stay as they are,
 * which no step shows, and from now on they may be anything.
 */
export function releasedFields(before: CompiledFile, now: CompiledFile): LimitAt[] {
  const managed = managedKinds(now.loaded.document);
  return kinds.flatMap(({ name, noun: [, many], section, addedFields = [] }) =>
    managed.has(name) && speaksOfAdded(before, name) && !speaksOfAdded(now, name)
      ? [
          {
            key: `${listOf(addedFields)} of ${many}`,
            before: 'compared',
            after: 'left alone, since no entry has any',
            loosens: true,
            at: [section.name],
          },
        ]
      : [],
  );
}
