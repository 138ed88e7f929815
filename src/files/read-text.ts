import { readFileSync } from 'node:fs';
import { ReportedError } from '../core/errors.ts';

/** A file that a command is given. */
export function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new ReportedError('unreadable-file', `${file} can't be read: ${(error as Error).message}`);
  }
}
