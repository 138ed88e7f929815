import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { loadIdentityFile, type LoadedFile } from '../config/load.ts';
import { ConfigError, ReportedError, type Diagnostic } from '../core/errors.ts';
import type { BegunFile } from '../core/findings.ts';
import { nounCount } from '../core/words.ts';
import { entriesBeyond } from './begun-files.ts';
import { filesAtMergeBase } from './commit-files.ts';
import { noteOf, readBaseFolder, type FetchedFile } from './fetched-base.ts';
import { loadFile } from './load-file.ts';

/** The file before, or why it could not be used. */
type Before = { name: string; commit?: string; loaded: LoadedFile } | { missing: string };

/** The file before, and what later files ask for that were applied in part. */
export type Base = Before & { begun?: BegunFile[] };

/**
 * Loads the file before: an existing file with what it includes, a folder that was fetched, or the identity file at the merge
 * base of a revision of git with HEAD. Never fails: what can't be used is `missing`, with the reason.
 * @param given a file, a folder or a revision
 * @param file the identity file
 */
export function loadBase(given: string, file: string): Base {
  if (isFile(given)) return orMissing(given, () => ({ name: given, loaded: loadFile(given) }));
  if (isFile(noteOf(given))) return orMissing(given, () => loadFetched(given));
  return orMissing(given, () => {
    const { commit, readFile, listFolder } = filesAtMergeBase(given, file);
    return { name: given, commit, loaded: loadIdentityFile(file, readFile, listFolder) };
  });
}

function loadFetched(folder: string): Base {
  const { branch, base, begun } = readBaseFolder(folder);
  const before: Before =
    'path' in base
      ? orMissing(folder, () => ({ name: branch, commit: base.commit, loaded: loadFile(base.path) }), base.folder)
      : base;
  const document = 'loaded' in before ? before.loaded.document : undefined;
  const later = begun.map((one) => loadBegun(one, document)).filter(asksForMore);
  return { ...before, ...(later.length > 0 && { begun: later }) };
}

function loadBegun(file: FetchedFile, before: LoadedFile['document'] | undefined): BegunFile {
  const { commit } = file;
  if ('missing' in file) return { commit, missing: file.missing };
  return {
    commit,
    ...orMissing('it', () => ({ entries: entriesBeyond(loadFile(file.path).document, before) }), file.folder),
  };
}

const asksForMore = (one: BegunFile): boolean => 'missing' in one || Object.keys(one.entries as object).length > 0;

/**
 * What is loaded, or why it can't be; the name begins the reason.
 * @param folder in which places are told, where they are not told as they are
 */
function orMissing<Loaded>(name: string, load: () => Loaded, folder?: string): Loaded | { missing: string } {
  try {
    return load();
  } catch (error) {
    if (error instanceof ConfigError) return { missing: `${name} has ${errorsText(error.diagnostics, folder)}` };
    if (!(error instanceof ReportedError)) throw error;
    // Where it is the file that can't be read, the message says so itself.
    const about = error.code === 'unreadable-file' ? '' : `${name} `;
    return { missing: `${about}${error.message.replace(/\.$/, '')}` };
  }
}

function errorsText(diagnostics: readonly Diagnostic[], folder: string | undefined): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  const fileOf = (file: string): string =>
    folder === undefined ? file : path.relative(folder, file).replaceAll(path.sep, '/');
  const place = first?.place ? ` (${fileOf(first.place.file)}:${first.place.line})` : '';
  const text = first ? `: ${first.message.replace(/\.$/, '')}${place}` : '';
  return `${nounCount(errors.length, ['error', 'errors'])}${errors.length > 1 ? ', the first' : ''}${text}`;
}

const isFile = (name: string): boolean => existsSync(name) && !statSync(name).isDirectory();
