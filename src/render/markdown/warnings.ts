import type { Section } from './truncate.ts';
import { code, placeLink, prose } from './inline.ts';
import type { WarningView } from '../view/view.ts';

/** A list under its heading, or folded; none where there is nothing to say. */
export function warningSections(
  title: string,
  warnings: readonly WarningView[],
  { filesUrl, isFolded = false }: { filesUrl?: string | undefined; isFolded?: boolean },
): Section[] {
  if (warnings.length === 0) return [];
  const rows = warnings.map(({ code: name, message, place, line }) => {
    const link = place !== undefined && line !== undefined ? [placeLink(place, line, filesUrl)] : [];
    const where = [code(name), ...link].join(', ');
    return { text: `- ${prose(message)} (${where})\n` };
  });
  const [open, close] = isFolded
    ? [`<details><summary>${title}: ${warnings.length}</summary>\n\n`, '\n</details>\n']
    : [`### ${title}\n\n`, ''];
  return [{ rowsAre: title.toLowerCase(), open, rows, close }];
}
