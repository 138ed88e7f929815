import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import type { ReportedError } from '../core/errors.ts';
import { unwritable } from '../files/unwritable.ts';
import { currentStep, type ApplyWatcher } from './watcher.ts';

/**
 * One JSON line for every write to AWS before it is sent and after it has ended, each on the disk before it goes on.
 * Appends to a file; one that is made is for its owner alone, since it names people. Errors: a `ReportedError` where it can't be opened; a
 * line that can't be written fails the write that it is about before that is sent.
 */
export function openJournal(file: string, runId: string, version: string, now: () => Date): ApplyWatcher {
  const handle = open(file);
  const write = (line: object): void => {
    const step = currentStep();
    const text = JSON.stringify({ time: now().toISOString(), run: runId, ...line, ...(step && { step: step.id }) });
    try {
      writeSync(handle, `${text}\n`);
      flush(handle);
    } catch (error) {
      throw unwritableJournal(file, error);
    }
  };
  return {
    begin: ({ instance, caller, made: { plan } }) => {
      const { digest, summary } = plan;
      write({ event: 'run', version, instance: instance.arn, region: instance.region, caller, digest, summary });
    },
    before: (attempt) => write({ event: 'before', ...attempt }),
    after: (end) => write({ event: 'after', ...end }),
    step: () => {},
    close: () => closeSync(handle),
  };
}

function open(file: string): number {
  try {
    return openSync(file, 'a', 0o600);
  } catch (error) {
    throw unwritableJournal(file, error);
  }
}

/** A device or a pipe has nothing to flush, and says so. */
function flush(handle: number): void {
  try {
    fsyncSync(handle);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EINVAL') throw error;
  }
}

const unwritableJournal = (file: string, error: unknown): ReportedError =>
  unwritable('unwritable-file', `The journal ${file}`, error, 'Nothing is changed that the journal does not record.');
