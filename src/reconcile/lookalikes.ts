import { fold, subjectAddress } from '../core/address.ts';
import type { AnyKind, DocumentPath } from '../core/kind.ts';
import type { Thing } from '../core/state.ts';
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
export function findLookalikes<Client>(
  kinds: readonly AnyKind<Client>[],
  desired: DesiredState,
  live: LiveState,
): Lookalike[] {
  return kinds
    .filter(({ rename }) => rename !== undefined)
    .flatMap(({ name: kind, subjects }) => {
      const nameOf = ({ spec }: Thing): string => subjects(spec)[kind] ?? '';
      const unknown = desired.of(kind).filter((thing) => !live.like(thing));
      if (unknown.length === 0) return [];
      const folded = new Map(live.of(kind).map((thing) => [fold(nameOf(thing)), thing]));
      return unknown.flatMap((thing) => {
        const { at, previously } = thing;
        const name = nameOf(thing);
        const twin = folded.get(fold(name));
        if (!twin || desired.like(twin)) return [];
        if (previously !== undefined && subjectAddress(kind, previously) === twin.address) return [];
        return [{ kind, name, live: nameOf(twin), at }];
      });
    });
}
