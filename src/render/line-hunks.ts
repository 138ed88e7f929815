import type { StructuredPatchHunk } from 'diff';

const context = 3;
const noBreak = '\\ No newline at end of file';

/**
 * The differences of two texts of which one was made of the other by edits inside of lines and by new lines, as `diff -u` has
 * them. In time that grows with the texts alone, however many lines differ; what was made otherwise is told too, at length.
 */
export function lineHunks(before: string, after: string): StructuredPatchHunk[] {
  const [old, fresh] = [linesOf(before), linesOf(after)];
  const hunks: StructuredPatchHunk[] = [];
  let open: StructuredPatchHunk | undefined;
  /** Of those that are the same, at the end of the open hunk. */
  let same = 0;
  let i = 0;
  let j = 0;
  while (i < old.length || j < fresh.length) {
    if (i < old.length && old[i] === fresh[j]) {
      if (open && same < 2 * context) {
        add(open, ' ', old[i]);
        same += 1;
      } else if (open) {
        close(open);
      }
      i += 1;
      j += 1;
      continue;
    }
    open ??= begin();
    same = 0;
    const isNew = j < fresh.length && (i >= old.length || old[i] === fresh[j + 1]);
    if (!isNew) add(open, '-', old[i++]);
    if (j < fresh.length) add(open, '+', fresh[j++]);
  }
  if (open) close(open);
  return hunks;

  function begin(): StructuredPatchHunk {
    const first = Math.min(context, i);
    const hunk = { oldStart: i - first + 1, newStart: j - first + 1, oldLines: 0, newLines: 0, lines: [] };
    for (const line of old.slice(i - first, i)) add(hunk, ' ', line);
    hunks.push(hunk);
    return hunk;
  }

  /** Without the lines that no hunk needs around it. */
  function close(hunk: StructuredPatchHunk): void {
    const extra = Math.max(0, same - context);
    hunk.lines.splice(hunk.lines.length - extra, extra);
    hunk.oldLines -= extra;
    hunk.newLines -= extra;
    open = undefined;
  }
}

function add(hunk: StructuredPatchHunk, sign: ' ' | '-' | '+', line = ''): void {
  hunk.lines.push(`${sign}${line.replace(/\n$/, '')}`);
  if (!line.endsWith('\n')) hunk.lines.push(noBreak);
  if (sign !== '+') hunk.oldLines += 1;
  if (sign !== '-') hunk.newLines += 1;
}

/** Each with its break. */
const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
