import { existsSync, lstatSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** What is in the folder that idc was started in. */
export interface Here {
  /** The text of a file; undefined where there is none. A folder, a link or what can't be read has the text of none of our files. */
  read(file: string): string | undefined;
}

export function readHere(): Here {
  return {
    read(file) {
      const found = lstatSync(file, { throwIfNoEntry: false });
      if (!found) return undefined;
      try {
        return found.isFile() ? readFileSync(file, 'utf8') : '';
      } catch {
        return '';
      }
    },
  };
}

/** The top of the git repository that this folder lies in; undefined where it is the top, or there is none. */
export function topAbove(): string | undefined {
  for (let folder = path.resolve(); !existsSync(path.join(folder, '.git')); folder = path.dirname(folder)) {
    if (folder === path.dirname(folder)) return undefined;
    if (existsSync(path.join(path.dirname(folder), '.git'))) return path.dirname(folder);
  }
  return undefined;
}
