import type { Section } from './truncate.ts';
import { code, prose } from './inline.ts';
import type { PlanView } from '../view/view.ts';

/** A list under its heading; none where there is nothing to say. */
export function warningSections({ warnings }: Pick<PlanView, 'warnings'>, title = 'Warnings'): Section[] {
  if (warnings.length === 0) return [];
  const rows = warnings.map(({ code: name, message, place }) => {
    const where = [name, ...(place === undefined ? [] : [place])].map(code).join(', ');
    return { text: `- ${prose(message)} (${where})\n` };
  });
  return [{ rowsAre: title.toLowerCase(), open: `### ${title}\n\n`, rows, close: '' }];
}
