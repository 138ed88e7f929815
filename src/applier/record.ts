import type { Address } from '../core/address.ts';
import { ReportedError } from '../core/errors.ts';
import type { Clock } from '../core/clock.ts';
import { writePrivately } from '../files/write-privately.ts';
import { recordText } from '../formats/record.ts';
import { recordOf, type RecordedRun, type StepEnd } from '../history/record-of.ts';
import type { ApplyEvent } from '../reconcile/apply.ts';
import { currentStep, type ApplyWatcher, type BegunApply } from './watcher.ts';

/** A record that is made takes at most this part of the time of an apply. */
const share = 1 / 20;
const shortestMs = 1000;

/**
 * Keeps the record of an apply in a file, from before the first step on: an apply that is ended at once leaves a record in which
 * the steps that it had not heard of since the file was last written are `unknown`. It makes no call.
 * Errors: a `ReportedError` where the file can't be written, before the first step or at the end.
 */
export function openRecord(
  file: string,
  run: RecordedRun,
  { now, elapsed }: Pick<Clock, 'now' | 'elapsed'>,
): ApplyWatcher {
  const ends = new Map<Address, StepEnd>();
  const requests = new Map<Address, string[]>();
  const made = new Map<Address, string>();
  /** Steps of which a write had no answer: it may have taken effect, whatever was said to the attempts that followed. */
  const unanswered = new Set<Address>();
  let apply: (BegunApply & { startedAt: string }) | undefined;
  let nextMs = 0;

  const write = (isOver: boolean): void => {
    if (!apply) return;
    const begun = elapsed();
    const record = recordOf({ ...apply, endedAt: now().toISOString(), isOver }, run, { ends, requests, ids: made });
    writePrivately(file, recordText(record));
    const took = elapsed() - begun;
    nextMs = elapsed() + Math.max(shortestMs, took / share);
  };

  return {
    begin(begun) {
      apply = { ...begun, startedAt: now().toISOString() };
      write(false);
    },
    before: () => {},
    after({ awsRequestId, isAnswered }) {
      const step = currentStep();
      if (!step) return;
      if (awsRequestId !== undefined) requests.set(step.id, [...(requests.get(step.id) ?? []), awsRequestId]);
      if (!isAnswered) unanswered.add(step.id);
    },
    step(event) {
      if (event.type === 'started') return;
      ends.set(event.step.id, { ...endOf(event, unanswered.has(event.step.id)), at: now().toISOString() });
      if (event.type === 'succeeded' && event.id !== undefined) made.set(event.step.id, event.id);
      if (elapsed() < nextMs) return;
      try {
        write(false);
      } catch (error) {
        // The steps go on, and `close` tries again.
        if (!(error instanceof ReportedError)) throw error;
      }
    },
    close: () => write(true),
  };
}

function endOf(event: Exclude<ApplyEvent, { type: 'started' }>, isOpen: boolean): StepEnd {
  if (event.type === 'succeeded') return { outcome: 'done' };
  if (event.type === 'skipped') return { outcome: 'skipped', isInterrupted: event.because === 'interrupted' };
  const { error } = event;
  const code = error instanceof ReportedError ? error.code : error instanceof Error ? error.name : 'Error';
  return { outcome: !isOpen && isRefusal(error) ? 'failed' : 'unknown', error: code };
}

/** Whether AWS has said that it did not do it. Without such an answer it may have. */
function isRefusal(error: unknown): boolean {
  if (error instanceof ReportedError) return error.code === 'request-failed';
  return (error as { $fault?: unknown } | null)?.$fault === 'client';
}
