import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { decodeText } from '../core/decode-text.ts';
import { ReportedError } from '../core/errors.ts';

/** Takes an absolute path; throws like `node:fs`. */
export type ReadFile = (path: string) => string;

/** What is in a folder: takes an absolute path; throws like `node:fs`. A symbolic link is no folder. */
export type ListFolder = (path: string) => { name: string; isFolder: boolean }[];

export interface ReadFiles {
  readFile: ReadFile;
  /** Only for patterns. */
  listFolder: ListFolder;
}

const largest = 10_000_000;
/** Of all files that another one refers to. */
const largestTogether = 50_000_000;

/** Reads the identity file wherever it is, and any other file only from inside its folder, symbolic links followed. */
export function readFilesBeside(identityFile: string): ReadFile {
  const main = resolve(identityFile);
  return (path) => readTextFile(path === main ? path : realPathInside(dirname(main), path));
}

/** Lists the folder of the identity file and those inside it, symbolic links followed; one that is not there is empty. */
export function listFoldersBeside(identityFile: string): ListFolder {
  const top = dirname(resolve(identityFile));
  return (path) => {
    try {
      const entries = readdirSync(path === top ? path : realPathInside(top, path), { withFileTypes: true });
      return entries.map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }));
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code === 'ENOENT' || code === 'ENOTDIR') return [];
      throw error;
    }
  };
}

/** The file's real place, which has to be inside the folder's real place. */
function realPathInside(folder: string, path: string): string {
  const real = realpathSync(path);
  if (!isInside(realpathSync(folder), real)) {
    throw new ReportedError('file-outside', 'is a symbolic link that leads outside the folder of the identity file');
  }
  return real;
}

/** True where the path stays below the folder. Both are absolute. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function readTextFile(path: string): string {
  if (statSync(path).size > largest) throw tooLarge();
  return fileText(readFileSync(path));
}

/** The whole of the standard input. */
export const readStandardInput = (): string => fileText(readFileSync(0));

/** The text of what was read. Errors: a `ReportedError` where it is too large, or not UTF-8. */
export function fileText(bytes: Buffer): string {
  if (bytes.length > largest) throw tooLarge();
  return decodeText(bytes);
}

/** Says of any reader's text what makes it unfit. */
export function checkText(text: string): string {
  if (Buffer.byteLength(text) > largest) throw tooLarge();
  if (text.includes('\0')) throw new ReportedError('not-text', 'is not a text file: it holds zero bytes');
  return text.replace(/^\uFEFF/, '');
}

/**
 * The same reader until its texts together are too large to be held: a small repository can have one large file under
 * many names.
 */
export function limitTogether(readFile: ReadFile): ReadFile {
  let together = 0;
  return (path) => {
    if (together <= largestTogether) {
      const text = readFile(path);
      together += Buffer.byteLength(text);
      if (together <= largestTogether) return text;
    }
    throw new ReportedError('files-too-large', 'makes more than 50 MB, together with the other files that are read');
  };
}

const tooLarge = (): ReportedError => new ReportedError('file-too-large', 'is larger than 10 MB');

const meanings = new Map([
  ['ENOENT', 'does not exist'],
  ['EISDIR', 'is a folder'],
  ['ENOTDIR', 'is not in a folder'],
  ['EACCES', 'may not be read by you'],
  ['ELOOP', 'is a symbolic link that leads to itself'],
]);

/** Why a file could not be read, as the end of a sentence about it. */
export function whyUnreadable(error: unknown): string {
  if (error instanceof ReportedError) return error.message;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return meanings.get(code) ?? `cannot be read (${code || String(error)})`;
}
