import type { Section } from './truncate.ts';
import { code, placeLink, prose } from './inline.ts';
import type { PlanView } from '../view/view.ts';

/** A list under its heading; none where there is nothing to say. */
export function warningSections(
  { warnings }: Pick<PlanView, 'warnings'>,
  title = 'Warnings',
  filesUrl?: string,
): Section[] {
  if (warnings.length === 0) return [];
  const rows = warnings.map(({ code: name, message, place, line }) => {
    const link = place !== undefined && line !== undefined ? [placeLink(place, line, filesUrl)] : [];
    const where = [code(name), ...link].join(', ');
    return { text: `- ${prose(message)} (${where})\n` };
  });
  return [{ rowsAre: title.toLowerCase(), open: `### ${title}\n\n`, rows, close: '' }];
}
