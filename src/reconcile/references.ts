import { askOnce, subjectAddress, type Subject } from '../core/address.ts';
import type { AnyKind, DocumentPath } from '../core/kind.ts';
import { State } from '../core/state.ts';
import type { DesiredState, DesiredThing, LiveState } from './state.ts';

/** A name that is neither declared nor live. */
export interface Unresolved {
  subject: Subject;
  name: string;
  at: DocumentPath[];
  /** Names that exist. */
  known: string[];
}

/**
 * What the desired state refers to must be declared or live; only now, beside the live state, can all of it be told.
 * @param expiredThings what expired entries ask for, where that is to be told of it too.
 */
export function findUnresolved<Client>(
  kinds: readonly AnyKind<Client>[],
  desired: DesiredState,
  live: LiveState,
  expiredThings: readonly DesiredThing[] = [],
): Unresolved[] {
  const byName = new Map(kinds.map((kind) => [kind.name, kind]));
  const namesOf = (subject: Subject): string[] =>
    [...desired.of(subject), ...live.of(subject)].flatMap(
      ({ spec }) => byName.get(subject)?.subjects(spec)[subject] ?? [],
    );
  const missing = askOnce((subject, name) => {
    const address = subjectAddress(subject, name);
    return desired.has(address) || live.has(address) ? undefined : address;
  });
  const unresolved = new Map<string, Unresolved>();
  const said = new Set<string>();
  for (const things of [desired.values(), expiredThings]) for (const thing of things) lookAt(thing);
  return [...unresolved.values()];

  function lookAt({ kind, spec, at }: DesiredThing): void {
    const subjects = byName.get(kind)?.subjects(spec) ?? {};
    for (const [subject, name] of Object.entries(subjects)) {
      if (subject === kind || !byName.has(subject)) continue;
      const address = missing(subject, name);
      if (address === undefined) continue;
      const found = unresolved.get(address) ?? { subject, name, at: [], known: [...new Set(namesOf(subject))] };
      unresolved.set(address, found);
      // One place of the file may ask for it in many accounts.
      for (const path of at) {
        const place = JSON.stringify([address, path]);
        if (!said.has(place)) found.at.push(path);
        said.add(place);
      }
    }
  }
}

/** The desired state without what refers to any of these: that asks for nothing. */
export function withoutUnresolved<Client>(
  kinds: readonly AnyKind<Client>[],
  desired: DesiredState,
  unresolved: readonly Unresolved[],
): DesiredState {
  if (unresolved.length === 0) return desired;
  const byName = new Map(kinds.map((kind) => [kind.name, kind]));
  const addresses = new Set(unresolved.map(({ subject, name }) => subjectAddress(subject, name)));
  const isMissing = askOnce((subject, name) => addresses.has(subjectAddress(subject, name)));
  const refersToNone = ({ kind, spec }: DesiredThing): boolean => {
    const subjects = byName.get(kind)?.subjects(spec) ?? {};
    return Object.entries(subjects).every(([subject, name]) => !isMissing(subject, name));
  };
  return new State([...desired.values()].filter(refersToNone));
}
