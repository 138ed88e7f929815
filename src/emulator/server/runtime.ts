import type { Behaviour } from '../core/behaviour.ts';
import type { ChangeRecord } from '../core/changes.ts';
import type { Caller, Context, Engine } from '../core/context.ts';
import { ServiceError } from '../core/errors.ts';
import { notEmulated } from '../core/not-emulated.ts';
import { settle } from '../core/requests.ts';
import type { Answer, Registry } from '../core/resource.ts';
import { createSchedule } from '../core/schedule.ts';
import type { World } from '../core/world.ts';
import { createInjection, type Fate, type FaultyCall } from '../faults/inject.ts';
import { LostAnswer } from '../faults/lost-answer.ts';
import type { Fault, Faults } from '../faults/options.ts';
import { createTiming } from '../load/timing.ts';
import type { Policy } from '../policy/document.ts';
import { refusedResource } from '../policy/judge.ts';
import { callerIn } from '../services/caller.ts';
import type { Store } from '../state/store.ts';
import type { Identified } from '../sts/credentials.ts';
import type { Identity } from '../sts/role-session.ts';
import type { CallRecord } from './call-record.ts';
import { createPassage } from './passage.ts';
import { createStats, type Stats } from './stats.ts';

export interface RuntimeOptions {
  world: World;
  registry: Registry;
  behaviour: Behaviour;
  caller: Caller;
  policy?: Policy;
  store?: Store;
  /** False: `calls` stays empty. */
  keepCalls: boolean;
  onCall?: (entry: CallRecord) => void;
  onChange?: (change: ChangeRecord, world: World) => void;
}

/** A call as the wire protocol hands it over. */
export interface Call {
  /** `X-Amz-Target`: the service's prefix, a dot, the operation. */
  target: string;
  /** The Region that the call was signed for; undefined where it isn't signed. */
  region: string | undefined;
  /** JSON text. */
  body: string;
  /** What of the input a REST service has in its path and its query. */
  members?: Readonly<Record<string, string>>;
  requestId: string;
  /** Who signed it, where it is one that the emulator gave credentials to. */
  identified: Identified;
}

export interface Runtime {
  readonly calls: CallRecord[];
  readonly stats: Stats;
  readonly caller: Caller;
  /** Whether the caller's IAM policy allows the action. */
  allows(action: string, resource: string): boolean;
  /** Throws a ServiceError where AWS would answer one. */
  answer(call: Call): Promise<object>;
  record(entry: CallRecord): void;
  /** Lets what is due happen now. */
  settle(): void;
  /** From now on the caller may do what this allows; undefined: everything. */
  setPolicy(policy: Policy | undefined): void;
  /** From now on these faults happen; undefined: none. */
  setFaults(faults: Faults | undefined): void;
  /** No more work by itself. */
  stop(): void;
}

/** What a call asks of its operation. */
interface Asked extends FaultyCall {
  readonly region: string | undefined;
  readonly identity: Identity | undefined;
}

