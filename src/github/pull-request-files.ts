import { posix } from 'node:path';
import { ReportedError } from '../core/errors.ts';
import type { GitHub } from './client.ts';
import { asking } from './errors.ts';
import { isRequestFailure } from './retry.ts';

/** Bytes by path inside the repository. */
export type RepositoryFiles = Map<string, Buffer>;

/** What is wanted and not there, with the reason as the end of a sentence. */
export type AbsentFiles = Map<string, string>;

/** What folders hold, by path inside the repository; the top is `.`. A symbolic link and a submodule count as files. */
export type RepositoryFolders = Map<string, { name: string; isFolder: boolean }[]>;

/** Paths that are referred to and not known yet, in normal form. */
export interface Wanted {
  files: readonly string[];
  folders: readonly string[];
}

const mostFiles = 1000;
const mostBytes = 100_000_000;
/** GitHub's documentation of the contents API: a longer list is cut off, and nothing says so. */
const longestList = 1000;

/**
 * A path inside the repository in its normal form; undefined where it leads outside, or is one that another system reads
 * differently.
 */
export function repositoryPath(path: string): string | undefined {
  if (path === '' || /[\\\0]/.test(path) || path.startsWith('/') || /^[A-Za-z]:/.test(path)) return undefined;
  const normal = posix.normalize(path);
  const outside = normal === '.' || normal === '..' || normal.startsWith('../') || normal.endsWith('/');
  return outside ? undefined : normal;
}

/**
 * Downloads a file and all that it refers to, as they are in a commit.
 * @param wanted of all that has been downloaded: what is referred to and neither there nor known to be absent.
 */
export async function collectFiles(
  gitHub: GitHub,
  commit: string,
  wanted: (files: RepositoryFiles, absent: AbsentFiles, folders: RepositoryFolders) => Wanted,
): Promise<{ files: RepositoryFiles; absent: AbsentFiles; folders: RepositoryFolders }> {
  const files: RepositoryFiles = new Map();
  const absent: AbsentFiles = new Map();
  const folders: RepositoryFolders = new Map();
  let bytes = 0;
  for (let next = wanted(files, absent, folders); ; next = wanted(files, absent, folders)) {
    if (next.files.length + next.folders.length === 0) return { files, absent, folders };
    for (const path of new Set(next.folders)) {
      if (folders.size >= mostFiles) throw tooMuch();
      const isInside = path === '.' || repositoryPath(path) === path;
      folders.set(path, isInside ? await readFolderAt(gitHub, commit, path) : []);
    }
    for (const path of new Set(next.files)) {
      if (files.size + absent.size >= mostFiles || bytes > mostBytes) throw tooMuch();
      const isInside = repositoryPath(path) === path;
      const content = isInside ? await readFileAt(gitHub, commit, path) : 'is no path inside the repository';
      if (typeof content === 'string') {
        absent.set(path, content);
      } else {
        files.set(path, content);
        bytes += content.length;
      }
    }
  }
}

const tooMuch = (): ReportedError =>
  new ReportedError(
    'pull-request-too-large',
    `The identity file refers to more than ${mostFiles} files, or to more than ${mostBytes / 1_000_000} MB.`,
    'Put policies of one text into one file, and split what belongs to another instance.',
  );

/** The file's bytes, or why there are none, as the end of a sentence. */
async function readFileAt(gitHub: GitHub, commit: string, path: string): Promise<Buffer | string> {
  const answer = await contentsAt(gitHub, commit, path);
  if (!answer) return 'does not exist';
  return answer.isRaw ? answer.data : 'is no file, but a folder, a symbolic link or a submodule';
}

/** What the folder holds; nothing where there is none. */
async function readFolderAt(
  gitHub: GitHub,
  commit: string,
  path: string,
): Promise<{ name: string; isFolder: boolean }[]> {
  const answer = await contentsAt(gitHub, commit, path === '.' ? '' : path);
  const list: unknown = !answer || answer.isRaw ? undefined : JSON.parse(answer.data.toString());
  if (!Array.isArray(list)) return [];
  if (list.length >= longestList) {
    const hint = 'Move some of its files into folders inside it.';
    throw new ReportedError('pull-request-too-large', `${path} holds more files than GitHub lists.`, hint);
  }
  return (list as { name: string; type: string }[]).map(({ name, type }) => ({ name, isFolder: type === 'dir' }));
}

/** Raw bytes, or a description in JSON: of a folder, a submodule, or a link that leads nowhere. Undefined: nothing is there. */
async function contentsAt(
  { rest, at }: GitHub,
  commit: string,
  path: string,
): Promise<{ data: Buffer; isRaw: boolean } | undefined> {
  const request = rest.repos.getContent({
    ...at,
    path,
    ref: commit,
    mediaType: { format: 'raw' },
    request: { parseSuccessResponseBody: false },
  });
  try {
    const { data, headers } = await request;
    const isRaw = /^application\/vnd\.github\..*\braw\b/.test(headers['content-type'] ?? '');
    return { data: data as unknown as Buffer, isRaw };
  } catch (error) {
    if (isRequestFailure(error) && error.status === 404) return undefined;
    if (error instanceof ReportedError && error.code === 'file-too-large') {
      throw new ReportedError('pull-request-too-large', `${path} ${error.message}.`);
    }
    return await asking(`the file ${path}`, 'contents: read', Promise.reject(error as Error));
  }
}
