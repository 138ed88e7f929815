import type { AnyKind, Asked, Live, SnapshotReader } from '../core/kind.ts';
import { askedOf, type ReadOptions } from './read.ts';
import type { Reading } from './state.ts';

/** Of all that was live, what would have been read for a file: a plan is the same from either. Pure. */
export function readSnapshot<Client>(
  kinds: readonly AnyKind<Client>[],
  reading: Reading,
  options: ReadOptions,
): Reading {
  const asked: SnapshotReader = {
    ...askedOf(options),
    of: <Spec>(kind: string) => (reading[kind] ?? []) as Live<Spec>[],
  };
  return Object.fromEntries(
    kinds.map(({ name, fromSnapshot, addedFields = [] }) => {
      const read = reading[name] ?? [];
      const things = asked.comparesAdded(name) ? read : read.map((thing) => without(thing, addedFields));
      return [name, fromSnapshot ? fromSnapshot(things, asked) : things];
    }),
  );
}

function without<Thing extends Live<unknown>>(thing: Thing, fields: readonly string[]): Thing {
  if (fields.length === 0) return thing;
  const members = Object.entries(thing.spec as object).filter(([name]) => !fields.includes(name));
  return { ...thing, spec: Object.fromEntries(members) };
}

/** By kind, the fields that the file came to express later, and that this idc reads. */
export const addedFieldsOf = (kinds: readonly AnyKind<never>[]): Record<string, readonly string[]> =>
  Object.fromEntries(kinds.flatMap(({ name, addedFields }) => (addedFields ? [[name, addedFields]] : [])));

/**
 * The kinds that were not read, since whoever read knew nothing of them, and without which a plan can't be made: those that the
 * file manages, those that something managed refers to, and those that may refer to what is to be removed.
 */
export function findUnread<Kind extends AnyKind<never>>(
  kinds: readonly Kind[],
  reading: Reading,
  { manages, removes }: Pick<Asked, 'manages' | 'removes'>,
): Kind[] {
  const isRead = ({ name }: Kind): boolean => reading[name] !== undefined;
  if (kinds.every(isRead)) return [];
  const refersTo = (kind: Kind, name: string): boolean =>
    kind.section.references?.some(({ to }) => to === name) ?? false;
  const losing = kinds.filter(({ name, subjects }) =>
    (reading[name] ?? []).some(({ spec }) => {
      const own = subjects(spec)[name];
      return own !== undefined && removes(name, own);
    }),
  );
  return kinds.filter(
    (kind) =>
      !isRead(kind) &&
      (manages(kind.name) ||
        kinds.some((other) => manages(other.name) && refersTo(other, kind.name)) ||
        losing.some(({ name }) => refersTo(kind, name))),
  );
}
