import { fold, subjectAddress, type Subject } from '../core/address.ts';
import type { AnyKind, DocumentPath } from '../core/kind.ts';
import type { DesiredState, LiveState } from './state.ts';

/** A declared name that is not live, and a live one that differs from it by case or Unicode normalisation alone. */
export interface Lookalike {
  kind: string;
  name: string;
  live: string;
  at: DocumentPath[];
}

/**
 * Whether the service takes such names for two or for one is not documented: making one and removing the other could
 * remove what was just made.
 */
export function findLookalikes<Document, Client>(
  kinds: readonly AnyKind<Document, Client>[],
  desired: DesiredState,
  live: LiveState,
): Lookalike[] {
  const nameOf = (kind: string, spec: unknown): string | undefined =>
    kinds.find(({ name }) => name === kind)?.subjects(spec)[kind as Subject];
  const liveNames = new Map(
    [...live.values()].flatMap(({ kind, address, spec }) => {
      const name = nameOf(kind, spec);
      return name === undefined ? [] : [[`${kind} ${fold(name)}`, { name, address }] as const];
    }),
  );
  return [...desired.values()].flatMap(({ kind, address, spec, at, previously }) => {
    const name = nameOf(kind, spec);
    const twin = name === undefined || live.has(address) ? undefined : liveNames.get(`${kind} ${fold(name)}`);
    if (name === undefined || !twin || desired.has(twin.address)) return [];
    if (previously !== undefined && subjectAddress(kind as Subject, previously) === twin.address) return [];
    return [{ kind, name, live: twin.name, at }];
  });
}
