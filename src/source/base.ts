import { existsSync, statSync } from 'node:fs';
import { loadIdentityFile, type LoadedFile } from '../config/load.ts';
import { ConfigError, ReportedError, type Diagnostic } from '../core/errors.ts';
import { nounCount } from '../core/words.ts';
import { filesAtMergeBase } from './commit-files.ts';
import { noteOf, readBaseFolder } from './fetched-base.ts';
import { loadFile } from './load-file.ts';

/** The file before, or why it could not be used. */
export type Base = { name: string; commit?: string; loaded: LoadedFile } | { missing: string };

/**
 * Loads the file before: an existing file with what it includes, a folder that was fetched, or the identity file at the merge
 * base of a revision of git with HEAD. Never fails: what can't be used is `missing`, with the reason.
 * @param given a file, a folder or a revision
 * @param file the identity file
 */
export function loadBase(given: string, file: string): Base {
  try {
    if (isFile(given)) return { name: given, loaded: loadFile(given) };
    if (isFile(noteOf(given))) {
      const { branch, commit, file: main } = readBaseFolder(given);
      return { name: branch, commit, loaded: loadFile(main) };
    }
    const { commit, readFile, listFolder } = filesAtMergeBase(given, file);
    return { name: given, commit, loaded: loadIdentityFile(file, readFile, listFolder) };
  } catch (error) {
    if (error instanceof ConfigError) return { missing: `${given} has ${errorsText(error.diagnostics)}` };
    if (!(error instanceof ReportedError)) throw error;
    // Where it is the file that can't be read, the message says so itself.
    const about = error.code === 'unreadable-file' ? '' : `${given} `;
    return { missing: `${about}${error.message.replace(/\.$/, '')}` };
  }
}

function errorsText(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  const place = first?.place ? ` (${first.place.file}:${first.place.line})` : '';
  const text = first ? `: ${first.message.replace(/\.$/, '')}${place}` : '';
  return `${nounCount(errors.length, ['error', 'errors'])}${errors.length > 1 ? ', the first' : ''}${text}`;
}

const isFile = (path: string): boolean => existsSync(path) && !statSync(path).isDirectory();
