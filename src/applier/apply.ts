import { guardedThings } from '../access/guarded.ts';
import type { Aws } from '../aws/connect.ts';
import { interruptible } from '../aws/requests/run.ts';
import type { IdentityDocument } from '../config/schema/document.ts';
import { InterruptedError } from '../core/errors.ts';
import { managementAccountOf, type Step } from '../core/plan.ts';
import type { MadePlan } from '../planner/make-plan.ts';
import { applySteps, type ApplyEvent } from '../reconcile/apply.ts';
import type { LiveThing } from '../reconcile/state.ts';
import { kinds } from '../kinds/index.ts';
import { createRecheck } from './recheck-directory.ts';
import { withinStep, type ApplyWatcher } from './watcher.ts';

/** What hears of an apply while it goes on. */
export interface ApplyListener {
  step(event: ApplyEvent): void;
  /** Somebody else changes assignments or permission sets; nothing more is begun. */
  onForeignRequest(requestId: string): void;
  /** Something has gone that a guard rests on; nothing is removed, and nothing more is begun. */
  onDeleted(deleted: readonly LiveThing[]): void;
}

export interface ApplyOptions {
  /** Aborted where nothing more is to be begun. */
  signal: AbortSignal;
  watcher?: ApplyWatcher | undefined;
  listener: ApplyListener;
}

/** What the steps came to. */
export interface Applied {
  succeeded: Step[];
  failed: { step: Step; message: string }[];
  skipped: { step: Step; because: Step | 'interrupted' }[];
}

/** Carries out exactly the steps of a plan. A step that fails skips what waits for it; the rest goes on. */
export async function applyPlan(
  aws: Aws,
  made: MadePlan,
  { safety }: IdentityDocument,
  { signal: interrupted, watcher, listener }: ApplyOptions,
): Promise<Applied> {
  const { plan, live, facts, accountId } = made;
  watcher?.begin({ instance: aws.instance, caller: aws.caller?.arn, made });
  const met = new AbortController();
  aws.requests.onOther((requestId) => {
    if (met.signal.aborted) return;
    listener.onForeignRequest(requestId);
    met.abort();
  });
  const guarded = guardedThings({
    facts,
    managementAccount: managementAccountOf(plan.instance),
    protectedAccess: (safety.protected ?? []).map((one) => ({ ...one, account: accountId(one.account) })),
  });
  const recheckFirst = createRecheck(aws, live, guarded, (deleted) => {
    listener.onDeleted(deleted);
    met.abort();
  });
  const signal = AbortSignal.any([interrupted, met.signal]);
  const applied: Applied = { succeeded: [], failed: [], skipped: [] };
  const client: Aws = { ...aws, requests: interruptible(aws.requests, signal) };
  const note = (event: ApplyEvent): void => {
    listener.step(event);
    watcher?.step(event);
    const { step } = event;
    if (event.type === 'succeeded') applied.succeeded.push(step);
    else if (event.type === 'failed') applied.failed.push({ step, message: failureText(event.error) });
    else if (event.type === 'skipped') applied.skipped.push({ step, because: event.because });
  };
  await applySteps(kinds, client, plan.steps, live, note, {
    signal,
    within: async (step, work) => {
      if (step.action === 'delete') {
        await recheckFirst();
        // The look may take its time, and whoever has stopped the run in the meantime has seen nothing removed.
        if (signal.aborted) throw new InterruptedError();
      }
      return watcher ? withinStep(step, work) : work();
    },
  });
  return applied;
}

/** AWS's own words; the name of an error only where it says something. */
export function failureText(error: unknown): string {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return name === 'Error' || name.endsWith('Error') ? message : `${name}: ${message}`;
}
