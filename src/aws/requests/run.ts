import type { SSOAdmin } from '@aws-sdk/client-sso-admin';
import { InterruptedError, ReportedError } from '../../core/errors.ts';
import { createForeignRequests, type ForeignRequests } from './foreign.ts';
import { concurrentProvisionings, outstandingAssignments } from '../client/limits.ts';
import { createFamilies, type FamilyName, type RequestStatus } from './families.ts';
import { createSemaphore, type Semaphore } from './semaphore.ts';
import type { FindOff } from '../permission-sets-off.ts';
import { type AloneLooks, createWatch, type Timing } from './watch.ts';

/**
 * Starts a request when the service's limits allow, and resolves when it has succeeded; one that ends for a reason which
 * passes is made again.
 * Errors: a `ReportedError` with AWS's own FailureReason, or when there is no end in sight.
 * @param lock requests of one lock never overlap; its part before the first slash is the account, over which they spread.
 */
type Run = (lock: string, start: () => Promise<RequestStatus | undefined>) => Promise<void>;

export interface Requests extends Record<FamilyName, Run> {
  /** Ids of what is under way now, whoever began it. */
  underWay(families: readonly FamilyName[]): Promise<string[]>;
  /** From now on calls this with the id of a request that somebody else makes. */
  onOther(listener: (requestId: string) => void): void;
}

/**
 * The same requests for a run that can be interrupted: an assignment that still waits for its turn is then not begun. A
 * provisioning is, since the edits that it belongs to have been made.
 */
export function interruptible(requests: Requests, signal: AbortSignal): Requests {
  const guarded =
    (run: Run): Run =>
    (lock, start) =>
      run(lock, () => (signal.aborted ? Promise.reject(new InterruptedError()) : start()));
  return { ...requests, creation: guarded(requests.creation), deletion: guarded(requests.deletion) };
}

export function createRequests(ssoAdmin: SSOAdmin, InstanceArn: string, findOff: FindOff, timing: Timing): Requests {
  const families = createFamilies(ssoAdmin, InstanceArn);
  const assignments = createSemaphore(outstandingAssignments);
  let onOther: (requestId: string) => void = () => {};
  const run = (name: FamilyName, semaphore: Semaphore, alone?: AloneLooks): Run => {
    const foreign = createForeignRequests(families[name], (requestId) => onOther(requestId));
    return createRun(semaphore, timing, foreign, createWatch(families[name], timing, foreign.look, alone));
  };
  return {
    creation: run('creation', assignments),
    deletion: run('deletion', assignments),
    provisioning: run('provisioning', createSemaphore(concurrentProvisionings), {
      firstMs: timing.limits.provisioningPollMs,
      capMs: timing.limits.provisioningPollCapMs,
    }),
    async underWay(names) {
      try {
        const lists = await Promise.all(names.map((name) => families[name].list()));
        return lists.flat().flatMap(({ RequestId }) => RequestId ?? []);
      } catch (error) {
        // Without permission sets there is nothing to request.
        if (await findOff(error)) return [];
        throw error;
      }
    },
    onOther(listener) {
      onOther = listener;
    },
  };
}

/** How often a request is made that ends for a reason which passes. */
const attemptsAtMost = 3;

/** AWS's own trouble; other reasons stay until somebody does something about them. */
const isPassing = ({ FailureReason = '' }: RequestStatus): boolean => /internal service exception/i.test(FailureReason);

function createRun(
  semaphore: Semaphore,
  { limits, clock }: Timing,
  foreign: ForeignRequests,
  finish: (id: string) => Promise<RequestStatus>,
): Run {
  return async (lock, start) => {
    const release = await semaphore.acquire(lock);
    try {
      for (let attempt = 1; ; attempt += 1) {
        const status = await carryOut(start);
        if (status?.Status === 'SUCCEEDED') return;
        if (status && isPassing(status) && attempt < attemptsAtMost) {
          await clock.sleep(limits.backoffMs * 2 ** attempt);
          continue;
        }
        const reason = status?.FailureReason ?? `AWS answered ${status?.Status ?? 'nothing'} and gave no reason`;
        throw new ReportedError('request-failed', reason);
      }
    } finally {
      release();
    }
  };

  async function carryOut(start: Parameters<Run>[1]): Promise<RequestStatus | undefined> {
    let status: RequestStatus | undefined;
    const answered = foreign.starting();
    try {
      status = await start();
    } finally {
      answered(status);
    }
    return status?.Status === 'IN_PROGRESS' && status.RequestId ? finish(status.RequestId) : status;
  }
}
