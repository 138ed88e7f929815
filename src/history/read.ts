import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { historyBranch } from '../core/apply-record.ts';
import { ReportedError } from '../core/errors.ts';
import type { HistorySource } from '../core/history.ts';
import { parseHistoryRecord } from '../formats/record.ts';
import { runGit } from '../source/commit-files.ts';
import { readRecordPath } from './chain.ts';
import type { RecordFile } from './verify.ts';

/** Where the records are; without both, the branch of the clone. */
export interface HistoryPlace {
  /** A folder of records. */
  dir?: string | undefined;
  /** A revision of git. */
  from?: string | undefined;
}

export interface ReadHistory {
  source: HistorySource;
  /** In the order of their paths. */
  files: RecordFile[];
}

/**
 * The history in a folder of records, or at a revision of git; by default at the branch as it was last fetched from `origin`,
 * else at the local branch. Errors: a `ReportedError` where there is none.
 */
export function readHistory({ dir, from }: HistoryPlace): ReadHistory {
  return dir === undefined ? readBranch(from) : readFolder(dir);
}

const parse = (name: string, text: string): RecordFile => {
  try {
    return { path: name, record: parseHistoryRecord(text) };
  } catch (error) {
    if (!(error instanceof ReportedError)) throw error;
    // Of a record that is broken there is nothing to advise but to look at it.
    const advice = error.code === 'record-format' ? ` ${error.hint}` : '';
    return { path: name, record: { fault: `${error.message}${advice}` } };
  }
};

/** Of the folder that has `records/`, or of that one itself. */
function readFolder(folder: string): ReadHistory {
  const names = listFolder(folder);
  const files = names.flatMap((name) => {
    const inBranch = name.startsWith('records/') ? name : `records/${name}`;
    return isRecordFile(inBranch) ? [parse(inBranch, readFileSync(path.join(folder, name), 'utf8'))] : [];
  });
  if (files.length > 0) return { source: { type: 'folder', folder }, files };
  throw new ReportedError(
    'no-history',
    `The folder ${folder} has no records.`,
    `It is a folder with what the branch ${historyBranch} has: records/2026/10/000001-….json.`,
  );
}

function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => name.split(path.sep).join('/'))
      .sort();
  } catch (error) {
    throw new ReportedError('no-history', `The folder ${folder} can't be read: ${(error as Error).message}.`);
  }
}

/** Whatever lies among the records and looks like one. */
const isRecordFile = (name: string): boolean => readRecordPath(name) !== undefined || /^records\/.*\.json$/.test(name);

const defaultRefs = [`refs/remotes/origin/${historyBranch}`, `refs/heads/${historyBranch}`];

function readBranch(from: string | undefined): ReadHistory {
  const { ref, commit } = findCommit(from);
  const listed = git(['ls-tree', '-r', '-l', '-z', '--full-tree', commit]).toString().split('\0');
  const blobs = listed.flatMap((entry) => {
    const [, id = '', size, name = ''] = /^\d+ blob ([0-9a-f]+) +(\d+)\t(.*)$/s.exec(entry) ?? [];
    return size !== undefined && isRecordFile(name) ? [{ id, size: Number(size), name }] : [];
  });
  const files = chunks(blobs).flatMap((some) => {
    const answer = git(['cat-file', '--batch'], some.map(({ id }) => `${id}\n`).join(''));
    let at = 0;
    return some.map(({ name }) => {
      const end = answer.indexOf('\n', at);
      const size = Number(answer.toString('utf8', at, end).split(' ')[2]);
      at = end + size + 2;
      return parse(name, answer.toString('utf8', end + 1, end + 1 + size));
    });
  });
  return { source: { type: 'git', ref: ref.replace(/^refs\/(remotes|heads)\//, ''), commit }, files };
}

/** Of what git may answer at once. */
const mostBytes = 32_000_000;

function chunks<Item extends { size: number }>(items: readonly Item[]): Item[][] {
  const all: Item[][] = [];
  let room = 0;
  for (const item of items) {
    if (room < item.size || all.length === 0) {
      all.push([]);
      room = mostBytes;
    }
    all.at(-1)?.push(item);
    room -= item.size;
  }
  return all;
}

function findCommit(from: string | undefined): { ref: string; commit: string } {
  for (const ref of from === undefined ? defaultRefs : [from]) {
    // It would be a flag of git.
    if (ref.startsWith('-')) break;
    const commit = revParse(ref);
    if (commit !== undefined) return { ref, commit };
  }
  throw new ReportedError(
    'no-history',
    from === undefined ? `This clone has no branch ${historyBranch}.` : `${from} is not a commit of this clone.`,
    `Fetch it with \`git fetch origin ${historyBranch}:refs/remotes/origin/${historyBranch}\`, or name a folder with --dir.`,
  );
}

function revParse(ref: string): string | undefined {
  try {
    const found = git(['rev-parse', '--verify', '--quiet', `${ref}^{commit}`])
      .toString()
      .trim();
    return /^[0-9a-f]{40,64}$/.test(found) ? found : undefined;
  } catch (error) {
    // Such a revision is not there; what else is wrong, git has said.
    if (error instanceof ReportedError && error.code === 'git-failed' && !/not a git repository/i.test(error.message))
      return undefined;
    throw error;
  }
}

const git = (args: readonly string[], input = ''): Buffer => {
  try {
    return runGit('.', args, input);
  } catch (error) {
    if (!(error instanceof ReportedError)) throw error;
    throw new ReportedError(error.code, `The history ${error.message}.`, 'Name a folder of records with --dir.');
  }
};
