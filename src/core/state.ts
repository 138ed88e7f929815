import { addressOf, partsOf, type Address, type Key } from './address.ts';
import { KeyedMap } from './keyed-map.ts';
import type { AnyKind } from './kind.ts';

/** What a thing needs to know of its kind. */
export type OwnKind = Pick<AnyKind<never>, 'name' | 'key'>;

/** One thing on one side of the comparison. There can be a million: what the spec says already is put together when asked. */
export class Thing {
  readonly ownKind: OwnKind;
  readonly spec: unknown;

  constructor(ownKind: OwnKind, spec: unknown) {
    this.ownKind = ownKind;
    this.spec = spec;
  }

  get kind(): string {
    return this.ownKind.name;
  }

  get key(): Key {
    return this.ownKind.key(this.spec);
  }

  get address(): Address {
    return addressOf(this.kind, this.key);
  }
}

/** The things of one side: one of each kind and key. */
export class State<One extends Thing> {
  readonly #kinds = new Map<string, { things: One[]; byKey: KeyedMap<One> }>();

  constructor(things: Iterable<One> = []) {
    for (const thing of things) this.add(thing);
  }

  get size(): number {
    let size = 0;
    for (const { things } of this.#kinds.values()) size += things.length;
    return size;
  }

  /** In the order in which they came, kind by kind. */
  *values(): Generator<One> {
    for (const { things } of this.#kinds.values()) yield* things;
  }

  /** The things of one kind, in the order in which they came. */
  of(kind: string): readonly One[] {
    return this.#kinds.get(kind)?.things ?? [];
  }

  get(address: Address): One | undefined {
    const { kind, key } = partsOf(address);
    return this.find(kind, key);
  }

  has(address: Address): boolean {
    return this.get(address) !== undefined;
  }

  /** What has the same kind and key as a thing of another state. */
  like({ kind, key }: Thing): One | undefined {
    return this.find(kind, key);
  }

  find(kind: string, key: Key): One | undefined {
    return this.#kinds.get(kind)?.byKey.get(key);
  }

  /** Of two with one key, the first stays: then it is returned. */
  add(thing: One, key: Key = thing.key): One | undefined {
    const { kind } = thing;
    let own = this.#kinds.get(kind);
    if (!own) this.#kinds.set(kind, (own = { things: [], byKey: new KeyedMap() }));
    const known = own.byKey.add(key, thing);
    if (!known) own.things.push(thing);
    return known;
  }
}
