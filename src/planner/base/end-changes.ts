import { endOf } from '../../core/expiry.ts';
import { addTo } from '../../core/group-by.ts';
import type { DocumentPath } from '../../core/kind.ts';
import { stableJson } from '../../core/stable-json.ts';
import type { DesiredThing } from '../../reconcile/state.ts';
import type { CompiledFile } from '../../source/compile.ts';
import { createEntryLookUp, type GrantingEntry } from '../../access/granting-entries.ts';
import { keyAcrossRenames, subjectsOf, type Keyed } from '../names/renamed-things.ts';

/** What ends at another time than by the file before. */
export interface OtherEnd {
  kind: string;
  /** What it is, in short. */
  label: string;
  /** What it is, exactly: a whole entry by the names in the file, or else each of its grants. */
  what: string;
  /** Where the end is, or was. */
  at: DocumentPath;
  /** Null for one that had, or has, no end. */
  before: string | null;
  until: string | null;
  /** False for one that comes earlier. */
  isLater: boolean;
}

interface Moved {
  thing: DesiredThing;
  entry: GrantingEntry;
  before: string | null;
}

/**
 * Compares grant by grant, not entry by entry: whoever moves somebody to another entry can move the end with that. What the
 * file before asked for until it expired counts with its end. Renamed things are the same.
 */
export function endChanges(before: CompiledFile, now: CompiledFile): OtherEnd[] {
  const keyOf = keyAcrossRenames(now);
  const ends = endsBefore(before, keyOf);
  const hadNoEnd = untimed(before, keyOf);
  const entryOf = createEntryLookUp(now.loaded.document);
  const moved = new Map<string, Moved[]>();
  for (const thing of now.desired.values()) {
    const { until } = thing;
    if (until === undefined && ends.size === 0) continue;
    const key = keyOf(thing);
    const was = ends.get(key);
    const isSame = was === undefined || until === undefined ? was === until : endOf(was) === endOf(until);
    if (isSame || (was === undefined && !hadNoEnd(key))) continue;
    // The entry that says so: the others end earlier.
    const entry = thing.at.map(entryOf).find((one) => one !== undefined && one.until === until);
    if (entry) addTo(moved, stableJson([entry.path, was]), { thing, entry, before: was ?? null });
  }
  if (moved.size === 0) return [];
  const sizes = new Map<GrantingEntry, number>();
  for (const { at } of now.desired.values()) {
    for (const entry of new Set(at.map(entryOf))) if (entry) sizes.set(entry, (sizes.get(entry) ?? 0) + 1);
  }
  return [...moved.values()].flatMap((grants) => {
    const [first] = grants;
    if (!first) return [];
    const { entry, before: was } = first;
    const until = entry.until ?? null;
    const isWhole = sizes.get(entry) === grants.length;
    return {
      kind: entry.kind,
      label: entry.what(),
      at: [...entry.path, 'expires'],
      what: isWhole
        ? entry.what(Infinity)
        : grants
            .map(({ thing }) => subjectsText(thing))
            .sort()
            .join('; '),
      before: was,
      until,
      isLater: until === null || (was !== null && endOf(until) > endOf(was)),
    };
  });
}

/**
 * When what the file before asked for ends, by key: null for never, undefined where it did not ask for it. Undefined where
 * nothing of it ends.
 */
export function askedBefore(
  before: CompiledFile,
  keyOf: (thing: Keyed) => string,
): ((key: string) => string | null | undefined) | undefined {
  const ends = endsBefore(before, keyOf);
  const hadNoEnd = untimed(before, keyOf);
  return ends.size === 0 ? undefined : (key) => ends.get(key) ?? (hadNoEnd(key) ? null : undefined);
}

/** The latest end of each grant that had one. */
function endsBefore(
  { desired, expiredThings }: CompiledFile,
  keyOf: (thing: DesiredThing) => string,
): Map<string, string> {
  const ends = new Map<string, string>();
  const add = (thing: DesiredThing, until: string): void => {
    const key = keyOf(thing);
    const known = ends.get(key);
    if (known === undefined || endOf(until) > endOf(known)) ends.set(key, until);
  };
  for (const thing of desired.values()) if (thing.until !== undefined) add(thing, thing.until);
  for (const thing of expiredThings) if (thing.until !== undefined && !desired.like(thing)) add(thing, thing.until);
  return ends;
}

/** What the file before asked for without an end; only collected where it is asked. */
function untimed({ desired }: CompiledFile, keyOf: (thing: DesiredThing) => string): (key: string) => boolean {
  let keys: Set<string> | undefined;
  return (key) => {
    if (!keys) {
      keys = new Set();
      for (const thing of desired.values()) if (thing.until === undefined) keys.add(keyOf(thing));
    }
    return keys.has(key);
  };
}

/** `taro, Reader, 111122223333` */
const subjectsText = (thing: DesiredThing): string => Object.values(subjectsOf(thing)).join(', ');
