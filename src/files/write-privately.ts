import { realpathSync } from 'node:fs';
import path from 'node:path';
import { placeOf, stage, type Staged } from './stage.ts';
import { unwritable } from './unwritable.ts';

// Most of what is written names people and what they can do, so all of it is for its owner alone.

/**
 * Writes a file that the person named; where it is a link, it stays one. What was there is replaced, its mode too.
 * @param text whole, or in pieces
 */
export function writePrivately(file: string, text: string | Iterable<string>): void {
  try {
    replace(placeOf(file), text, { sync: true });
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
    // Thousands of files would each wait for the disk, and they are made again as easily.
    replace(placeIn(folder, name), text, { sync: false });
  } catch (error) {
    throw unwritable('unwritable-file', file, error);
  }
}

/**
 * Writes files that belong together, and last the one that names them: where the disk is full, none of them is replaced.
 * @param others names of files in the same folder, as for `writePrivatelyInto`, with their texts
 */
export function writeTogether(file: string, text: string, others: ReadonlyMap<string, string>): void {
  const folder = path.dirname(file);
  const staged: Staged[] = [];
  let now = file;
  try {
    for (const [name, content] of others) {
      now = path.join(folder, name);
      staged.push(stage(placeIn(folder, name), content, { sync: true }));
    }
    now = file;
    staged.push(stage(placeOf(file), text, { sync: true }));
    for (const { target, put } of staged) {
      now = target;
      put();
    }
  } catch (error) {
    for (const { discard } of staged) discard();
    throw unwritable('unwritable-file', now, error);
  }
}

/** The place of a file that they have not seen. */
function placeIn(folder: string, name: string): string {
  const file = path.join(folder, name);
  const own = path.join(realpathSync(folder), path.dirname(name));
  if (realpathSync(own) !== own) throw new Error(`${path.dirname(file)} is a symbolic link`);
  return file;
}

/** In one go, so that no one ever reads half of it. */
function replace(file: string, text: string | Iterable<string>, options: { sync: boolean }): void {
  const { put, discard } = stage(file, text, options);
  try {
    put();
  } catch (error) {
    discard();
    throw error;
  }
}
