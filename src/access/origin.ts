import type { AccessOrigin } from '../core/access-answer.ts';
import type { Address } from '../core/address.ts';
import { lastOf } from '../core/expiry.ts';
import type { DocumentPath } from '../core/kind.ts';
import type { AccessSide } from './side.ts';

/** What the file has to do with an assignment or a membership. */
export function originOf({ state, file }: AccessSide, address: Address): AccessOrigin {
  const thing = state.get(address);
  if (!file || !thing) return { places: [] };
  const { loaded, desired, expired, scope } = file;
  const placesOf = (paths: readonly DocumentPath[]) => paths.flatMap((path) => loaded.places.of(path) ?? []);
  const declared = desired.get(address);
  if (declared) {
    const { at, until } = declared;
    return { status: 'declared', ...(until !== undefined && { until }), places: placesOf(at) };
  }
  const expiries = expired.get(address);
  if (expiries) {
    const until = lastOf(expiries.map((expiry) => expiry.until));
    const places = placesOf(expiries.map(({ at }) => at));
    return { status: 'expired', ...(until !== undefined && { until }), places };
  }
  return { status: scope.manages(thing) ? 'undeclared' : 'unmanaged', places: [] };
}
