import { execFileSync } from 'node:child_process';
import { dirname, relative, resolve, sep } from 'node:path';
import { fileText, type ReadFiles } from '../config/read-file.ts';
import { ReportedError } from '../core/errors.ts';

/** More than a text of the file may have, and what git says beside it. */
const mostBytes = 64_000_000;

/** Files as they were in a commit, for a reader that asks for them by their paths in the working tree. */
export interface CommitFiles extends ReadFiles {
  commit: string;
}

/**
 * The files beside the identity file, as they were at the merge base of a revision with HEAD. Symbolic links are followed
 * inside the repository. Errors: a `ReportedError` whose message ends a sentence about the revision, where there is no such
 * commit or none in common with HEAD, and where the folder is not in a repository of git.
 */
export function filesAtMergeBase(revision: string, file: string): CommitFiles {
  const folder = dirname(resolve(file));
  const git = (args: readonly string[], input = ''): Buffer => runGit(folder, args, input);
  const textOf = (args: readonly string[]): string => git(args).toString().replace(/\n$/, '');
  const prefix = textOf(['rev-parse', '--show-prefix']);
  const commit = mergeBase(revision, textOf);

  /** What a path of the working tree is called in the commit. */
  const nameOf = (path: string): string => {
    const below = relative(folder, path);
    return `${commit}:${prefix}${below === '' ? '' : below.split(sep).join('/')}`.replace(/\/$/, '');
  };
  const find = (path: string, flag: '--batch' | '--batch-check') => {
    const name = nameOf(path);
    // One line is one name.
    const answer = name.includes('\n') ? Buffer.from('\n') : git(['cat-file', flag, '--follow-symlinks'], `${name}\n`);
    const end = answer.indexOf('\n');
    const [, id, type, size] = /^([0-9a-f]+) (blob|tree) (\d+)$/.exec(answer.toString('utf8', 0, end)) ?? [];
    return { id, type, content: answer.subarray(end + 1, end + 1 + Number(size)) };
  };
  return {
    commit,
    readFile(path) {
      const { type, content } = find(path, '--batch');
      if (type === 'blob') return fileText(content);
      const what = type === 'tree' ? 'was a folder' : 'did not exist';
      throw new ReportedError('not-in-commit', `${what} at the commit ${commit.slice(0, 12)}`);
    },
    listFolder(path) {
      const { id, type } = find(path, '--batch-check');
      if (id === undefined || type !== 'tree') return [];
      const entries = git(['ls-tree', '--full-tree', '-z', id]).toString().split('\0');
      return entries.flatMap((entry) => {
        const [, what, name] = /^\d+ (blob|tree) [0-9a-f]+\t(.*)$/s.exec(entry) ?? [];
        return name === undefined ? [] : [{ name, isFolder: what === 'tree' }];
      });
    },
  };
}

function mergeBase(revision: string, textOf: (args: readonly string[]) => string): string {
  // It would be a flag of git.
  if (revision.startsWith('-')) throw new ReportedError('no-such-commit', 'is not a name of a commit');
  const ask = (args: readonly string[]): string | undefined => {
    try {
      const answer = textOf(args);
      return /^[0-9a-f]{40,64}$/.test(answer) ? answer : undefined;
    } catch (error) {
      if (error instanceof ReportedError && error.code === 'git-failed') return undefined;
      throw error;
    }
  };
  const shallow = (): string =>
    textOf(['rev-parse', '--is-shallow-repository']) === 'true'
      ? '; this clone is shallow: fetch the whole history with `git fetch --unshallow`'
      : '';
  const given = ask(['rev-parse', '--verify', '--quiet', `${revision}^{commit}`]);
  if (given === undefined) {
    throw new ReportedError('no-such-commit', `is neither a file nor a commit of this clone${shallow()}`);
  }
  const shared = ask(['merge-base', given, 'HEAD']);
  if (shared === undefined) throw new ReportedError('no-merge-base', `has no commit in common with HEAD${shallow()}`);
  return shared;
}

/** What git answers. Errors: a `ReportedError` whose message ends a sentence about what was looked up. */
export function runGit(cwd: string, args: readonly string[], input: string): Buffer {
  try {
    // References that replace objects are for one clone alone.
    const all = ['--no-replace-objects', ...args];
    return execFileSync('git', all, { cwd, input, maxBuffer: mostBytes, stdio: 'pipe', windowsHide: true });
  } catch (error) {
    const { code, stderr } = error as { code?: unknown; stderr?: Buffer };
    if (code === 'ENOENT') throw new ReportedError('no-git', 'can only be looked up with git, which is not installed');
    const said = stderr?.toString().trim().split('\n')[0] ?? '';
    throw new ReportedError('git-failed', `could not be looked up with git: ${said === '' ? String(code) : said}`);
  }
}
