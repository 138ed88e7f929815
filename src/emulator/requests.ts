import type { Context, Engine } from './context.ts';
import { effects } from './effects.ts';
import { uuid } from './ids.ts';
import type { AsyncRequest, Job, PermissionSet } from './rows.ts';
import { nextId, type World } from './world.ts';

/** Status records that are kept of a kind; how long AWS keeps them is not documented. */
const keptRequests = 1000;

interface Work {
  AccountId?: string;
  Content?: PermissionSet;
}

/**
 * Begins an asynchronous request. The service updates one role at a time in an account (user guide: quotas), so work
 * in an account waits for what is already under way there.
 */
export function startRequest<Request extends AsyncRequest>(
  { world, behaviour, timing, schedule, requestFate }: Context,
  request: Request,
  work: Work[],
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
  return FailureReason === undefined ? effects[request.Kind](engine, request, job) : { ...request, FailureReason };
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
