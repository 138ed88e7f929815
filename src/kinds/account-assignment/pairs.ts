import { isSpecOf } from '../../core/of-kind.ts';
import { principalKey, principalSections } from '../shared/principal.ts';
import { assignment } from './kind.ts';
import type { AssignmentEntry } from './schema.ts';

type Pair = string;

interface Entries {
  assignments?: readonly AssignmentEntry[] | undefined;
}

/** Who is granted which permission sets by a file, in whichever accounts. */
export const grantedPairs = ({ assignments = [] }: Entries): Set<Pair> => pairsOf(assignments);

/** The same of entries that take accounts by unit, tag, pattern or all: which those are changes without the file. */
export const movingPairs = ({ assignments = [] }: Entries): Set<Pair> =>
  pairsOf(assignments.filter(({ accounts = ['*'] }) => accounts.some((name) => name.includes('*'))));

function pairsOf(entries: readonly AssignmentEntry[]): Set<Pair> {
  const pairs = new Set<Pair>();
  for (const entry of entries) {
    for (const [section, principalType] of principalSections) {
      for (const principal of entry[section] ?? []) {
        for (const permissionSet of entry.permissionSets)
          pairs.add(pairOf({ principalType, principal, permissionSet }));
      }
    }
  }
  return pairs;
}

/** The same of a thing; undefined where it is not an assignment. */
export const grantPair = (kind: string, spec: unknown): Pair | undefined =>
  isSpecOf(assignment, kind, spec) ? pairOf(spec) : undefined;

const pairOf = (to: Parameters<typeof principalKey>[0] & { permissionSet: string }): Pair =>
  JSON.stringify([to.principalType, principalKey(to), to.permissionSet]);
