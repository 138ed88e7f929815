import type { Plan } from '../../core/plan.ts';
import { sanitize } from '../../core/sanitize.ts';
import { listOf } from './wording.ts';

/** Lines of the file in one sentence. */
const lines = 3;

const noEnd = 'no end';

export const endsHeading = 'Ends within 30 days, or changed';

/** `Reader in production to taro: until 2026-12-31 instead of no end (identity.yaml:31)` */
export const endSentences = ({ ends }: Pick<Plan, 'ends'>): string[] =>
  ends.map(({ label, until, before, place }) => {
    const was = before === undefined ? '' : ` instead of ${before === null ? noEnd : sanitize(before)}`;
    const end = until === null ? noEnd : `until ${sanitize(until)}`;
    return `${sanitize(label)}: ${end}${was}${placesText(place ? [place] : [])}`;
  });

/** ` (identity.yaml:12)`; empty where the file is not known. */
export function placesText(places: readonly { file: string; line: number }[]): string {
  const texts = [...new Set(places.map(({ file, line }) => `${sanitize(file)}:${line}`))];
  return texts.length === 0 ? '' : ` (${listOf(texts, lines)})`;
}
