/** What is written instead of a part of a text; offsets of its characters. */
export interface TextEdit {
  start: number;
  /** After its last character; the same as `start` where something is put in. */
  end: number;
  text: string;
}

/** The text with all of these, which do not overlap; every other character stays. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let from = 0;
  let result = '';
  for (const { start, end, text: by } of edits.toSorted((a, b) => a.start - b.start)) {
    result += text.slice(from, start) + by;
    from = end;
  }
  return result + text.slice(from);
}
