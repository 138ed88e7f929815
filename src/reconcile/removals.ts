import type { Address } from '../core/address.ts';
import type { Step, Warning } from '../core/plan.ts';
import { countOf, listOf } from '../core/words.ts';

/** The names that one warning spells out. */
const names = 10;

/**
 * All that goes, by name: one warning a kind.
 * @param replaced removals that take nothing away, since something else takes their place.
 */
export function removalWarnings(steps: readonly Step[], replaced: ReadonlySet<Address>): Warning[] {
  const byKind = new Map<string, string[]>();
  for (const { id, action, kind, label, replacedBy } of steps) {
    if (action !== 'delete' || replacedBy !== undefined || replaced.has(id)) continue;
    const labels = byKind.get(kind);
    if (labels) labels.push(label);
    else byKind.set(kind, [label]);
  }
  return [...byKind].map(([kind, labels]) => ({
    code: 'removals',
    message: `The plan removes ${countOf(labels.length, kind)}: ${listOf(labels, names)}.`,
  }));
}
