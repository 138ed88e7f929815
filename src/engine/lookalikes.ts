import { fold, subjectAddress, type Address, type Subject } from '../core/address.ts';
import type { AnyKind, DocumentPath } from '../core/kind.ts';
import type { DesiredState, LiveState } from './state.ts';

/** A declared name that is not live, and a live one that differs from it by case or Unicode normalisation alone. */
export interface Lookalike {
  kind: string;
  name: string;
  live: string;
  at: readonly DocumentPath[];
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
  const named = new Map(kinds.filter(({ rename }) => rename !== undefined).map((kind) => [kind.name, kind]));
  const nameOf = (kind: string, spec: unknown): string => named.get(kind)?.subjects(spec)[kind as Subject] ?? '';
  const unknown = [...desired.values()].filter(({ kind, address }) => named.has(kind) && !live.has(address));
  if (unknown.length === 0) return [];
  const liveNames = new Map<string, { name: string; address: Address }>();
  for (const { kind, address, spec } of live.values()) {
    if (!named.has(kind)) continue;
    const name = nameOf(kind, spec);
    liveNames.set(`${kind} ${fold(name)}`, { name, address });
  }
  return unknown.flatMap(({ kind, spec, at, previously }) => {
    const name = nameOf(kind, spec);
    const twin = liveNames.get(`${kind} ${fold(name)}`);
    if (!twin || desired.has(twin.address)) return [];
    if (previously !== undefined && subjectAddress(kind as Subject, previously) === twin.address) return [];
    return [{ kind, name, live: twin.name, at }];
  });
}
