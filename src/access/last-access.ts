import type { AccessChange, AccessFacts } from '../core/access.ts';
import { holders } from './holdings.ts';

/** The people among those who lose something who hold nothing anywhere after the plan. */
export function lastAccess(facts: AccessFacts, lost: readonly AccessChange[]): string[] {
  if (lost.length === 0) return [];
  const holding = holders(facts, 'after');
  return [...new Set(lost.map(({ user }) => user))].filter((user) => !holding.has(user)).sort();
}
