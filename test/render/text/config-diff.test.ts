import { expect, it } from 'vitest';
import { renderConfigDiff } from '../../../src/render/text/config-diff.ts';

const plain = { color: false };

it('is what diff -u shows: a place, and three lines around', () => {
  const before = 'a\nb\nc\nd\ne\n';
  expect(renderConfigDiff('config', before, `${before}f\n`, plain)).toBe(`--- config
+++ config
@@ -3,3 +3,4 @@
 c
 d
 e
+f
`);
});

it('says where a last line break is missing, and nothing of line breaks that are CRLF', () => {
  expect(renderConfigDiff('config', 'a', 'a\r\nb\r\n', plain).split('\n').slice(2)).toEqual([
    '@@ -1,1 +1,2 @@',
    '-a',
    String.raw`\ No newline at end of file`,
    '+a',
    '+b',
    '',
  ]);
});

it('is empty where nothing changes', () => {
  expect(renderConfigDiff('config', 'a\n', 'a\n', { color: true })).toBe('');
});

it('lets nothing in the file act on the terminal', () => {
  expect(renderConfigDiff('con\u001Bfig', '', '\u001B[31m\u202Ex\n', plain)).not.toMatch(/\p{Cf}|[^\P{Cc}\n]/u);
});

it('is coloured where it is asked for', () => {
  const text = renderConfigDiff('config', 'a\n', 'b\n', { color: true });
  expect(text).toContain('\u001B[31m-a\u001B[39m\n\u001B[32m+b\u001B[39m\n');
});
