import type { Plan } from '../../core/plan.ts';
import { sanitize } from '../../core/sanitize.ts';
import type { FileLine } from './access-line.ts';
import { listOf } from './wording.ts';

/** Lines of the file in one sentence. */
export const shownLines = 3;

const noEnd = 'no end';

export const endsHeading = 'Ends within 30 days, or changed';

/** A sentence, and the lines of the file that it is about; where its own text goes on behind them, that too. */
export interface PlacedSentence {
  text: string;
  places: FileLine[];
  rest?: string;
}

/** The lines in the order in which they are told, each once. */
export const linesOf = (places: readonly FileLine[]): FileLine[] => [
  ...new Map(places.map(({ file, line }) => [`${file}:${line}`, { file: sanitize(file), line }] as const)).values(),
];

/** `Reader in production to taro: until 2026-12-31 (identity.yaml:31)`: as plain text. */
export function plainSentence({ text, places, rest = '' }: PlacedSentence): string {
  const texts = places.map(({ file, line }) => `${file}:${line}`);
  return `${text}${texts.length === 0 ? '' : ` (${listOf(texts, shownLines)})`}${rest}`;
}

/** `Reader in production to taro: until 2026-12-31 instead of no end (identity.yaml:31)` */
export const endSentences = ({ ends }: Pick<Plan, 'ends'>): PlacedSentence[] =>
  ends.map(({ label, until, before, place }) => {
    const was = before === undefined ? '' : ` instead of ${before === null ? noEnd : sanitize(before)}`;
    const end = until === null ? noEnd : `until ${sanitize(until)}`;
    return { text: `${sanitize(label)}: ${end}${was}`, places: linesOf(place ? [place] : []) };
  });
