import type { AccountTarget } from '../../core/account-target.ts';
import type { DocumentPath } from '../../core/kind.ts';
import { principalKey, principalSections, type Principal } from '../shared/principal.ts';
import type { AssignmentEntry } from './schema.ts';

/** Names the pair of a principal and a permission set, in whichever accounts. */
export const pairOf = (to: Principal & { permissionSet: string }): string =>
  JSON.stringify([to.principalType, principalKey(to), to.permissionSet]);

interface GrantedPair {
  family: string;
  target: AccountTarget;
  at: DocumentPath;
}

/** The pairs that entries grant. */
export function* pairsIn(entries: readonly AssignmentEntry[]): Generator<GrantedPair> {
  for (const [index, entry] of entries.entries()) {
    const at = ['assignments', index];
    for (const [section, principalType] of principalSections) {
      for (const principal of entry[section] ?? []) {
        for (const permissionSet of entry.permissionSets)
          yield { family: pairOf({ principalType, principal, permissionSet }), target: entry, at };
      }
    }
  }
}
