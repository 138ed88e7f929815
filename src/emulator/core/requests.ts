import type { Context, Engine } from './context.ts';
import { uuid } from './ids.ts';
import type { Table } from './table.ts';
import { nextId, type TableDefinitions, type World } from './world.ts';

/** What a request of each kind holds. Each resource adds its own. */
export interface Requests {}

/** What is asynchronous: the status that is read until it is no longer IN_PROGRESS. */
export type AsyncRequest = RequestOf<keyof Requests>;

export type RequestOf<Kind extends keyof Requests> = {
  [Name in Kind]: AnyRequest & { readonly Kind: Name } & Requests[Name];
}[Kind];

interface AnyRequest {
  readonly RequestId: string;
  readonly Status: 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED';
  readonly FailureReason?: string;
  readonly CreatedDate: number;
  /** What goes wrong with it, where something is made to. */
  readonly Fate?: RequestFate;
}

export interface RequestFate {
  /** It ends FAILED for this reason, and has no effect. */
  readonly FailureReason?: string;
  /** Until then Describe doesn't know it; milliseconds of the clock. */
  readonly KnownFrom?: number;
  /** Until then it is in no list; milliseconds of the clock. */
  readonly ListedFrom?: number;
}

/** What a job works with. Each resource adds its own. */
export interface Work {
  /** Absent where a request has nothing to do but to end. */
  readonly AccountId?: string;
}

/** One piece of work of a request, in one account. */
export interface Job extends Work {
  readonly JobId: string;
  readonly RequestId: string;
  /** Milliseconds of the clock. */
  readonly DueAt: number;
}

/** What a job does when its time has come; answers the request as it is then, with a FailureReason where it failed. */
export type Effect<Kind extends keyof Requests> = (
  engine: Engine,
  request: RequestOf<Kind>,
  job: Job,
) => RequestOf<Kind>;

export type Effects = { readonly [Kind in keyof Requests]: Effect<Kind> };

declare module './world.ts' {
  interface Tables {
    readonly requests: Table<AsyncRequest, 'kind' | 'kindAndStatus'>;
    readonly jobs: Table<Job, 'request' | 'account'>;
  }
}

export const asyncRequests: Pick<TableDefinitions, 'requests' | 'jobs'> = {
  requests: {
    key: (row) => row.RequestId,
    indexes: { kind: (row) => row.Kind, kindAndStatus: (row) => `${row.Kind} ${row.Status}` },
  },
  jobs: {
    key: (row) => row.JobId,
    indexes: { request: (row) => row.RequestId, account: (row) => row.AccountId },
    shared: 'Content',
  },
};

/** Status records that are kept of a kind; how long AWS keeps them is not documented. */
const keptRequests = 1000;

/**
 * Begins an asynchronous request. The service updates one role at a time in an account (user guide: quotas), so work
 * in an account waits for what is already under way there.
 */
export function startRequest<Request extends AsyncRequest>(
  { world, behaviour, timing, schedule, requestFate }: Context,
  request: Request,
  work: readonly Work[],
): Request {
  world.requests.put(requestFate ? { ...request, Fate: requestFate } : request);
  const now = behaviour.now();
  for (const item of work.length > 0 ? work : [{}]) {
    const queue = item.AccountId === undefined ? [] : world.jobs.by('account', item.AccountId);
    const free = Math.max(now, ...queue.map((job) => job.DueAt));
    const DueAt = free + timing.work(request.Kind);
    const job: Job = { JobId: uuid(nextId(world, 'job')), RequestId: request.RequestId, DueAt, ...item };
    world.jobs.put(job);
    schedule.add(job);
  }
  return request;
}

/** Lets everything that is due take effect, in the order in which it became due. */
export function settle(engine: Engine): void {
  const { world, behaviour, schedule } = engine;
  for (const job of schedule.takeDue(behaviour.now())) {
    const request = world.requests.get(job.RequestId);
    world.jobs.delete(job.JobId);
    if (request) finish(engine, carryOut(engine, request, job), job);
  }
}

function carryOut(engine: Engine, request: AsyncRequest, job: Job): AsyncRequest {
  const FailureReason = request.Fate?.FailureReason;
  if (FailureReason !== undefined) return { ...request, FailureReason };
  // Each effect stands under the kind of request that it takes; looked up by it, the compiler can't tell.
  const effect = engine.registry.effects[request.Kind] as (
    engine: Engine,
    request: AsyncRequest,
    job: Job,
  ) => AsyncRequest;
  return effect(engine, request, job);
}

function finish({ world }: Engine, request: AsyncRequest, job: Job): void {
  const done = world.jobs.count('request', job.RequestId) === 0;
  const Status = !done ? 'IN_PROGRESS' : request.FailureReason === undefined ? 'SUCCEEDED' : 'FAILED';
  world.requests.put({ ...request, Status });
  if (world.requests.count('kind', request.Kind) > keptRequests) {
    const oldest = world.requests.find('kind', request.Kind, (row) => row.Status !== 'IN_PROGRESS');
    if (oldest) world.requests.delete(oldest.RequestId);
  }
}

export function inProgress(world: World, kind: AsyncRequest['Kind']): number {
  return world.requests.count('kindAndStatus', `${kind} IN_PROGRESS`);
}
