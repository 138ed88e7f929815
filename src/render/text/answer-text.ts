import type { AccessAnswer } from '../../core/access-answer.ts';
import { answerHeading } from '../view/answer-words.ts';
import { viewAnswer, type AnswerPlace, type AnswerSection } from '../view/answer-view.ts';
import { type EntitlementsView, viewEntitlements } from '../view/entitlements-view.ts';
import { layOut, type Line } from './paint.ts';

export interface AnswerTextOptions {
  color: boolean;
  /** Columns of the terminal. */
  width: number;
  /** Tells how old a snapshot is. */
  now: Date;
}

/** Who holds what and by which lines of the file, for people on a terminal: first the facts, then the gravest access. */
export function renderAnswer(answer: AccessAnswer, { now, ...layout }: AnswerTextOptions): string {
  const { facts, sentence, sections } = viewAnswer(answer);
  const parts: Line[][] = [
    [heading(answerHeading(answer, now)), ...(sentence === undefined ? [] : [{ text: sentence }])],
    facts.map(({ sign, text }): Line =>
      sign === '' ? { indent: 2, text } : { sign, text, tone: sign === '!' ? 'warn' : 'quiet' },
    ),
    ...sections.map(sectionLines),
    entitlementLines(viewEntitlements(answer)),
    ...(facts.length > 0 ? [[quiet(hint)]] : []),
  ];
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => layOut(lines, layout))
    .join('\n');
}

const entitlementLines = (view: EntitlementsView | undefined): Line[] => {
  if (!view) return [];
  const { title, lines } = view;
  return [lines.length > 0 ? heading(title) : quiet(title), ...lines.map((text): Line => ({ indent: 2, text }))];
};

const hint = 'By person: --user NAME. By account: --account NAME. As a table: --format markdown or csv.';

const heading = (text: string): Line => ({ text, tone: 'heading' });
const quiet = (text: string): Line => ({ text, tone: 'quiet' });

const sectionLines = ({ title, isGrave, places }: AnswerSection): Line[] => [
  { text: title, tone: isGrave ? 'warn' : 'heading' },
  // What a set can is told where it stands first.
  ...places.flatMap((place, index) => placeLines(place, isSame(place, places[index - 1]))),
];

const isSame = ({ permissionSet, cause }: AnswerPlace, before: AnswerPlace | undefined): boolean =>
  before?.permissionSet === permissionSet && before.cause === cause;

/** Where there is one row, what stands at its right edge finds room in the line above it. */
function placeLines({ permissionSet, cause, accounts, rows }: AnswerPlace, isTold: boolean): Line[] {
  const why = cause === '' || isTold ? '' : ` (${cause})`;
  const asides = rows.map(({ until, lines }) => [until, lines].filter((text) => text !== '').join(', '));
  const [first = ''] = asides;
  const isOne = rows.length === 1;
  return [
    { indent: 2, text: `${permissionSet}${why} in ${accounts}`, ...(isOne && { aside: first }) },
    ...rows.flatMap(({ who, note, why }, index): Line[] => [
      { indent: 6, text: who, ...(!isOne && { aside: asides[index] ?? '' }) },
      ...(note === '' ? [] : [{ indent: 8, text: note, tone: 'warn' } as const]),
      ...(why === '' ? [] : [{ indent: 8, text: why, tone: 'quiet' } as const]),
    ]),
  ];
}
