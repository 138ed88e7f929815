import { principalKey, principalSections, type Principal } from '../shared/principal.ts';
import type { AssignmentEntry } from './schema.ts';

/** Names the pair of a principal and a permission set, in whichever accounts. */
export const pairOf = (to: Principal & { permissionSet: string }): string =>
  JSON.stringify([to.principalType, principalKey(to), to.permissionSet]);

/** The pairs that entries grant. The accounts of an entry by unit, tag, pattern or all change without the file. */
export function* pairsIn(entries: readonly AssignmentEntry[]): Generator<{ family: string; moves: boolean }> {
  for (const entry of entries) {
    const { accounts = ['*'] } = entry;
    const moves = accounts.some((name) => name.includes('*'));
    for (const [section, principalType] of principalSections) {
      for (const principal of entry[section] ?? []) {
        for (const permissionSet of entry.permissionSets)
          yield { family: pairOf({ principalType, principal, permissionSet }), moves };
      }
    }
  }
}
