import { posix } from 'node:path';
import { ReportedError } from '../core/errors.ts';
import type { GitHub } from './client.ts';
import { asking } from './errors.ts';
import { isRequestFailure } from './retry.ts';

/** Bytes by path inside the repository. */
export type RepositoryFiles = Map<string, Buffer>;

/** What is wanted and not there, with the reason as the end of a sentence. */
export type AbsentFiles = Map<string, string>;

const mostFiles = 1000;
const mostBytes = 100_000_000;

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
 * @param wanted of all that has been downloaded: the paths that are referred to and are neither there nor known to be absent,
 * in normal form.
 */
export async function collectFiles(
  gitHub: GitHub,
  commit: string,
  wanted: (files: RepositoryFiles, absent: AbsentFiles) => readonly string[],
): Promise<{ files: RepositoryFiles; absent: AbsentFiles }> {
  const files: RepositoryFiles = new Map();
  const absent: AbsentFiles = new Map();
  let bytes = 0;
  for (let next = wanted(files, absent); next.length > 0; next = wanted(files, absent)) {
    for (const path of new Set(next)) {
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
  return { files, absent };
}

const tooMuch = (): ReportedError =>
  new ReportedError(
    'pull-request-too-large',
    `The identity file refers to more than ${mostFiles} files, or to more than ${mostBytes / 1_000_000} MB.`,
    'Put policies of one text into one file, and split what belongs to another instance.',
  );

/** The file's bytes, or why there are none, as the end of a sentence. */
async function readFileAt({ rest, at }: GitHub, commit: string, path: string): Promise<Buffer | string> {
  const request = rest.repos.getContent({
    ...at,
    path,
    ref: commit,
    mediaType: { format: 'raw' },
    request: { parseSuccessResponseBody: false },
  });
  try {
    const { data, headers } = await request;
    // A folder, a submodule or a link that leads nowhere is described, in JSON.
    const isRaw = /^application\/vnd\.github\..*\braw\b/.test(headers['content-type'] ?? '');
    return isRaw ? (data as unknown as Buffer) : 'is no file, but a folder, a symbolic link or a submodule';
  } catch (error) {
    if (isRequestFailure(error) && error.status === 404) return 'does not exist';
    if (error instanceof ReportedError && error.code === 'file-too-large') {
      throw new ReportedError('pull-request-too-large', `${path} ${error.message}.`);
    }
    return await asking(`the file ${path}`, 'contents: read', Promise.reject(error as Error));
  }
}
