import type { AccessOrigin, AccessPlace } from '../core/access-answer.ts';
import type { Address } from '../core/address.ts';
import type { Place } from '../core/errors.ts';
import { lastOf } from '../core/expiry.ts';
import type { Justification } from '../core/justification.ts';
import type { DocumentPath } from '../core/kind.ts';
import { createEntryLookUp } from './granting-entries.ts';
import type { AccessSide } from './side.ts';

/** Says what the file has to do with an assignment or a membership. */
export function createOrigins({ state, file }: AccessSide): (address: Address) => AccessOrigin {
  if (!file) return () => ({ places: [] });
  const { loaded, desired, expired, scope } = file;
  const entryAt = createEntryLookUp(loaded.document);
  const placesOf = (paths: readonly DocumentPath[]): AccessPlace[] =>
    paths.flatMap((path) => {
      const place = loaded.places.of(path);
      return place ? { ...place, ...said(entryAt(path)?.justification) } : [];
    });
  return (address) => {
    const thing = state.get(address);
    if (!thing) return { places: [] };
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
  };
}

const said = ({ reason, ticket, reviewed }: Justification = {}): Omit<AccessPlace, keyof Place> => ({
  ...(reason !== undefined && { reason }),
  ...(ticket !== undefined && { ticket }),
  ...(reviewed !== undefined && { reviewed }),
});
