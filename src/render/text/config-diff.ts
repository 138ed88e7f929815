import { structuredPatch, type StructuredPatchHunk } from 'diff';
import { sanitize } from '../../core/sanitize.ts';
import { createPaint, type Tone } from './paint.ts';

const tones: Record<string, Tone> = { '+': 'add', '-': 'remove', '\\': 'quiet' };

/** What becomes of a text file, as `diff -u` shows it; empty where nothing does. */
export function renderConfigDiff(file: string, before: string, after: string, { color }: { color: boolean }): string {
  const { hunks } = structuredPatch(file, file, before, after, undefined, undefined, { context: 3 });
  return renderHunks(file, hunks, { color });
}

/** The same of differences that are known already. */
export function renderHunks(
  file: string,
  hunks: readonly StructuredPatchHunk[],
  { color }: { color: boolean },
): string {
  const paint = createPaint(color);
  if (hunks.length === 0) return '';
  const lines = hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines: content }) => [
    paint('quiet', `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`),
    ...content.map((line) => {
      const text = line.charAt(0) + sanitize(line.slice(1).replace(/\r$/, ''));
      return paint(tones[line.charAt(0)] ?? 'plain', text);
    }),
  ]);
  const heads = [paint('heading', `--- ${sanitize(file)}`), paint('heading', `+++ ${sanitize(file)}`)];
  return `${[...heads, ...lines].join('\n')}\n`;
}
