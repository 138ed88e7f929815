import { describe, expect, it } from 'vitest';
import { decodeText } from '../../src/core/decode-text.ts';

const text = 'version: 1\nusers: {}\n';
const swapped = (bytes: Buffer): Buffer => Buffer.from(bytes).swap16();

describe('a file that is not UTF-8 is refused with the cure', () => {
  it.each([
    ['with a byte order mark', Buffer.from(`\uFEFF${text}`, 'utf16le'), 'is UTF-16 and', 'iconv -f UTF-16 -t UTF-8'],
    [
      'of the other byte order',
      swapped(Buffer.from(`\uFEFF${text}`, 'utf16le')),
      'is UTF-16 and',
      'iconv -f UTF-16 -t',
    ],
    ['without one', Buffer.from(text, 'utf16le'), 'is UTF-16 and', 'iconv -f UTF-16LE -t UTF-8'],
    ['neither', swapped(Buffer.from(text, 'utf16le')), 'is UTF-16 and', 'iconv -f UTF-16BE -t UTF-8'],
    ['of four bytes', Buffer.from('fffe000076000000', 'hex'), 'is UTF-32 and', 'iconv -f UTF-32 -t UTF-8'],
    ['of Western Europe', Buffer.from('caf\u00e9', 'latin1'), 'is not a UTF-8 text', 'Save it as UTF-8'],
  ])('%s', (_how, bytes, what, cure) => {
    expect(() => decodeText(bytes)).toThrow(what);
    expect(() => decodeText(bytes)).toThrow(cure);
  });
});

it.each([[''], ['a'], ['v: 1'], ['\uFEFFversion: 1'], ['名前: 1'], ['a\0b']])('takes UTF-8 as it is: %j', (utf8) => {
  expect(decodeText(Buffer.from(utf8))).toBe(utf8);
});
