import { lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type ListFolder, loadIdentityFile } from '../../../config/load.ts';
import { defaultFile } from '../../../core/file-name.ts';
import { ConfigError, ReportedError } from '../../../core/errors.ts';
import { awaitTestMerge } from '../../../github/pull-request.ts';
import { collectFiles, repositoryPath, type Found, type Wanted } from '../../../github/pull-request-files.ts';
import { unwritable } from '../../../files/unwritable.ts';
import { sanitize } from '../../../core/sanitize.ts';
import { openGitHub } from './session.ts';
import { exitCodes, type CommonFlags, type Io } from '../../io.ts';
import { writeOutputs } from './write-outputs.ts';

export interface GitHubFetchFlags extends CommonFlags {
  out?: string;
}

/** Downloads the identity file of a pull request and all that it refers to, as they would be after the merge. */
export async function gitHubFetch(
  io: Io,
  flags: GitHubFetchFlags,
  pullRequest: number,
  version: string,
): Promise<number> {
  const { file = defaultFile, out: folder = '' } = flags;
  const main = repositoryPath(file);
  if (main === undefined) {
    throw new ReportedError(
      'path-outside',
      `${file} is no path inside the repository.`,
      'Name the identity file from the top of the repository, with forward slashes: --file access/identity.yaml.',
    );
  }
  checkIsNew(folder);
  const gitHub = openGitHub(io, version);
  const { headSha, mergeSha, isFork } = await awaitTestMerge(gitHub, pullRequest);
  // Before anything can fail: the comment on why there is no plan depends on them.
  writeOutputs(io, { 'head-sha': headSha, 'merge-sha': mergeSha, fork: isFork });
  // Anyone may open one, and all jobs of the repository share what GitHub takes in an hour.
  if (isFork) gitHub.requests.most = mostRequestsOfFork;
  const listed = new Set<string>();
  const wanted = (found: Found): Wanted => referredTo(path.resolve(folder), main, found, listed);
  const found = await collectFiles(gitHub, mergeSha, wanted, checkedOut);
  const { files, absent } = found;
  const reason = absent.get(main);
  if (reason !== undefined) {
    throw new ReportedError(
      'unreadable-file',
      `${main} ${reason} in the merge of pull request #${pullRequest}.`,
      'Name the file that is meant with --file.',
    );
  }
  checkListed(found, listed);
  writeFiles(folder, files);
  // What is absent is for the plan to say, beside the line that refers to it.
  for (const [name, why] of absent) io.err(`Left out: ${sanitize(name)} ${why}.\n`);
  const origin = isFork ? ', which comes from another repository (a fork)' : '';
  io.err(`Wrote ${files.size} ${files.size === 1 ? 'file' : 'files'} of pull request #${pullRequest}${origin}.\n`);
  return exitCodes.done;
}

/** In each run, also those that waited for the test merge. */
const mostRequestsOfFork = 50;

/** The file of the checkout that the command runs in; undefined where there is none, or something else. */
function checkedOut(name: string): Buffer | undefined {
  try {
    return lstatSync(name).isFile() ? readFileSync(name) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * What the loader asks for and is not known yet; what else it finds wrong is the plan's to say.
 * @param listed the folders that patterns look into are added to it.
 */
function referredTo(root: string, main: string, { files, absent, folders }: Found, listed: Set<string>): Wanted {
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
 * the others without a word. Errors: a `ReportedError` that names it.
 */
function checkListed({ absent, folders }: Found, listed: ReadonlySet<string>): void {
  for (const [name, why] of absent) {
    const { dir, base } = path.posix.parse(name);
    const folder = dir || '.';
    if (!listed.has(folder) || !folders.get(folder)?.has(base)) continue;
    const hint = 'An included file is a file of the repository, or a link to one.';
    throw new ReportedError('unreadable-file', `${sanitize(name)} ${why}.`, hint);
  }
}

/** Nothing that is already there can be overwritten, or lead elsewhere by a symbolic link. */
function checkIsNew(folder: string): void {
  try {
    if (lstatSync(folder).isDirectory() && readdirSync(folder).length === 0) return;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw unwritable('unwritable-folder', folder, error);
  }
  throw new ReportedError(
    'folder-not-new',
    `${folder} is there already, and is no empty folder.`,
    'Name one with --out that does not exist yet.',
  );
}

function writeFiles(folder: string, files: Found['files']): void {
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
