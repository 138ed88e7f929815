import { lstatSync, readFileSync } from 'node:fs';

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
