import type { AccessSource } from '../../core/access-answer.ts';
import { sanitize } from '../../core/sanitize.ts';
import { describeSnapshot } from '../../core/snapshot-age.ts';

/** What an answer was made from, as a sentence goes on. */
export function sourceWords(source: AccessSource, now: Date): string {
  if (source.type === 'live') return 'what is live';
  if (source.type === 'snapshot') return describeSnapshot(source.takenAt, now);
  return `${sanitize(source.file)} alone, without a look at what is live`;
}
