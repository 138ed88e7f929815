// East Asian wide characters and emoji take two columns of a terminal.
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const combining = /\p{M}/u;

function columnsOf(character: string): number {
  if (combining.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
}

/** How many columns of a terminal an inert text takes. */
export function columns(text: string): number {
  let sum = 0;
  for (const character of text) sum += columnsOf(character);
  return sum;
}

/** The beginning of a text that fits, with an ellipsis where something is left out. */
export function cut(text: string, width: number): string {
  if (columns(text) <= width) return text;
  return width < 1 ? '' : `${chop(text, width - 1)[0] ?? ''}…`;
}

/** Pieces of at most that many columns, wherever that breaks the text. */
export function chop(text: string, width: number): string[] {
  const pieces: string[] = [];
  let piece = '';
  let used = 0;
  for (const character of text) {
    const needed = columnsOf(character);
    if (used + needed > width && piece !== '') {
      pieces.push(piece);
      [piece, used] = ['', 0];
    }
    piece += character;
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
