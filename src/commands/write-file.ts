import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, openSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ReportedError } from '../core/errors.ts';

/** Writes a file that the person named. */
export function writeText(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw unwritable(file, error);
  }
}

/** The same in one go, so that nobody ever reads half of it, and for its owner alone. */
export function replacePrivately(file: string, text: string): void {
  try {
    const found = statSync(file, { throwIfNoEntry: false });
    if (found && !found.isFile()) throw new Error('it is no regular file');
    // Where it is a link, it stays one.
    const target = found ? realpathSync(file) : file;
    const temporary = path.join(path.dirname(target), `.${path.basename(target)}.idc-${randomUUID()}`);
    try {
      const descriptor = openSync(temporary, 'wx', 0o600);
      try {
        writeFileSync(descriptor, text);
        fsyncSync(descriptor);
      } finally {
        closeSync(descriptor);
      }
      renameSync(temporary, target);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    }
  } catch (error) {
    throw unwritable(file, error);
  }
}

const unwritable = (file: string, error: unknown): ReportedError =>
  new ReportedError('unwritable-file', `${file} can't be written: ${(error as Error).message}`);
