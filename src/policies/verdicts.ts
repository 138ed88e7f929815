import { type Bits, both, hasBit, union, without } from './bits.ts';
import type { Effects } from './effects.ts';

/**
 * How far an action is allowed: not; at some resources; at every resource under a condition; at every resource. The first
 * two of these three are "in part".
 */
export const verdict = { no: 0, limited: 1, conditional: 2, everywhere: 3 } as const;

export type Verdict = (typeof verdict)[keyof typeof verdict];

export interface Verdicts {
  /** The actions that are allowed at all, those at every resource, and those of them without a condition. */
  atAll: Bits;
  everywhereIf: Bits;
  everywhere: Bits;
  /** The actions that are denied at every resource, and those of them without a condition. */
  deniedIf: Bits;
  denied: Bits;
}

/** What policies allow. A denial at some resources limits; it leaves the verdict as it is. */
export const verdictsOf = ({ some, every, everyIf, denied, deniedIf }: Effects): Verdicts => ({
  atAll: without(some, denied),
  everywhereIf: without(everyIf, denied),
  everywhere: without(every, deniedIf),
  deniedIf,
  denied,
});

export function allowed({ atAll, everywhereIf, everywhere }: Verdicts, action: number): Verdict {
  if (hasBit(everywhere, action)) return verdict.everywhere;
  if (hasBit(everywhereIf, action)) return verdict.conditional;
  return hasBit(atAll, action) ? verdict.limited : verdict.no;
}

/** What is left of a set's verdicts within a permissions boundary. */
export const within = (set: Verdicts, boundary: Verdicts): Verdicts => ({
  atAll: both(set.atAll, boundary.atAll),
  everywhereIf: both(set.everywhereIf, boundary.everywhereIf),
  everywhere: both(set.everywhere, boundary.everywhere),
  deniedIf: union(set.deniedIf, boundary.deniedIf),
  denied: union(set.denied, boundary.denied),
});
