import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, openSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { unwritable } from './unwritable.ts';

// Most of what is written names people and what they can do, so all of it is for its owner alone.

/**
 * Writes a file that the person named; where it is a link, it stays one. What was there is replaced, its mode too.
 * @param text whole, or in pieces
 */
export function writePrivately(file: string, text: string | Iterable<string>): void {
  try {
    const found = statSync(file, { throwIfNoEntry: false });
    if (found && !found.isFile()) throw new Error('it is not a regular file');
    replace(found ? realpathSync(file) : file, text, { sync: true });
  } catch (error) {
    throw unwritable('unwritable-file', file, error);
  }
}

/**
 * Writes a file whose name the person has not seen, into a folder that they named. A link is replaced and never followed:
 * it may have come with the repository, and lead to a file of theirs.
 */
export function writePrivatelyInto(folder: string, name: string, text: string): void {
  const file = path.join(folder, name);
  try {
    const own = path.join(realpathSync(folder), path.dirname(name));
    if (realpathSync(own) !== own) throw new Error(`${path.dirname(file)} is a symbolic link`);
    // Thousands of files would each wait for the disk, and they are made again as easily.
    replace(file, text, { sync: false });
  } catch (error) {
    throw unwritable('unwritable-file', file, error);
  }
}

/** In one go, so that no one ever reads half of it. */
function replace(file: string, text: string | Iterable<string>, { sync }: { sync: boolean }): void {
  const temporary = path.join(path.dirname(file), `.idc-${randomUUID()}`);
  try {
    const descriptor = openSync(temporary, 'wx', 0o600);
    try {
      for (const piece of typeof text === 'string' ? [text] : text) writeFileSync(descriptor, piece);
      if (sync) fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
