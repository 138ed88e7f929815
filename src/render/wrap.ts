import stringWidth from 'string-width';

/** How many columns of a terminal a sanitized text takes. */
export const columns = (text: string): number => stringWidth(text);

/** The beginning of a text that fits, with an ellipsis where something is left out. */
export function cut(text: string, width: number): string {
  if (columns(text) <= width) return text;
  return width < 1 ? '' : `${chop(text, width - 1)[0] ?? ''}…`;
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Pieces of at most that many columns, wherever that breaks the text. */
export function chop(text: string, width: number): string[] {
  if (columns(text) <= width) return [text];
  const pieces: string[] = [];
  let piece = '';
  let used = 0;
  for (const { segment } of graphemes.segment(text)) {
    const needed = columns(segment);
    if (used + needed > width && piece !== '') {
      pieces.push(piece);
      [piece, used] = ['', 0];
    }
    piece += segment;
    used += needed;
  }
  if (piece !== '' || pieces.length === 0) pieces.push(piece);
  return pieces;
}

/**
 * Lines of at most that many columns, broken at spaces. A word that is wider is broken too: left to the terminal, its
 * rest would begin in the first column, where a hostile name could pass for a line of ours.
 */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const [, spaces = '', word = ''] of text.matchAll(/( *)([^ ]+)/g)) {
    if (used > 0 && used + spaces.length + columns(word) <= width) {
      line += spaces + word;
      used += spaces.length + columns(word);
      continue;
    }
    if (used > 0) lines.push(line);
    const pieces = chop(word, width);
    line = pieces.pop() ?? '';
    used = columns(line);
    lines.push(...pieces);
  }
  lines.push(line);
  return lines;
}
