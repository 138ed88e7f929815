import { readFileSync } from 'node:fs';
import { decodeText } from '../core/decode-text.ts';
import { ReportedError } from '../core/errors.ts';

/** A file that a command is given. Errors: a `ReportedError` where it can't be read, or is not UTF-8. */
export function readText(file: string): string {
  try {
    return decodeText(readFileSync(file)).replace(/^\uFEFF/, '');
  } catch (error) {
    if (error instanceof ReportedError) throw new ReportedError('unreadable-file', `${file} ${error.message}.`);
    throw new ReportedError('unreadable-file', `${file} can't be read: ${(error as Error).message}`);
  }
}
