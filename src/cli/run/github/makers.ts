import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileSuffix } from '../../../core/file-name.ts';
import { versionOf } from '../../../repository/version-line.ts';

const folder = path.join('.github', 'workflows');

/**
 * The workflows that open pull requests for the file, and those that idc has written for other files into the checkout, by the
 * names of their files.
 * @param file the identity file, by its path in the repository
 */
export function makersFor(file: string): string[] {
  return [...new Set([`review${fileSuffix(file)}.yml`, ...writtenHere()])];
}

function writtenHere(): string[] {
  try {
    const names = readdirSync(folder).filter((name) => /^review(-[\w-]+)?\.yml$/.test(name));
    return names.filter((name) => versionOf(readFileSync(path.join(folder, name), 'utf8')) !== undefined);
  } catch {
    return [];
  }
}
