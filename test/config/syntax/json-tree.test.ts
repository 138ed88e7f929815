import fc from 'fast-check';
import { expect, it } from 'vitest';
import { jsonTree } from '../../../src/config/syntax/json-tree.ts';
import { createSource } from '../../../src/config/syntax/source.ts';
import { plain } from '../../../src/config/syntax/tree.ts';
import { depth } from '../../support/depth.ts';

function parse(text: string): { value: unknown } | undefined {
  const tree = jsonTree(createSource('a.json', text), () => {});
  return tree && { value: plain(tree) };
}

it('reads any JSON as JavaScript does', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom(undefined, 2, '\t'), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      // What has a key of this name is refused elsewhere.
      fc.pre(!text.includes('__proto__'));
      expect(parse(text)).toEqual({ value: JSON.parse(text) });
    }),
    depth(100),
  );
});

it('takes nothing that JavaScript refuses, and refuses nothing that it takes', () => {
  const tokens = [
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"a"',
    '"b"',
    '1',
    '-0',
    '01',
    '1e5',
    '.5',
    'true',
    'null',
    'nul',
    '"',
    ' ',
    '\n',
    '\\',
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...tokens), { maxLength: 8 }), (parts) => {
      const text = parts.join('');
      let expected: { value: unknown } | undefined;
      try {
        expected = { value: JSON.parse(text) };
      } catch {
        expected = undefined;
      }
      expect(parse(text) === undefined).toBe(expected === undefined);
    }),
    depth(2000),
  );
});
