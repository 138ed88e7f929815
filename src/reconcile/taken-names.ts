import { subjectAddress } from '../core/address.ts';
import type { AnyKind, DocumentPath } from '../core/kind.ts';
import type { DesiredState, LiveState } from './state.ts';

/** What can't be renamed in place, because another thing has the new name already. */
export interface TakenName {
  kind: string;
  name: string;
  old: string;
  at: readonly DocumentPath[];
}

export function findTakenNames<Client>(
  kinds: readonly AnyKind<Client>[],
  desired: DesiredState,
  live: LiveState,
): TakenName[] {
  return kinds
    .filter(({ rename }) => rename === 'in-place')
    .flatMap(({ name: kind, subjects }) =>
      desired.of(kind).flatMap((thing) => {
        const { previously: old, spec, address, at } = thing;
        if (old === undefined || !live.like(thing)) return [];
        // What is renamed goes by its new name already.
        const before = subjectAddress(kind, old);
        return before !== address && live.has(before) ? [{ kind, name: subjects(spec)[kind] ?? '', old, at }] : [];
      }),
    );
}
