import type { AccessAnswer } from '../../core/access-answer.ts';
import { answerHeading } from '../view/answer-words.ts';
import { viewAnswer, type AnswerSection } from '../view/answer-view.ts';
import { type EntitlementsView, viewEntitlements } from '../view/entitlements-view.ts';
import { prose } from './inline.ts';
import { table } from './table.ts';

/** Who holds what and by which lines of the file, as Markdown: the facts, and a table of the grants. */
export function renderAnswerMarkdown(answer: AccessAnswer, now: Date): string {
  const { facts, sentence, sections } = viewAnswer(answer);
  const parts = [
    `# ${prose(answerHeading(answer, now))}`,
    ...(sentence === undefined ? [] : [prose(sentence)]),
    ...(facts.length === 0 ? [] : [facts.map(({ sign, text }) => `- ${markOf(sign)}${prose(text)}`).join('\n')]),
    ...sections.map((section) => `## ${prose(section.title)}\n\n${grantsTable(section)}`),
    ...entitlementParts(viewEntitlements(answer)),
  ];
  return `${parts.join('\n\n')}\n`;
}

function entitlementParts(view: EntitlementsView | undefined): string[] {
  if (!view) return [];
  const { title, lines } = view;
  return lines.length === 0
    ? [prose(title)]
    : [`## ${prose(title)}`, lines.map((line) => `- ${prose(line)}`).join('\n')];
}

const markOf = (sign: '!' | '?' | ''): string => (sign === '!' ? '**Note:** ' : sign === '?' ? '**Not known:** ' : '');

const titles = ['Permission set', 'Power', 'Accounts', 'Who', 'Where from', 'Ends'];

const grantsTable = ({ places }: AnswerSection): string =>
  table(
    titles,
    places.flatMap(({ permissionSet, power, accounts, rows }) =>
      rows.map(({ who, until, lines, note, why }) => [
        prose(permissionSet),
        prose(power),
        prose(accounts),
        prose(who),
        orNothing([lines, note, why].filter((text) => text !== '').join('; ')),
        orNothing(until),
      ]),
    ),
  ).trimEnd();

const orNothing = (text: string): string => (text === '' ? '' : prose(text));
