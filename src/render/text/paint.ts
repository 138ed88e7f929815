import { stripVTControlCharacters, styleText } from 'node:util';
import { chop, columns, wrap } from '../wrap.ts';

export type Tone = 'plain' | 'add' | 'change' | 'remove' | 'heading' | 'quiet' | 'warn' | 'bad';

const styles = {
  plain: 'reset',
  add: 'green',
  change: 'yellow',
  remove: 'red',
  heading: 'bold',
  quiet: 'dim',
  warn: 'yellow',
  bad: ['bold', 'red'],
} satisfies Record<Tone, Parameters<typeof styleText>[0]>;

export type Paint = (tone: Tone, text: string) => string;

/** Colours or leaves alone, by what it is told: the stream and the environment are the command's to judge. */
export function createPaint(color: boolean): Paint {
  return (tone, text) =>
    color && tone !== 'plain' && text !== '' ? styleText(styles[tone], text, { validateStream: false }) : text;
}

/** One line of a text before it is laid out; what is long continues under its own beginning. */
export interface Line {
  text: string;
  /** In columns. */
  indent?: number;
  /** Stands before the text and takes the tone. */
  sign?: string;
  tone?: Tone;
  /** `words` breaks at spaces (the default), `columns` keeps every space, `never` leaves the line whole. */
  breaks?: 'words' | 'columns' | 'never';
  /** Stands at the right edge of the last row, or in a row of its own where there is no room. */
  aside?: string;
}

/** What stands at the right edge is not further away from its line than this. */
const asideEdge = 80;

/** Narrower terminals get lines of this width: below it, breaking helps nobody. */
const narrowest = 40;

export function layOut(lines: readonly Line[], { color, width }: { color: boolean; width: number }): string {
  const paint = createPaint(color);
  const usable = Math.max(narrowest, Number.isFinite(width) ? Math.floor(width) : 80);
  return lines.map((line) => `${withAside(line, usable, paint).join('\n')}\n`).join('');
}

function withAside({ aside = '', ...line }: Line, width: number, paint: Paint): string[] {
  const edge = Math.min(width, asideEdge);
  const rows = layOutLine(line, aside === '' ? width : edge, paint);
  if (aside === '') return rows;
  const last = rows.at(-1) ?? '';
  const gap = edge - columns(stripVTControlCharacters(last)) - columns(aside);
  if (gap >= 2) return [...rows.slice(0, -1), `${last}${' '.repeat(gap)}${paint('quiet', aside)}`];
  const [only = '', ...more] = wrap(aside, edge - (line.indent ?? 0) - 2);
  const own = [only, ...more].map((text) => `${' '.repeat(edge - columns(text))}${paint('quiet', text)}`);
  return [...rows, ...own];
}

function layOutLine(
  { text, indent = 0, sign = '', tone = 'plain', breaks = 'words' }: Line,
  width: number,
  paint: Paint,
): string[] {
  const lead = sign === '' ? '' : `${sign} `;
  // What begins in the first column continues further right, so that only our own words ever stand there.
  const hang = ' '.repeat(lead.length + (indent === 0 && sign === '' ? 2 : 0));
  const room = width - indent - hang.length;
  const pieces = breaks === 'never' ? [text] : breaks === 'words' ? wrap(text, room) : chop(text, room);
  return pieces.map((piece, index) => {
    const visible = piece.trimEnd();
    const before = index === 0 ? paint(tone, sign.trimEnd()) + lead.slice(sign.trimEnd().length) : hang;
    const content = sign === '' || breaks === 'columns' ? paint(tone, visible) : visible;
    return (' '.repeat(indent) + before + content).trimEnd();
  });
}
