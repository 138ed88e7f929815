import type { Aws } from '../aws/connect.ts';
import { interruptible } from '../aws/requests/run.ts';
import { InterruptedError } from '../core/errors.ts';
import type { Address } from '../core/address.ts';
import type { Step } from '../core/plan.ts';
import { listOf } from '../core/words.ts';
import { applySteps, type ApplyEvent } from '../reconcile/apply.ts';
import type { LiveState } from '../reconcile/state.ts';
import { kinds } from '../kinds/index.ts';
import type { ApplyOutcome } from '../render/text/apply-summary.ts';
import { inert } from '../render/sanitize.ts';
import { createProgress, type Progress } from '../render/text/progress.ts';
import type { Session } from '../source/session.ts';
import { createLook } from './recheck-directory.ts';
import { wantsColor, type CommonFlags, type Io } from '../cli/io.ts';

/** What the steps came to. */
export type Done = Omit<ApplyOutcome, 'notices' | 'runId'>;

/**
 * Carries the steps out, with progress on stderr.
 * @param guarded addresses of what the guards rest on: nothing is removed where any of it has gone in the meantime
 */
export async function runSteps(
  io: Io,
  flags: CommonFlags,
  { aws, journal }: Pick<Session, 'aws' | 'journal'>,
  steps: readonly Step[],
  live: LiveState,
  guarded: ReadonlySet<Address>,
): Promise<Done> {
  const begun = io.elapsed();
  const progress = createProgress({
    write: io.err,
    isTty: io.errIsTerminal,
    width: io.columns,
    steps,
    now: io.elapsed,
    color: wantsColor(io, flags, io.errIsTerminal),
  });
  const interrupted = io.onInterrupt();
  interrupted.addEventListener('abort', () =>
    io.err('\nStopping: what is under way is finished first. Ctrl-C again stops at once.\n'),
  );
  const met = new AbortController();
  aws.requests.onOther((requestId) => {
    if (met.signal.aborted) return;
    io.err(
      `\nSomebody else is changing assignments or permission sets of this instance (request ${requestId}). Stopping: what is under way is finished first. Run this again when they have ended.\n`,
    );
    met.abort();
  });
  const lookFirst = createLook(aws, live, guarded, (gone) => {
    const names = gone.map(({ kind, address }) => `${kind} ${address.slice(kind.length + 1)}`);
    io.err(
      `\nSomebody else has removed or disabled ${inert(listOf(names, 5))} since this plan was made. Nothing is removed now, and nothing more is begun. Run this again.\n`,
    );
    met.abort();
  });
  const signal = AbortSignal.any([interrupted, met.signal]);
  const outcome: Done = { succeeded: [], failed: [], skipped: [], milliseconds: 0 };
  const client: Aws = { ...aws, requests: interruptible(aws.requests, signal) };
  await applySteps(kinds, client, steps, live, (event) => note(event, outcome, progress), {
    signal,
    within: async (step, work) => {
      if (step.action === 'delete') {
        await lookFirst();
        // The look may take its time, and whoever has stopped the run in the meantime has seen nothing removed.
        if (signal.aborted) throw new InterruptedError();
      }
      return journal ? journal.within(step, work) : work();
    },
  });
  progress.close();
  return { ...outcome, milliseconds: Math.round(io.elapsed() - begun) };
}

function note(event: ApplyEvent, outcome: Done, progress: Progress): void {
  const { step } = event;
  switch (event.type) {
    case 'started':
      progress.started(step);
      return;
    case 'succeeded':
      outcome.succeeded.push(step);
      progress.succeeded(step);
      return;
    case 'failed': {
      const { name, message } = event.error instanceof Error ? event.error : new Error(String(event.error));
      const text = name === 'Error' || name.endsWith('Error') ? message : `${name}: ${message}`;
      outcome.failed.push({ step, message: text });
      progress.failed(step, text);
      return;
    }
    case 'skipped':
      outcome.skipped.push({ step, because: event.because });
      progress.skipped(step, event.because);
  }
}
