import type { Plan } from '../../core/plan.ts';
import { sanitize } from '../../core/sanitize.ts';
import { listOf } from './wording.ts';

/** Lines of the file in one sentence. */
const lines = 3;

export const endsHeading = 'Ends within 30 days, or changed';

/** `Reader in production to taro: until 2026-12-31 (line 31)`, and what the end was before. */
export const endSentences = ({ ends }: Pick<Plan, 'ends'>): string[] =>
  ends.map(({ label, until, before, place }) => {
    const was = before === undefined ? '' : `${endText(before)} -> `;
    return `${sanitize(label)}: ${was}${endText(until)}${placesText(place ? [place] : [])}`;
  });

const endText = (until: string | null): string => (until === null ? 'no end' : `until ${sanitize(until)}`);

/** ` (identity.yaml:12)`; empty where the file is not known. */
export function placesText(places: readonly { file: string; line: number }[]): string {
  const texts = [...new Set(places.map(({ file, line }) => `${sanitize(file)}:${line}`))];
  return texts.length === 0 ? '' : ` (${listOf(texts, lines)})`;
}
