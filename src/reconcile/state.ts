import { addressOf, subjectAddress, subjectKey, type Address, type Key } from '../core/address.ts';
import { endOf, isOver, type Expiry } from '../core/expiry.ts';
import { ReportedError } from '../core/errors.ts';
import type { AnyKind, Declared, DesiredContext, DocumentPath, Live, LiveNames, Product } from '../core/kind.ts';
import { excessOf } from '../core/product.ts';
import { State, Thing, type OwnKind } from '../core/state.ts';

/** What the file asks for, and every place that asks for it: duplicate declarations are one thing. */
export class DesiredThing extends Thing {
  at: readonly DocumentPath[];
  readonly previously: string | undefined;
  /** The file says that it is not another thing under a new name. */
  readonly isNotRenamed: boolean;
  /** When all that asks for it has ended; undefined where something asks for it without an end. */
  until: string | undefined;

  constructor(kind: OwnKind, { spec, at, previously, expires }: Declared<unknown>) {
    super(kind, spec);
    this.at = at;
    this.previously = previously ?? undefined;
    this.isNotRenamed = previously === null;
    this.until = expires?.until;
  }

  /** Another place that asks for the same. */
  join({ at, expires }: Declared<unknown>): void {
    this.at = [...this.at, ...at];
    if (this.until === undefined || (expires && endOf(expires.until) <= endOf(this.until))) return;
    this.until = expires?.until;
  }
}

/** What is live, without an id where AWS gives it none. */
export interface LiveThing extends Thing {
  readonly id?: string;
}

/** What AWS gave an id. It goes by its new name already where it is being renamed, though its spec has the old one. */
class ThingWithId extends Thing implements LiveThing {
  readonly id: string;
  readonly #ownKey: Key | undefined;

  constructor(kind: OwnKind, spec: unknown, id: string, ownKey: Key | undefined) {
    super(kind, spec);
    this.id = id;
    this.#ownKey = ownKey;
  }

  override get key(): Key {
    return this.#ownKey ?? super.key;
  }
}

export type DesiredState = State<DesiredThing>;
export type LiveState = State<LiveThing>;

/** What the document asks for now, and what only its expired entries ask for: that is gone, or will be removed. */
export interface Wanted {
  desired: DesiredState;
  expired: Map<Address, Expiry[]>;
  /** All that expired entries ask for. */
  expiredThings: readonly DesiredThing[];
}

/** Before anything is made: it would not fit into memory. What the file alone tells of it, loading has refused already. */
function refuseExcess(products: readonly Product[]): void {
  const excess = excessOf(products);
  if (!excess) return;
  const [section, index] = excess.largest.at;
  const entry = `Entry ${Number(index) + 1} of ${String(section)}`;
  throw new ReportedError('too-many-things', `${entry} ${excess.reason}`);
}

/**
 * All that the document says, of the kinds whose section it has.
 * Errors: a `ReportedError` where that is too much.
 */
export function collectDesired<Client>(
  kinds: readonly AnyKind<Client>[],
  document: object,
  context: DesiredContext,
  now: Date,
): Wanted {
  const state: DesiredState = new State();
  const expired = new Map<Address, Expiry[]>();
  const expiredThings: DesiredThing[] = [];
  const sections = new Map<string, unknown>(Object.entries(document));
  refuseExcess(
    kinds.flatMap((kind) => {
      const entry = sections.get(kind.section.name);
      return entry === undefined ? [] : (kind.sizes?.(entry, context) ?? []);
    }),
  );
  for (const kind of kinds) {
    const entry = sections.get(kind.section.name);
    if (entry === undefined) continue;
    for (const declared of kind.desired(entry, context) as Iterable<Declared<unknown>>) {
      const { spec, expires } = declared;
      const key = kind.key(spec);
      if (expires && isOver(expires.until, now)) {
        const address = addressOf(kind.name, key);
        expired.set(address, [...(expired.get(address) ?? []), expires]);
        expiredThings.push(new DesiredThing(kind, declared));
        continue;
      }
      state.add(new DesiredThing(kind, declared), key)?.join(declared);
    }
  }
  // One entry that has not ended is enough.
  for (const address of expired.keys()) if (state.has(address)) expired.delete(address);
  return { desired: state, expired, expiredThings };
}

/** All that is live, kind by kind, as AWS tells it: with ids in the place of names. Plain values, which can be kept. */
export type Reading = Record<string, Live<unknown>[]>;

/**
 * Puts the names that the file uses in the place of ids. Pure.
 * @param renames new names, by the address of the old: what is to be renamed in place is called by its new name at once,
 * if that is free.
 * @param desired what is the same on both sides is kept once: nearly all is, of a million things.
 */
export function nameLive<Client>(
  kinds: readonly AnyKind<Client>[],
  reading: Reading,
  renames: ReadonlyMap<Address, string>,
  desired: DesiredState = new State(),
): LiveState {
  const withNames = kinds.filter(({ rename }) => rename !== undefined);
  const index = new Map(withNames.map((kind) => [kind.name, namesById(kind, reading[kind.name] ?? [], renames)]));
  const names: LiveNames = { of: (kind, id) => index.get(kind)?.get(id) };
  const state: LiveState = new State();
  for (const kind of kinds) {
    for (const { id, spec: read } of reading[kind.name] ?? []) {
      const spec: unknown = kind.named ? kind.named(read, names) : read;
      const mayBeNew = id !== undefined && kind.rename === 'in-place' && renames.size > 0;
      const name = mayBeNew ? names.of(kind.name, id) : undefined;
      const ownKey = name === undefined ? undefined : [subjectKey(kind.name, name)];
      const key = ownKey ?? kind.key(spec);
      const known = desired.find(kind.name, key);
      const same = known && haveSameMembers(known.spec, spec) ? known : undefined;
      const thing =
        id === undefined ? (same ?? new Thing(kind, spec)) : new ThingWithId(kind, same ? same.spec : spec, id, ownKey);
      const isTwice = state.add(thing, key) !== undefined && id !== undefined;
      if (id !== '' && !isTwice) continue;
      throw new ReportedError(
        'unreadable-answer',
        `AWS answered ${isTwice ? 'the same thing twice' : 'a thing without an id'}: ${addressOf(kind.name, key)}.`,
        'The service does not document this. Nothing was changed. Try again, and report it if it persists.',
      );
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

function namesById<Client>(
  kind: AnyKind<Client>,
  things: Live<unknown>[],
  renames: ReadonlyMap<Address, string>,
): Map<string, string> {
  const subject = kind.name;
  const nameOf = (spec: unknown): string | undefined => kind.subjects(spec)[subject];
  const addressOfName = (name: string): Address => subjectAddress(subject, name);
  // Where another has the new name already, both keep their own.
  const taken = new Set(renames.size > 0 ? things.map(({ spec }) => addressOfName(nameOf(spec) ?? '')) : []);
  const known = new Map<string, string>();
  for (const { id, spec } of things) {
    const name = nameOf(spec);
    if (id === undefined || name === undefined) continue;
    const old = addressOfName(name);
    const renamed = renames.get(old);
    const isFree = renamed !== undefined && (addressOfName(renamed) === old || !taken.has(addressOfName(renamed)));
    known.set(id, isFree ? renamed : name);
  }
  return known;
}
