import type { JudgedFacts, PowerCause } from '../core/access.ts';
import type { Side } from './holdings.ts';

/**
 * Why a permission set has its power in some accounts.
 * @param set by `content`
 * @param accounts 12-digit ids
 */
export function powerCause(facts: JudgedFacts, side: Side, set: string, accounts: readonly string[]): PowerCause {
  const places = new Set(accounts.map(facts.placeOf));
  const by = new Set([...places].flatMap((place) => facts.certainPowersOf(side, set, place)));
  const { known, conditions, unknown } = facts.administering(side, set);
  return {
    ...(by.size > 0 && { by: [...by] }),
    ...(known === 'conditional' && { conditions: [...conditions] }),
    ...(unknown.length > 0 && { unknown: [...unknown] }),
    ...(facts.allowsNothing(side, set) && { allowsNothing: true }),
  };
}
