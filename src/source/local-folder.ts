import { lstatSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { ReportedError } from '../core/errors.ts';
import { writePrivatelyInto } from '../files/write-privately.ts';

/**
 * The folder of the embedded Identity Center: `.idc` beside the file, which git ignores of itself. Nothing in it is written
 * through a link, which may have come with the repository and lead to a file of whoever runs idc. Errors: `local-link`,
 * `local-unusable`.
 */
export function openLocalFolder(file: string): string {
  const folder = path.join(path.dirname(path.resolve(file)), '.idc');
  try {
    if (isLink(folder)) throw linked(folder);
    mkdirSync(folder, { recursive: true });
    const link = readdirSync(folder, { withFileTypes: true }).find((entry) => entry.isSymbolicLink());
    if (link) throw linked(path.join(folder, link.name));
    writePrivatelyInto(folder, '.gitignore', '*\n');
    return folder;
  } catch (error) {
    if (error instanceof ReportedError) throw error;
    throw new ReportedError(
      'local-unusable',
      `The local Identity Center can't be kept in ${folder}: ${(error as Error).message}`,
      'Make it a folder that you can write to.',
    );
  }
}

const isLink = (file: string): boolean => lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;

const linked = (file: string): ReportedError =>
  new ReportedError(
    'local-link',
    `${file} is a symbolic link, so idc does not write through it: that could overwrite a file elsewhere.`,
    `Find out where it comes from, and remove it. --local makes what it needs.`,
  );
