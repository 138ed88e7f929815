import type { AccessFacts } from '../core/access.ts';
import type { Side } from './holdings.ts';

/** What a permission set, by its name after the plan, is called on a side: before it, what it replaces where that is another. */
export function namesOn({ renewedSets }: AccessFacts, side: Side, set: string): string[] {
  const old = side === 'before' ? [...renewedSets].flatMap(([from, to]) => (to === set ? from : [])) : [];
  return old.length > 0 ? old : [set];
}

/** The one of them that says what the set is there. */
export const nameOn = (facts: AccessFacts, side: Side, set: string): string => namesOn(facts, side, set)[0] ?? set;
