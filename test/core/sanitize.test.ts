import { describe, expect, it } from 'vitest';
import { sanitize, sanitizeJson, sanitizeName } from '../../src/core/sanitize.ts';

describe('a text from outside', () => {
  it.each([
    ['an escape sequence', '\u001B[31mred\u001B[0m', String.raw`\x1b[31mred\x1b[0m`],
    ['a C1 control', '\u009B2J', String.raw`\x9b2J`],
    ['line breaks and tabs', 'a\r\nb\tc', String.raw`a\r\nb\tc`],
    ['bidi marks', 'a\u202Eb\u2066c\u200Fd', String.raw`a\u202eb\u2066c\u200fd`],
    ['zero-width characters', 'ad\u200Bmin\uFEFF', String.raw`ad\u200bmin\ufeff`],
    ['a space that is none', 'a\u00A0b\u2003c', String.raw`a\xa0b\u2003c`],
    ['line separators', 'a\u2028b\u2029c', String.raw`a\u2028b\u2029c`],
    ['a tag character', 'a\u{E0041}', String.raw`a\u{e0041}`],
    ['half a surrogate pair', 'a\uD800', String.raw`a\ud800`],
    ['what is no character', 'a\uFFFE\u{1FFFF}', String.raw`a\ufffe\u{1ffff}`],
    ['a blank that is a letter', 'a\u3164', String.raw`a\u3164`],
  ])('shows %s', (_, text, shown) => {
    expect(sanitize(text)).toBe(shown);
  });

  it.each(['hanako (山田　花子)', 'Zoë', 'مريم', '👩 team', String.raw`C:\temp`, 'e\u0301'])(
    'leaves %s alone',
    (text) => {
      expect(sanitize(text)).toBe(text);
    },
  );

  it('keeps the meaning of a JSON text', () => {
    const value = { a: 'x\u202Ey\u009B\u{E0041}\n\u001B', 'k\u200B': ['plain'] };
    const json = sanitizeJson(JSON.stringify(value, null, 2));
    expect(JSON.parse(json)).toEqual(value);
    expect(json).toContain(String.raw`x\u202ey\u009b\udb40\udc41\n\u001b`);
  });

  it('quotes a name that could pass for several', () => {
    expect(['platform', 'a, b', 'x and y', ' edge'].map(sanitizeName)).toEqual([
      'platform',
      '"a, b"',
      '"x and y"',
      '" edge"',
    ]);
  });
});
