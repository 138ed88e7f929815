import { styleText } from 'node:util';
import { chop, wrap } from '../wrap.ts';

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
}

/** Narrower terminals get lines of this width: below it, breaking helps nobody. */
const narrowest = 40;

export function layOut(lines: readonly Line[], { color, width }: { color: boolean; width: number }): string {
  const paint = createPaint(color);
  const usable = Math.max(narrowest, Number.isFinite(width) ? Math.floor(width) : 80);
  return lines.map((line) => `${layOutLine(line, usable, paint).join('\n')}\n`).join('');
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
