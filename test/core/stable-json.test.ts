import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { digestOfJson } from '../../src/core/digest.ts';
import { stableJson } from '../../src/core/stable-json.ts';
import { depth } from '../support/depth.ts';

const values = [fc.string({ unit: 'binary' }), fc.double(), fc.boolean(), fc.constant(null), fc.constant(undefined)];
const key = fc.oneof(fc.constantFrom('9', '10', '__proto__', 'toJSON'), fc.string());
const value = fc.oneof(fc.object({ key, values }), fc.array(fc.object({ key, values })));

function reversed(one: unknown): unknown {
  if (Array.isArray(one)) return one.map(reversed);
  if (one === null || typeof one !== 'object') return one;
  return Object.fromEntries(
    Object.entries(one)
      .toReversed()
      .map(([name, member]) => [name, reversed(member)]),
  );
}

it('says the same value, whatever the order of its keys', () => {
  fc.assert(
    fc.property(value, (one) => {
      const text = stableJson(one);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(one)));
      expect(stableJson(reversed(one))).toBe(text);
    }),
    depth(100),
  );
});

it('has a digest that is that of the whole text, however long', () => {
  const long = Array.from({ length: 9000 }, (_, index) => ({ name: `${index} é 日本 \ud83d\ude00`, at: index }));
  for (const one of [long, {}, [], null, 'text', { a: long, b: [long] }]) {
    expect(digestOfJson(one)).toBe(`sha256:${createHash('sha256').update(stableJson(one)).digest('hex')}`);
  }
});
