import { addressOf, subjectAddress, type Address, type Subject } from '../core/address.ts';
import { isOver, type Expiry } from '../core/expiry.ts';
import { ReportedError } from '../core/errors.ts';
import type { AnyKind, Declared, DesiredContext, DocumentPath, Live, LiveNames } from '../core/kind.ts';

/** One thing on one side of the comparison. */
export interface Thing {
  kind: string;
  address: Address;
  spec: unknown;
}

export interface DesiredThing extends Thing {
  /** Every place that asks for it: duplicate declarations are one thing. */
  at: readonly DocumentPath[];
  previously?: string;
}

export interface LiveThing extends Thing {
  id?: string;
}

export type DesiredState = Map<Address, DesiredThing>;
export type LiveState = Map<Address, LiveThing>;

/** The things of one kind. */
export function* thingsOf<One extends Thing>(state: ReadonlyMap<Address, One>, kind: string): Generator<One> {
  for (const thing of state.values()) if (thing.kind === kind) yield thing;
}

/** What the document asks for now, and what only its expired entries ask for: that is gone, or will be removed. */
export interface Wanted {
  desired: DesiredState;
  expired: Map<Address, Expiry[]>;
}

/** All that the document says, of the kinds that it manages. */
export function collectDesired<Document, Client>(
  kinds: readonly AnyKind<Document, Client>[],
  document: Document,
  context: DesiredContext,
  now: Date,
): Wanted {
  const state: DesiredState = new Map();
  const expired = new Map<Address, Expiry[]>();
  for (const kind of kinds) {
    for (const { spec, at, previously, expires } of kind.desired(document, context) as Iterable<Declared<unknown>>) {
      const address = addressOf(kind.name, kind.key(spec));
      if (expires && isOver(expires.until, now)) {
        expired.set(address, [...(expired.get(address) ?? []), expires]);
        continue;
      }
      const known = state.get(address);
      if (known) known.at = [...known.at, ...at];
      else if (previously === undefined) state.set(address, { kind: kind.name, address, spec, at });
      else state.set(address, { kind: kind.name, address, spec, at, previously });
    }
  }
  // One entry that has not ended is enough.
  for (const address of expired.keys()) if (state.has(address)) expired.delete(address);
  return { desired: state, expired };
}

/** All that is live, kind by kind, as AWS tells it: with ids in the place of names. Plain values, which can be kept. */
export type Reading = Record<string, Live<unknown>[]>;

/**
 * Puts the names that the file uses in the place of ids. Pure.
 * @param renames new names, by the address of the old: what is to be renamed in place is called by its new name at once.
 * @param desired what is the same on both sides is kept once: nearly all is, of a million things.
 */
export function nameLive<Document, Client>(
  kinds: readonly AnyKind<Document, Client>[],
  reading: Reading,
  renames: ReadonlyMap<Address, string>,
  desired: DesiredState = new Map(),
): LiveState {
  const withNames = kinds.filter(({ rename }) => rename !== undefined);
  const index = new Map(withNames.map((kind) => [kind.name, namesById(kind, reading[kind.name] ?? [], renames)]));
  const names: LiveNames = { of: (kind, id) => index.get(kind)?.get(id) };
  const state: LiveState = new Map();
  for (const kind of kinds) {
    for (const { id, spec: read } of reading[kind.name] ?? []) {
      const spec: unknown = kind.named ? kind.named(read, names) : read;
      const renamed = id !== undefined && kind.rename === 'in-place' ? names.of(kind.name, id) : undefined;
      const own =
        renamed === undefined ? addressOf(kind.name, kind.key(spec)) : subjectAddress(kind.name as Subject, renamed);
      const known = desired.get(own);
      const address = known?.address ?? own;
      if (id === '' || (id !== undefined && state.has(address))) {
        throw new ReportedError(
          'unreadable-answer',
          `AWS answered ${id === '' ? 'a thing without an id' : 'the same thing twice'}: ${address}.`,
          'That is not what the service promises; nothing was changed. Try again, and report it if it stays.',
        );
      }
      const same = known && haveSameMembers(known.spec, spec) ? known : undefined;
      if (id === undefined) state.set(address, same ?? { kind: kind.name, address, spec });
      else state.set(address, { kind: kind.name, address, spec: same ? same.spec : spec, id });
    }
  }
  return state;
}

/** Compares no deeper: a list is the same as itself alone. */
function haveSameMembers(a: unknown, b: unknown): boolean {
  const [members, others] = [a as Record<string, unknown>, b as Record<string, unknown>];
  const names = Object.keys(members);
  return names.length === Object.keys(others).length && names.every((name) => members[name] === others[name]);
}

function namesById<Document, Client>(
  kind: AnyKind<Document, Client>,
  things: Live<unknown>[],
  renames: ReadonlyMap<Address, string>,
): Map<string, string> {
  const subject = kind.name as Subject;
  const nameOf = (spec: unknown): string | undefined => kind.subjects(spec)[subject];
  const known = new Map<string, string>();
  for (const { id, spec } of things) {
    const name = nameOf(spec);
    if (id === undefined || name === undefined) continue;
    known.set(id, renames.get(subjectAddress(subject, name)) ?? name);
  }
  if (renames.size > 0) checkRenames(kind.name, things, nameOf, renames);
  return known;
}

/** A rename in place is impossible where somebody else has the new name already. */
function checkRenames(
  kind: string,
  things: Live<unknown>[],
  nameOf: (spec: unknown) => string | undefined,
  renames: ReadonlyMap<Address, string>,
): void {
  const live = new Set(things.map(({ spec }) => subjectAddress(kind as Subject, nameOf(spec) ?? '')));
  for (const [old, name] of renames) {
    const renamed = subjectAddress(kind as Subject, name);
    if (!old.startsWith(`${kind}/`) || old === renamed || !live.has(old) || !live.has(renamed)) continue;
    throw new ReportedError(
      'rename-to-existing',
      `The ${kind} ${name} can't be renamed from its old name, because both names are live (${old} and ${renamed}).`,
      `Remove the line "previously" from ${name}; the old one is then removed like everything that the file does not declare.`,
    );
  }
}
