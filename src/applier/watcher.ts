import { AsyncLocalStorage } from 'node:async_hooks';
import type { WriteWatcher } from '../aws/client/writes.ts';
import type { Instance, Step } from '../core/plan.ts';
import type { MadePlan } from '../planner/make-plan.ts';
import type { ApplyEvent } from '../reconcile/apply.ts';

/** One for all applies of a process: each would be asked at every promise, long after its apply. */
const stepOfWork = new AsyncLocalStorage<Step>();

/** Work whose writes belong to a step. */
export const withinStep = <Result>(step: Step, work: () => Promise<Result>): Promise<Result> =>
  stepOfWork.run(step, work);

/** The step that a write belongs to. */
export const currentStep = (): Step | undefined => stepOfWork.getStore();

/** What is begun. */
export interface BegunApply {
  instance: Instance;
  /** Absent where AWS was not asked. */
  caller: string | undefined;
  made: MadePlan;
}

/** Keeps what an apply does somewhere: hears of it before its first write, of each write, and of each step. */
export interface ApplyWatcher extends WriteWatcher {
  /** What it throws keeps the apply from beginning. */
  begin(apply: BegunApply): void;
  step(event: ApplyEvent): void;
  /** Nothing more comes. */
  close(): void;
}

/** Several as one; undefined where there is none, so that such a run is watched by nothing. */
export function watchedBy(watchers: readonly (ApplyWatcher | undefined)[]): ApplyWatcher | undefined {
  const all = watchers.filter((one) => one !== undefined);
  const [only] = all;
  if (all.length < 2) return only;
  return {
    begin: (apply) => all.forEach((one) => one.begin(apply)),
    before: (attempt) => all.forEach((one) => one.before(attempt)),
    after: (end) => all.forEach((one) => one.after(end)),
    step: (event) => all.forEach((one) => one.step(event)),
    close: () => all.forEach((one) => one.close()),
  };
}
