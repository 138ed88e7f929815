import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addressOf, partsOf } from '../../src/core/address.ts';
import { KeyedMap } from '../../src/core/keyed-map.ts';
import { State, Thing } from '../../src/core/state.ts';
import { depth } from '../support/depth.ts';

/** Names with what an address escapes, and with what objects have of their own. */
const part = fc.oneof(fc.constantFrom('a', 'b', '', '/', '~', '~0', '~1', '/~', '__proto__'), fc.string());
const key = fc.array(part, { minLength: 3, maxLength: 3 });

it('an address says its parts again', () => {
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (parts) => {
      expect(partsOf(addressOf('kind', parts))).toEqual({ kind: 'kind', key: parts });
    }),
    depth(100),
  );
});

it('no two keys have one address', () => {
  fc.assert(
    fc.property(key, key, (one, other) => {
      expect(addressOf('kind', one) === addressOf('kind', other)).toBe(JSON.stringify(one) === JSON.stringify(other));
    }),
    depth(100),
  );
});

it('a keyed map keeps the first value of every key, and finds nothing else', () => {
  fc.assert(
    fc.property(fc.array(key), key, (keys, other) => {
      const expected = new Map<string, number>();
      const map = new KeyedMap<number>();
      for (const [index, one] of keys.entries()) {
        const text = JSON.stringify(one);
        expect(map.add(one, index)).toBe(expected.get(text));
        if (!expected.has(text)) expected.set(text, index);
      }
      for (const one of [...keys, other]) expect(map.get(one)).toBe(expected.get(JSON.stringify(one)));
    }),
    depth(100),
  );
});

it('a state finds things by address and by those of another state, in the order in which they came', () => {
  const kinds = ['one', 'two'].map((name) => ({ name, key: (spec: string[]) => spec }));
  const thing = fc.tuple(fc.constantFrom(...kinds), key).map(([kind, spec]) => new Thing(kind, spec));
  fc.assert(
    fc.property(fc.array(thing), fc.array(thing), (things, others) => {
      const state = new State(things);
      const first = new Map<string, Thing>();
      for (const one of things) if (!first.has(one.address)) first.set(one.address, one);
      expect(state.size).toBe(first.size);
      for (const { name } of kinds)
        expect(state.of(name)).toEqual([...first.values()].filter(({ kind }) => kind === name));
      expect(new Set(state.values())).toEqual(new Set(first.values()));
      for (const one of [...things, ...others]) {
        expect(state.get(one.address)).toBe(first.get(one.address));
        expect(state.like(new Thing(one.ownKind, one.spec))).toBe(first.get(one.address));
        expect(state.has(one.address)).toBe(first.has(one.address));
      }
    }),
    depth(100),
  );
});

it('an address that is too short or too long is that of nothing', () => {
  const kind = { name: 'membership', key: (spec: string[]) => spec };
  const state = new State([new Thing(kind, ['ops', 'ann'])]);
  for (const address of ['membership', 'membership/ann', 'membership/ops', 'membership/ops/ann/x', 'user/ann', '']) {
    expect(state.has(address)).toBe(false);
  }
  expect(() => state.add(new Thing(kind, ['ops']))).toThrow('a key of 2 parts, not of 1');
});
