import type { Address } from '../core/address.ts';
import { lastOf, type Expiry } from '../core/expiry.ts';
import type { AskedPlace, Step } from '../core/plan.ts';
import type { ReasonLookUp } from '../access/granting-entries.ts';
import type { LiveState } from '../reconcile/state.ts';
import type { CompiledFile } from '../source/compile.ts';

/** When what the file asks for ends, and when what goes since it expired did. */
export function endsOf({ desired }: CompiledFile, steps: readonly Step[]): Map<Address, string> {
  const ends = new Map<Address, string>();
  for (const thing of desired.values()) if (thing.until !== undefined) ends.set(thing.address, thing.until);
  for (const { id, expired = [] } of steps) {
    const last = lastOf(expired.map(({ until }) => until));
    if (last !== undefined) ends.set(id, last);
  }
  return ends;
}

/** With the lines of the file that ask for it, or that did until they expired, and with why it is not left alone. */
export function asShown(
  step: Step,
  { loaded: { places }, desired, scope, reclaimed: reclaimedBy }: CompiledFile,
  live: LiveState,
  expiries: readonly Expiry[],
  reasonOf: ReasonLookUp,
): Step {
  const { at = [], until } = desired.get(step.id) ?? {};
  const found = at.flatMap((path): AskedPlace[] => {
    const [place, reason] = [places.of(path), reasonOf(path)];
    return place ? [{ ...place, ...(reason !== undefined && { reason }) }] : [];
  });
  const expired = expiries.map(({ until, at }) => {
    const place = places.of(at);
    return { until, ...(place && { place }) };
  });
  const removed = step.action === 'delete' && expired.length === 0 ? live.get(step.id) : undefined;
  const reclaimed = removed && scope.ignores(removed) ? reclaimedBy(removed) : undefined;
  return {
    ...step,
    ...(reclaimed && { reclaimed }),
    ...(until !== undefined && { until }),
    ...(found.length > 0 && { places: found }),
    ...(expired.length > 0 && { expired }),
  };
}
