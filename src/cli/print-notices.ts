import { sanitize } from '../core/sanitize.ts';
import type { Io } from './io.ts';

/** What there is to say about profiles, a line each. */
export function printNotices(io: Io, notices: readonly { code: string; message: string }[]): void {
  for (const { code, message } of notices) io.err(`${code}: ${sanitize(message)}\n`);
}
