import { setTimeout as sleep } from 'node:timers/promises';
import type { SSOAdmin } from '@aws-sdk/client-sso-admin';
import { InterruptedError, isAwsError, ReportedError } from '../core/errors.ts';
import type { Pace } from './pace.ts';
import { readPages } from './pages.ts';
import { createSlots, type Slots } from './slots.ts';

/** What every asynchronous operation of sso-admin answers, at once and when asked again. */
interface RequestStatus {
  Status?: string | undefined;
  RequestId?: string | undefined;
  FailureReason?: string | undefined;
}

/**
 * Starts a request when the service's limits allow, and resolves when it has succeeded.
 * Errors: a `ReportedError` with AWS's own FailureReason, or when there is no end in sight.
 * @param lock requests of one lock never overlap; its part before the first slash is the account, over which they spread.
 */
type Run = (lock: string, start: () => Promise<RequestStatus | undefined>) => Promise<void>;

export interface Requests {
  creation: Run;
  deletion: Run;
  provisioning: Run;
}

/**
 * The same requests for a run that can be interrupted: an assignment that still waits for its turn is then not begun. A
 * provisioning is, since the edits that it belongs to have been made.
 */
export function interruptible({ creation, deletion, provisioning }: Requests, signal: AbortSignal): Requests {
  const guarded =
    (run: Run): Run =>
    (lock, start) =>
      run(lock, () => (signal.aborted ? Promise.reject(new InterruptedError()) : start()));
  return { creation: guarded(creation), deletion: guarded(deletion), provisioning };
}

// Quotas of the user guide. Whether deletions count among the 15 is not documented, so they do here.
const outstandingAssignments = 15;
const concurrentProvisionings = 3;

export function createRequests(ssoAdmin: SSOAdmin, InstanceArn: string, pace: Pace): Requests {
  const filter = { InstanceArn, Filter: { Status: 'IN_PROGRESS' as const }, MaxResults: 100 };
  const assignments = createSlots(outstandingAssignments);
  return {
    creation: createRunner(assignments, pace, {
      list: () =>
        readPages(
          (NextToken) => ssoAdmin.listAccountAssignmentCreationStatus({ ...filter, NextToken }),
          (page) => page.AccountAssignmentsCreationStatus,
        ),
      describe: async (AccountAssignmentCreationRequestId) =>
        (await ssoAdmin.describeAccountAssignmentCreationStatus({ InstanceArn, AccountAssignmentCreationRequestId }))
          .AccountAssignmentCreationStatus,
    }),
    deletion: createRunner(assignments, pace, {
      list: () =>
        readPages(
          (NextToken) => ssoAdmin.listAccountAssignmentDeletionStatus({ ...filter, NextToken }),
          (page) => page.AccountAssignmentsDeletionStatus,
        ),
      describe: async (AccountAssignmentDeletionRequestId) =>
        (await ssoAdmin.describeAccountAssignmentDeletionStatus({ InstanceArn, AccountAssignmentDeletionRequestId }))
          .AccountAssignmentDeletionStatus,
    }),
    provisioning: createRunner(createSlots(concurrentProvisionings), pace, {
      list: () =>
        readPages(
          (NextToken) => ssoAdmin.listPermissionSetProvisioningStatus({ ...filter, NextToken }),
          (page) => page.PermissionSetsProvisioningStatus,
        ),
      describe: async (ProvisionPermissionSetRequestId) =>
        (await ssoAdmin.describePermissionSetProvisioningStatus({ InstanceArn, ProvisionPermissionSetRequestId }))
          .PermissionSetProvisioningStatus,
    }),
  };
}

interface Family {
  /** All requests in progress: one call watches everything that is outstanding. */
  list(): Promise<RequestStatus[]>;
  describe(requestId: string): Promise<RequestStatus | undefined>;
}

interface Waiting {
  resolve(status: RequestStatus): void;
  reject(error: unknown): void;
  deadline: number;
}

function createRunner(slots: Slots, { pollMs, pollCapMs, requestMs }: Pace, family: Family): Run {
  const outstanding = new Map<string, Waiting>();
  let pause = pollMs;
  let watching = false;

  /** Looks until nothing is outstanding. What has left the list of those in progress is asked for its end. */
  async function watch(): Promise<void> {
    while (outstanding.size > 0) {
      await sleep(pause);
      pause = Math.min(pollCapMs, pause * 1.5);
      const asked = [...outstanding.keys()];
      // One that is alone is asked at once: the list would only say whether to ask.
      const inProgress =
        asked.length === 1 ? new Set() : new Set((await family.list()).map(({ RequestId }) => RequestId));
      await Promise.all(asked.filter((id) => !inProgress.has(id)).map(settle));
      for (const [id, { reject, deadline }] of outstanding) {
        if (Date.now() < deadline) continue;
        outstanding.delete(id);
        reject(new ReportedError('request-unfinished', `AWS has not finished request ${id} after 20 minutes.`));
      }
    }
  }

  async function settle(id: string): Promise<void> {
    // A request made a moment ago may be missing from the list and unknown to Describe: only an end counts as the end.
    const status = await family.describe(id).catch((error: unknown) => {
      if (isAwsError(error, 'ResourceNotFoundException')) return undefined;
      throw error;
    });
    if (status?.Status !== 'SUCCEEDED' && status?.Status !== 'FAILED') return;
    outstanding.get(id)?.resolve(status);
    outstanding.delete(id);
  }

  function finish(id: string): Promise<RequestStatus> {
    return new Promise((resolve, reject) => {
      outstanding.set(id, { resolve, reject, deadline: Date.now() + requestMs });
      pause = pollMs;
      if (watching) return;
      watching = true;
      watch()
        .catch((error: unknown) => {
          for (const waiting of outstanding.values()) waiting.reject(error);
          outstanding.clear();
        })
        .finally(() => {
          watching = false;
        });
    });
  }

  return async (lock, start) => {
    const release = await slots.acquire(lock);
    try {
      let status = await start();
      if (status?.Status === 'IN_PROGRESS' && status.RequestId) status = await finish(status.RequestId);
      if (status?.Status === 'SUCCEEDED') return;
      throw new ReportedError(
        'request-failed',
        status?.FailureReason ?? `AWS answered ${status?.Status ?? 'nothing'} and gave no reason`,
      );
    } finally {
      release();
    }
  };
}
