import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findBlocks, outsideBlocks, withBlock, withoutBlock } from '../../src/profiles/managed-block.ts';
import { printsOf } from '../../src/profiles/own-keys.ts';
import type { Section } from '../../src/profiles/section.ts';
import { handWritten } from './hand-written.ts';
import { depth } from '../support/depth.ts';

const profile = (name: string, region: string): Section => ({ kind: 'profile', name, keys: { region } });
const sections = [profile('a', 'eu-west-1')];
const other = [profile('a', 'eu-west-2'), profile('b', 'eu-west-3')];
const owner = { place: 's', user: 'ann' };
const write = (bytes: Uint8Array, wanted = sections): Buffer => {
  const file = findBlocks(bytes);
  return withBlock(file, file.blocks[0], { owner, sections: wanted, wanted });
};
const remove = (bytes: Uint8Array): Buffer => {
  const file = findBlocks(bytes);
  return file.blocks[0] ? withoutBlock(file, file.blocks[0]) : Buffer.from(bytes);
};
const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

const block = `# idc begin s ann - idc profiles --write replaces what it wrote from here to "idc end"

[profile a]
region = eu-west-1

# idc end - ${printsOf(profile('a', 'eu-west-1')).join(' ')}
`;

describe('the block', () => {
  it.each([
    ['in an empty file', '', block],
    ['after an empty line', '[profile x]\nregion = y\n', `[profile x]\nregion = y\n\n${block}`],
    [
      'with the line break that was missing, which it remembers',
      '[profile x]\nregion = y',
      `[profile x]\nregion = y\n\n${block.replace('"\n', '" - added a line break above\n')}`,
    ],
    ['with the line breaks of the file', '[profile x]\r\n', `[profile x]\r\n\r\n${block.replaceAll('\n', '\r\n')}`],
    ['behind an empty line', '\n', `\n\n${block}`],
    ['behind a byte order mark', '\u00EF\u00BB\u00BF[profile x]\n', `\u00EF\u00BB\u00BF[profile x]\n\n${block}`],
  ])('stands %s', (_, before, after) => {
    expect(write(latin1(before)).toString('latin1')).toBe(after);
    expect(remove(latin1(after)).toString('latin1')).toBe(before);
  });

  it('stays where a person moved it, with what they wrote around it', () => {
    const around = (text: string): string => `# mine\n${text}[profile later]\nregion = y\n`;
    expect(write(latin1(around(block)), sections).toString('latin1')).toBe(around(block));
    expect(write(latin1(around(block)), other).toString('latin1')).toContain(
      `[profile b]\nregion = eu-west-3\n\n# idc end - ${other.flatMap(printsOf).join(' ')}\n[profile later]\n`,
    );
    expect(remove(latin1(around(block))).toString('latin1')).toBe(around(''));
  });

  it('goes without gluing lines together, where something follows the line break that it brought', () => {
    const written = write(latin1('[profile x]'));
    const grown = Buffer.concat([written, latin1('[profile later]\n')]);
    expect(remove(grown).toString('latin1')).toBe('[profile x]\n[profile later]\n');
  });

  it('keeps its line breaks where the last one is missing', () => {
    expect(write(latin1(block.trimEnd()), sections).toString('latin1')).toBe(block);
  });

  it('is empty lines in what others have written, so that lines count alike', () => {
    const text = `# mine\n\n${block}[profile later]\n`;
    expect(outsideBlocks(findBlocks(latin1(text)))).toBe('# mine\n\n\n\n\n\n\n\n[profile later]\n');
  });
});

describe('whatever the file is', () => {
  const anyBytes = fc.oneof(
    handWritten({ sections: 6, anyBytes: true }),
    fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes.map((byte) => byte || 1))),
    fc
      .array(fc.constantFrom('\r', '\n', '\r\n', '\u00EF\u00BB\u00BF', 'x', ' ', '#', '[a]'), { maxLength: 8 })
      .map((parts) => latin1(parts.join(''))),
  );

  it('every byte outside is kept, a second run changes nothing, and removing brings back what was there', () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        const first = write(bytes);
        expect(first.subarray(0, bytes.length).equals(bytes)).toBe(true);
        expect(write(first).equals(first)).toBe(true);
        expect(write(write(first, other)).equals(first)).toBe(true);
        expect(remove(first).equals(bytes)).toBe(true);
        expect(remove(write(first, other)).equals(bytes)).toBe(true);
        expect(remove(bytes).equals(bytes)).toBe(true);
      }),
      depth(1000),
    );
  });

  it('500 hand-written profiles survive', () => {
    const [bytes = Buffer.of()] = fc.sample(handWritten({ sections: 500, exactly: true, anyBytes: true }), {
      numRuns: 1,
      seed: 7,
    });
    const text = bytes.toString('latin1');
    expect(text.match(/^\[/gm)).toHaveLength(500);
    expect([/\r\n/, /[^\r]\n/, /^\t\S/m, /^s3 ?=/m, /[\u0080-\u00FF]/].map((sign) => sign.test(text))).not.toContain(
      false,
    );
    expect(Buffer.from(bytes.toString()).equals(bytes), 'is no UTF-8').toBe(false);
    expect(write(bytes).subarray(0, bytes.length).equals(bytes)).toBe(true);
    expect(remove(write(bytes)).equals(bytes)).toBe(true);
  });

  it('what is written after the block is kept too', () => {
    fc.assert(
      fc.property(anyBytes, handWritten({ sections: 3 }), (before, after) => {
        // Only comments and empty lines may stand before the first section.
        fc.pre(/^\s*(?:[#;][^\n]*\n\s*)*(?:\[|$)/.test(after.toString('latin1')));
        const all = Buffer.concat([write(before), after]);
        const again = write(all, other);
        expect(again.subarray(0, before.length).equals(before)).toBe(true);
        expect(again.subarray(again.length - after.length).equals(after)).toBe(true);
      }),
      depth(100),
    );
  });
});

describe('a damaged block is left alone', () => {
  const [begin = ''] = block.split('\n');
  const end = '# idc end';
  it.each([
    ['begin without end', `${begin}\n[profile a]\n`, '"idc begin" in line 1, instead of'],
    ['end without begin', `[profile a]\n${end}\n`, '"idc end" in line 2, instead of'],
    ['end before begin', `${end}\n${begin}\n`, '"idc end" in line 1, "idc begin" in line 2'],
    ['a block in a block', `${begin}\n${block}`, '"idc begin" in line 1, "idc begin" in line 2, "idc end" in line 7'],
    [
      'a key between its beginning and its first section',
      `[x]\n${begin}\nregion = y\n[profile a]\n${end}\n`,
      'line 3, after "# idc begin"',
    ],
    ['a header behind its end that would continue a value', `${block}  [x]\n`, 'line 7, after "# idc end"'],
  ])('%s', (_, text, said) => {
    expect(() => findBlocks(latin1(text))).toThrow(
      expect.objectContaining({ code: 'damaged-block', message: expect.stringContaining(said) }),
    );
  });

  it('and so is a text of two bytes a letter', () => {
    expect(() => findBlocks(Buffer.from('\uFEFF[default]\n', 'utf16le'))).toThrow(
      expect.objectContaining({ code: 'config-encoding' }),
    );
  });
});
