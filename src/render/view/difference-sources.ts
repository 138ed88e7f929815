import type { DifferenceSource } from '../../core/state-difference.ts';
import { sanitize } from '../../core/sanitize.ts';
import { describeSnapshot } from '../../core/snapshot-age.ts';

/** What one side of a difference is: `a snapshot of 2026-06-15 03:00 UTC, 9 hours old`. */
export function sourceWords(source: DifferenceSource, now: Date): string {
  if (source.type === 'live') return 'the live state';
  if (source.type === 'snapshot') return describeSnapshot(source.takenAt, now);
  if (source.type === 'file') return sanitize(source.file);
  return `the state ${source.side} the plan ${sanitize(source.file)}`;
}
