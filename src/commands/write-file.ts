import { writeFileSync } from 'node:fs';
import { ReportedError } from '../core/errors.ts';

/** Writes a file that the person named. */
export function writeText(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new ReportedError('unwritable-file', `${file} can't be written: ${(error as Error).message}`);
  }
}
