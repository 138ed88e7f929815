import { lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type ListFolder, loadIdentityFile } from '../../../config/load.ts';
import { ConfigError, ReportedError } from '../../../core/errors.ts';
import type { GitHub } from '../../../github/client.ts';
import { belongsToTool } from '../../../github/files-of-tools.ts';
import type { FileAccess } from '../../../github/protection/repository.ts';
import { collectFiles, repositoryPath, type Found, type Wanted } from '../../../github/pull-request-files.ts';
import { unwritable } from '../../../files/unwritable.ts';
import { sanitize } from '../../../core/sanitize.ts';

// The identity file of a commit, and all that it refers to, as data: nothing of the commit is run or checked out.

/** The identity file's path in the repository. */
export function identityPath(file: string): string {
  const main = repositoryPath(file);
  if (main !== undefined) return main;
  throw new ReportedError(
    'path-outside',
    `${file} is not a path inside the repository.`,
    'Name the identity file from the top of the repository, with forward slashes: --file access/identity.yaml.',
  );
}

/** What has been found, and what of it keeps the file from being read as a whole. */
export interface IdentityFiles extends Found {
  fault?: ReportedError;
}

/** What is the same in the checkout that the command runs in, by git's hash, costs no request. */
export async function collectIdentityFiles(gitHub: GitHub, commit: string, main: string): Promise<IdentityFiles> {
  const listed = new Set<string>();
  const found = await collectFiles(gitHub, commit, (known) => referredTo(main, known, listed), checkedOut);
  const fault = faultOf(found, listed);
  return { ...found, ...(fault && { fault }) };
}

/** What `idc github check` reads of a repository besides its settings. */
export const fileAccess: FileAccess = {
  checkedOut,
  async referredTo(gitHub, commit, file) {
    const { files } = await collectIdentityFiles(gitHub, commit, file);
    return [file, ...files.keys()];
  },
};

/** Whether both commits say the same: what a pattern matches is among the files. */
export function areSame(one: Found, other: Found): boolean {
  const isSameSize = one.files.size === other.files.size && one.absent.size === other.absent.size;
  return (
    isSameSize &&
    [...one.files].every(([name, content]) => other.files.get(name)?.equals(content)) &&
    [...one.absent].every(([name, why]) => other.absent.get(name) === why)
  );
}

/** The file of the checkout that the command runs in; undefined where there is none, or something else. */
function checkedOut(name: string): Buffer | undefined {
  try {
    return lstatSync(name).isFile() ? readFileSync(name) : undefined;
  } catch {
    return undefined;
  }
}

/** Where the loader is told that the repository is. */
const root = path.resolve('repository');

/**
 * What the loader asks for and is not known yet; what else it finds wrong is the plan's to say.
 * @param listed the folders that patterns look into are added to it.
 */
function referredTo(main: string, { files, absent, folders }: Found, listed: Set<string>): Wanted {
  const wanted = { files: [] as string[], folders: [] as string[] };
  const nameOf = (absolute: string): string => path.relative(root, absolute).replaceAll(path.sep, '/') || '.';
  const readFile = (absolute: string): string => {
    const name = nameOf(absolute);
    const content = files.get(name);
    if (content) return content.toString();
    if (!absent.has(name)) wanted.files.push(name);
    throw Object.assign(new Error(`${name} is not here`), { code: 'ENOENT' });
  };
  const listFolder: ListFolder = (absolute) => {
    const name = nameOf(absolute);
    const folder = folders.get(name);
    listed.add(name);
    if (!folder) wanted.folders.push(name);
    // A symbolic link and a submodule are not walked through.
    return [...(folder ?? [])].map(([entry, { kind }]) => ({ name: entry, isFolder: kind === 'folder' }));
  };
  try {
    loadIdentityFile(path.join(root, main), readFile, listFolder);
  } catch (error) {
    if (!(error instanceof ConfigError || error instanceof ReportedError)) throw error;
  }
  return wanted;
}

/**
 * A file that a pattern matches and that can't be fetched would be missing from the folder, and the pattern would match
 * the others without a word. A file that another tool obeys must not be written; it is compared all the same, so that a
 * change of it is not taken for none.
 */
function faultOf({ files, absent, folders }: Found, listed: ReadonlySet<string>): ReportedError | undefined {
  const ofTool = [...files.keys()].find(belongsToTool);
  if (ofTool !== undefined) {
    return new ReportedError(
      'path-of-tool',
      `${sanitize(ofTool)} has a name that another tool may obey where it is written, such as npm, so it is not downloaded.`,
      'Give the file a name without a dot at the beginning of any part, outside node_modules, and not that of a package manager.',
    );
  }
  for (const [name, why] of absent) {
    const { dir, base } = path.posix.parse(name);
    const folder = dir || '.';
    if (!listed.has(folder) || !folders.get(folder)?.has(base)) continue;
    const hint = 'An included file is a file of the repository, or a link to one.';
    return new ReportedError('unreadable-file', `${sanitize(name)} ${why}.`, hint);
  }
  return undefined;
}

/** Nothing that is already there can be overwritten, or lead elsewhere by a symbolic link. */
export function checkIsNew(folder: string): void {
  try {
    if (lstatSync(folder).isDirectory() && readdirSync(folder).length === 0) return;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw unwritable('unwritable-folder', folder, error);
  }
  throw new ReportedError(
    'folder-not-new',
    `${folder} is there already, and is not an empty folder.`,
    'Name one with --out that does not exist yet.',
  );
}

export function writeFiles(folder: string, files: Found['files']): void {
  try {
    for (const [name, content] of files) {
      const target = path.join(folder, ...name.split('/'));
      mkdirSync(path.dirname(target), { recursive: true });
      // `wx` follows no link and overwrites nothing.
      writeFileSync(target, content, { flag: 'wx' });
    }
  } catch (error) {
    throw unwritable('unwritable-folder', folder, error);
  }
}

/** `3 files`. */
export const fileCount = ({ files }: Found): string => `${files.size} ${files.size === 1 ? 'file' : 'files'}`;
