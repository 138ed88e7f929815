import { readFileSync, statSync } from 'node:fs';
import { ReportedError } from '../core/errors.ts';
import { placeOf, stage, type Staged } from './stage.ts';
import { unwritable } from './unwritable.ts';

/** A file with another text. */
export interface Rewritten {
  file: string;
  /** Without it, the file is another one by now. */
  before: string;
  after: string;
}

/**
 * Gives files of the person's own another text. Each keeps its mode, and stays a link where it is one. Where the disk is full,
 * none of them is changed.
 * Errors: a `ReportedError` where one can't be written, or is not what it was when it was read.
 */
export function rewriteTogether(files: readonly Rewritten[]): void {
  const staged: Staged[] = [];
  let now = '';
  try {
    for (const { file, before, after } of files) {
      now = file;
      const target = placeOf(file);
      if (readFileSync(target, 'utf8') !== before) throw changedSince(file);
      staged.push(stage(target, after, { sync: true, mode: statSync(target).mode & 0o777 }));
    }
    for (const { target, put } of staged) {
      now = target;
      put();
    }
  } catch (error) {
    for (const { discard } of staged) discard();
    throw error instanceof ReportedError ? error : unwritable('unwritable-file', now, error);
  }
}

const changedSince = (file: string): ReportedError =>
  new ReportedError(
    'file-changed',
    `${file} has been changed since it was read.`,
    'Nothing was written. Run it again.',
  );
