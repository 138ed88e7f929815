import type { Section } from './truncate.ts';
import { code, prose } from './inline.ts';
import type { LetterView, PlanView } from '../view/view.ts';
import { wrap } from '../wrap.ts';

/** A list, and folded under it the messages that somebody has to send. */
export function warningSections({ warnings }: Pick<PlanView, 'warnings'>, title = 'Warnings'): Section[] {
  if (warnings.length === 0) return [];
  const rows = warnings.map(({ code: name, message, place }) => {
    const where = [name, ...(place === undefined ? [] : [place])].map(code).join(', ');
    return { text: `- ${prose(message)} (${where})\n` };
  });
  const letters = warnings.flatMap(({ toSend }) => toSend);
  const list: Section = { rowsAre: title.toLowerCase(), open: `### ${title}\n\n`, rows, close: '' };
  if (letters.length === 0) return [list];
  const summary = `${letters.length === 1 ? 'The text' : `${letters.length} texts`} to send`;
  const texts: Section = {
    rowsAre: 'texts to send',
    open: `<details><summary>${summary}</summary>\n`,
    rows: letters.map(({ to, lines }) => ({ text: `\nTo ${code(to)}:\n\n${lines.flatMap(indented).join('')}` })),
    close: '\n</details>\n',
  };
  return [list, texts];
}

/** A block of code has no line breaks but its own. */
const columns = 76;

/** An indented block: no value begins a line. */
const indented = ({ text, isCopy }: LetterView['lines'][number]): string[] =>
  (isCopy || text.startsWith(' ') ? [text] : wrap(text, columns)).map(
    (part) => `${part === '' ? '' : `    ${part}`}\n`,
  );
