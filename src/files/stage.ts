import { randomUUID } from 'node:crypto';
import {
  closeSync,
  fchmodSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

/** The place of a file that the person named. */
export function placeOf(file: string): string {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found && !found.isFile()) throw new Error('it is not a regular file');
  return found ? realpathSync(file) : file;
}

/** What is whole on the disk, and not yet in its place. */
export interface Staged {
  target: string;
  put(): void;
  /** Does nothing to what has been put. */
  discard(): void;
}

/**
 * Writes a text beside its place.
 * @param mode of the file; by default it is for its owner alone
 */
export function stage(
  target: string,
  text: string | Iterable<string>,
  { sync, mode = 0o600 }: { sync: boolean; mode?: number },
): Staged {
  const temporary = path.join(path.dirname(target), `.idc-${randomUUID()}`);
  const discard = (): void => rmSync(temporary, { force: true });
  try {
    const descriptor = openSync(temporary, 'wx', 0o600);
    try {
      if (mode !== 0o600) fchmodSync(descriptor, mode);
      for (const piece of typeof text === 'string' ? [text] : text) writeFileSync(descriptor, piece);
      if (sync) fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    discard();
    throw error;
  }
  return { target, put: () => renameSync(temporary, target), discard };
}