export function createRuntime(options: RuntimeOptions): Runtime {
  const { world, registry, behaviour, caller, store, keepCalls, onCall, onChange } = options;
  const calls: CallRecord[] = [];
  const stats = createStats();
  const statusReads = new Map<string, number>();
  const schedule = createSchedule(world.jobs.rows());
  const timing = createTiming(behaviour);
  const faults = createInjection(world, registry.resources, behaviour);
  const passage = createPassage(behaviour, timing, faults);
  let { policy } = options;
  let cancelWake: (() => void) | undefined;
  let stopped = false;

  const report = (change: ChangeRecord): void => {
    onChange?.(change, world);
    registry.react(engine(), change);
  };
  const engine = (): Engine => ({
    world,
    registry,
    behaviour,
    timing,
    schedule,
    report,
    caller,
    refusedResource: (action, resources) => policy && refusedResource(policy, action, resources),
  });
  const countStatusRead = (requestId: string): number => {
    const before = statusReads.get(requestId) ?? 0;
    if (before < behaviour.statusLagReads) statusReads.set(requestId, before + 1);
    return before;
  };

  const record = (entry: CallRecord): void => {
    if (keepCalls) calls.push(entry);
    stats.count(entry);
    onCall?.(entry);
  };

  /** Lets what is due happen now, and wakes up when the next thing is. */
  const settleDue = (): void => {
    settle(engine());
    cancelWake?.();
    const due = schedule.nextDue();
    if (due === undefined || stopped) return;
    cancelWake = behaviour.wake(Math.max(1, due - behaviour.now()), () => {
      const before = world.writes;
      settleDue();
      // No call waits for it: what a crash loses of it is settled again from the stored jobs.
      if (world.writes !== before) store?.save().catch(() => {});
    });
  };
  settleDue();

  /** Lets due work happen, does what the call asks for, and is durable before it says so. */
  const run = async (
    handle: Answer,
    { operation, region, input, invalid, identity }: Asked,
    fate: Fate,
  ): Promise<object> => {
    settleDue();
    const context: Context = {
      ...engine(),
      ...(fate.world && { world: fate.world }),
      ...(identity && { caller: callerIn(world, identity) }),
      requestFate: fate.request,
      operation,
      source: behaviour.source,
      regionRole: regionRole(world, region),
      invalid,
      countStatusRead,
    };
    const before = world.writes;
    const output = handle(context, input);
    if (world.writes !== before) {
      stats.look(world);
      settleDue();
      await store?.save();
    }
    return output;
  };

  return {
    calls,
    stats: stats.stats,
    caller,
    allows: (action, resource) => engine().refusedResource(action, [resource]) === undefined,
    record,
    settle: settleDue,
    setPolicy(next) {
      policy = next;
    },
    async answer(call) {
      const dot = call.target.indexOf('.');
      const service = registry.services.find(({ target }) => target === call.target.slice(0, dot));
      const operation = call.target.slice(dot + 1);
      const entry: CallRecord = { service: service?.name, operation, input: undefined, outcome: 'ok' };
      try {
        entry.input = withMembers(parseBody(call.body), call.members);
        const handle = service && registry.operation(service, operation);
        if (!service || !handle) throw unknownOperation(service?.name ?? call.target.slice(0, dot), operation);
        const { name, invalid } = service;
        const { region } = call;
        const identity = whoIs(call.identified);
        const onFault = (fault: Fault): void => void (entry.fault = fault);
        const input = service.withIds?.(world, entry.input) ?? entry.input;
        const asked: Asked = { service: name, operation, region, identity, input, invalid, onFault };
        const output = await passage(asked, (fate) => run(handle, asked, fate));
        record(entry);
        return output;
      } catch (error) {
        const known = error instanceof ServiceError;
        record({ ...entry, outcome: known || error instanceof LostAnswer ? error.name : 'InternalServerException' });
        // Of the API models only the identity store's errors have the request's id in the body.
        if (!known || service?.name !== 'identitystore') throw error;
        throw new ServiceError(error.name, error.message, { ...error.members, RequestId: call.requestId });
      }
    },
    setFaults: faults.set,
    stop() {
      stopped = true;
      cancelWake?.();
    },
  };
}

/** What isn't signed for a Region is taken to be meant for the primary one. */
function regionRole({ instance }: World, region: string | undefined): Context['regionRole'] {
  if (region === undefined || region === instance.Region) return 'primary';
  return instance.AdditionalRegions?.includes(region) ? 'additional' : 'other';
}

function whoIs(identified: Identified): Identity | undefined {
  if (identified === 'expired') {
    throw new ServiceError('ExpiredTokenException', 'The security token included in the request is expired');
  }
  if (identified === 'invalid') {
    throw new ServiceError('UnrecognizedClientException', 'The security token included in the request is invalid.');
  }
  return identified;
}

function unknownOperation(service: string, operation: string): ServiceError {
  return new ServiceError('UnknownOperationException', notEmulated(service, operation));
}

const withMembers = (input: unknown, members: Call['members']): unknown =>
  members ? { ...(input as object), ...members } : input;

function parseBody(body: string): unknown {
  if (body === '') return {};
  try {
    return JSON.parse(body);
  } catch {
    throw new ServiceError('SerializationException', 'Request body is not valid JSON');
  }
}
