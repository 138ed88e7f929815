import { describe, expect, it } from 'vitest';
import { formatDiagnostic } from '../../../src/config/syntax/format.ts';
import { frameOf } from '../../../src/config/syntax/frame.ts';
import { createSource, lineAt, offsetOf, placeOf } from '../../../src/config/syntax/source.ts';

/** The frame of the part of the text between « and ». */
function frame(marked: string): string[] {
  const start = marked.indexOf('«');
  const end = marked.indexOf('»') - 1;
  const source = createSource('a.yaml', marked.replace('«', '').replace('»', ''));
  return frameOf({ source, start, end }).split('\n');
}

describe('a frame', () => {
  it('shows the line, the one before it and a caret for each column', () => {
    expect(frame('a: 1\nb: «22»\nc: 3\n')).toEqual(['   1 | a: 1', ' > 2 | b: 22', '     |    ^^']);
  });

  it('is wide enough for the number of the line', () => {
    expect(frame(`${'\n'.repeat(98)}a\n«b»`)).toEqual(['    99 | a', ' > 100 | b', '       | ^']);
  });

  it('ends with the line', () => {
    expect(frame('a: «[1,\n  2]»\n')).toEqual([' > 1 | a: [1,', '     |    ^^^']);
    expect(frame('a:«»\n')).toEqual([' > 1 | a:', '     |   ^']);
  });

  it('counts wide and combining characters as a terminal does', () => {
    expect(frame('名前: «太郎»!')).toEqual([' > 1 | 名前: 太郎!', '     |       ^^^^']);
    expect(frame('cafe\u0301: «x»')).toEqual([' > 1 | cafe\u0301: x', '     |       ^']);
    expect(frame('😀: «x»')).toEqual([' > 1 | 😀: x', '     |     ^']);
  });

  it('makes visible what is not', () => {
    expect(frame('a:\t«b»')).toEqual([' > 1 | a:  b', '     |     ^']);
    expect(frame('a: "\u001B[2J«b»"')).toEqual([' > 1 | a: "\\x1b[2Jb"', '     |            ^']);
    expect(frame('a\u202E: «b»')).toEqual([' > 1 | a\\u202e: b', '     |          ^']);
    expect(frame('a\r\n«b»\r\n')).toEqual(['   1 | a', ' > 2 | b', '     | ^']);
  });

  it('cuts a long line around the caret', () => {
    const [line = '', carets = ''] = frame(`${'a'.repeat(1000)}«b»${'c'.repeat(1000)}`);
    expect(line).toBe(` > 1 | …${'a'.repeat(60)}b${'c'.repeat(59)}…`);
    expect(carets.indexOf('^')).toBe(line.indexOf('b'));
    expect(frame(`«${'b'.repeat(5000)}»`)[1]).toBe(`     | ${'^'.repeat(60)}`);
  });

  it('cuts no character in two', () => {
    const text = frame(`${'😀'.repeat(500)}«b»${'😀'.repeat(500)}`).join('\n');
    expect(text).not.toMatch(/\\u\{d/);
  });
});

describe('a place', () => {
  const source = createSource('a.yaml', 'one\ntwo\n\nfour');

  it('counts lines and columns from one', () => {
    expect([0, 3, 4, 8, 9, 12].map((offset) => lineAt(source, offset))).toEqual([1, 1, 2, 3, 4, 4]);
    expect(placeOf({ source, start: 5, end: 6 })).toEqual({ file: 'a.yaml', line: 2, column: 2 });
  });

  it('leads back to where it came from', () => {
    for (let start = 0; start < source.text.length; start += 1) {
      expect(offsetOf(source, placeOf({ source, start, end: start }))).toBe(start);
    }
  });
});

describe('a diagnostic as text', () => {
  const base = { code: 'bad-value', message: 'Wrong.', severity: 'error' } as const;

  it('has a place and a frame where there are any', () => {
    expect(formatDiagnostic(base)).toBe('bad-value: Wrong.');
    const place = { file: 'a.yaml', line: 1, column: 2 };
    expect(formatDiagnostic({ ...base, place, frame: ' > 1 | a' })).toBe('a.yaml:1:2 bad-value: Wrong.\n > 1 | a');
    expect(formatDiagnostic({ ...base, severity: 'warning', place })).toBe('a.yaml:1:2 warning bad-value: Wrong.');
  });
});
