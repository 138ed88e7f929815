import type { Allows } from '../core/access-answer.ts';
import { type Held, knownVerdicts, mostHeld } from './held.ts';
import type { Data } from './statement.ts';
import { allowed, verdict } from './verdicts.ts';

/** The surest first. */
const order = ['certain', 'in-part', 'unknown'] as const satisfies readonly Allows[];

/**
 * How far a set allows any of some actions; undefined where it allows none, whatever its policies of unknown content have.
 * Such a policy may deny as well as allow, so that with one nothing is certain.
 * @param actions by their numbers in the data.
 */
export function allowsAny(held: Held, actions: Iterable<number>, data: Data): Allows | undefined {
  const { unknownPolicies, unknownBoundary } = held;
  const isKnown = unknownPolicies.length === 0 && unknownBoundary === undefined;
  const most = knownVerdicts(mostHeld(held, data), data);
  const found = new Set<Allows>();
  for (const action of actions) {
    const how = allowed(most, action);
    if (how === verdict.no) continue;
    found.add(!isKnown ? 'unknown' : how === verdict.everywhere ? 'certain' : 'in-part');
  }
  return order.find((one) => found.has(one));
}
