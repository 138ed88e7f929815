import type { AccessChange, AccessFacts } from '../core/access.ts';
import { blocksOf, peopleIn, type PeopleLists } from '../core/reach.ts';
import { holders } from './holdings.ts';

/** The people among those who lose something who hold nothing anywhere after the plan. */
export function lastAccess(facts: AccessFacts, { lists }: PeopleLists, lost: readonly AccessChange[]): string[] {
  if (lost.length === 0) return [];
  const holding = holders(facts, 'after');
  return [...peopleIn(blocksOf(lists, lost))].filter((user) => !holding.has(user)).sort();
}
