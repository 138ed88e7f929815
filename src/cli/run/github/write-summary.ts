import { appendFileSync } from 'node:fs';
import type { Io } from '../../io.ts';

/**
 * Adds Markdown to the summary of the job's run, where one asks for it who can't see the log; nothing outside of a job.
 * @param text inert where it is not ours.
 */
export function writeSummary(io: Io, text: string): void {
  const file = io.env['GITHUB_STEP_SUMMARY'];
  if (file) appendFileSync(file, `${text}\n`);
}
