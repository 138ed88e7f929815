import type { DocumentPath } from '../../core/kind.ts';
import { listOf } from '../../core/words.ts';
import { kinds } from '../../kinds/index.ts';
import { managedKinds } from '../../source/managed-sections.ts';
import { speaksOfAdded, type BegunCompiled, type CompiledFile } from '../../source/compile.ts';
import type { LimitAt } from './document-limits.ts';
import { unfinished } from './released-things.ts';

/**
 * Fields that the file before spoke of and this one does not any more, of a kind that is still managed: they stay as they are,
 * which no step shows, and from now on they may be anything.
 */
export const releasedFields = (before: CompiledFile, now: CompiledFile): LimitAt[] =>
  fieldsOf(before, now).map(({ key, at }) => releasedField(key, 'compared', at));

/** The same of a later file, whose apply did not finish, where the file before did not speak of them. */
export function fieldsReleasedByBegun(begun: BegunCompiled, now: CompiledFile): LimitAt[] {
  const known = now.base ? fieldsOf(now.base, now).map(({ key }) => key) : [];
  return fieldsOf(begun, now)
    .filter(({ key }) => !known.includes(key))
    .map(({ key, at }) => releasedField(`${key} of ${unfinished(begun)}`, 'may be set', at));
}

const releasedField = (key: string, before: string, at: DocumentPath): LimitAt => ({
  key,
  before,
  after: 'left alone, since no entry has any',
  loosens: true,
  at,
});

function fieldsOf(before: CompiledFile, now: CompiledFile): { key: string; at: DocumentPath }[] {
  const managed = managedKinds(now.loaded.document);
  return kinds.flatMap(({ name, noun: [, many], section, addedFields = [] }) =>
    managed.has(name) && speaksOfAdded(before, name) && !speaksOfAdded(now, name)
      ? [{ key: `${listOf(addedFields)} of ${many}`, at: [section.name] }]
      : [],
  );
}
