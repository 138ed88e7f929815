import type { Places } from '../../config/load.ts';
import type { Place } from '../../core/errors.ts';
import type { EntryEnd, LimitChange } from '../../core/findings.ts';
import type { DocumentPath } from '../../core/kind.ts';
import { stableJson } from '../../core/stable-json.ts';
import type { LiveState } from '../../reconcile/state.ts';
import type { CompiledFile } from '../../source/compile.ts';
import { compareDocuments, type LimitAt } from './document-limits.ts';
import { longerAccess, type Touched } from './longer-access.ts';
import { fieldsReleasedByBegun, releasedFields } from './released-fields.ts';
import { releasedByBegun, releasedThings } from './released-things.ts';
import { coverageChanges } from './renamed-coverage.ts';
import { targetChanges } from './target-changes.ts';
import { endChanges, type OtherEnd } from './end-changes.ts';

/**
 * What a file says otherwise about itself than the file before, what loosens it first, and the ends that differ. Pure.
 * @param now with the file before, resolved by the same surroundings
 * @param touched what people hold that the plan changes: a new way to the same can last longer
 */
export function compareWithBase(
  now: CompiledFile,
  live: LiveState,
  touched: () => readonly Touched[],
): { limits: LimitChange[]; ends: EntryEnd[] } {
  const { base: before, loaded } = now;
  const { document, places } = loaded;
  const ends = before ? [...endChanges(before, now), ...longerAccess(before, now, live, touched())] : [];
  const limits = [
    ...(before
      ? [
          ...compareDocuments(before.loaded.document, document),
          ...coverageChanges(before, now),
          ...releasedThings(before, now),
          ...releasedFields(before, now),
          ...targetChanges(before, now),
        ]
      : []),
    ...now.begun.flatMap((begun) => [...releasedByBegun(begun, now), ...fieldsReleasedByBegun(begun, now)]),
    ...ends.map(endLimit),
  ];
  return {
    limits: limits.map(({ at, ...limit }) => ({ ...limit, ...placeNear(places, at) })).toSorted(byWeight),
    ends: ends.map(({ kind, label, until, before: was, at }) => ({
      kind,
      label,
      until,
      before: was,
      ...placeNear(places, at),
    })),
  };
}

const endLimit = ({ what, at, before, until, isLater }: OtherEnd): LimitAt => ({
  key: `expires of ${what}`,
  before,
  after: until,
  loosens: isLater,
  at,
});

/** Where it is; of what has gone, the line of what it was in. */
function placeNear(places: Places, at: DocumentPath): { place?: Place } {
  for (let length = at.length; length > 0; length -= 1) {
    const place = places.of(at.slice(0, length));
    if (place) return { place };
  }
  return {};
}

function byWeight(a: LimitChange, b: LimitChange): number {
  if (a.loosens !== b.loosens) return a.loosens ? -1 : 1;
  const [one, other] = [a, b].map(({ key, before, after }) => stableJson([key, before, after]));
  return (one ?? '') < (other ?? '') ? -1 : 1;
}
