import type { Behaviour } from './behaviour.ts';
import type { ChangeRecord } from './changes.ts';
import type { Caller, Context, Engine } from './context.ts';
import { ServiceError } from './errors.ts';
import { identityStore } from './identity-store/service.ts';
import { organizations } from './organizations/service.ts';
import type { Store } from './persistence.ts';
import type { Policy } from './policy/document.ts';
import { nextDue, settle } from './requests.ts';
import type { Service, ServiceName } from './service.ts';
import { ssoAdmin } from './sso-admin/service.ts';
import type { World } from './world.ts';

/** One call, in the order in which calls were answered. */
export interface CallRecord {
  service: ServiceName | 'sso' | 'sso-oidc' | undefined;
  operation: string;
  input: unknown;
  /** 'ok' or the error's name. */
  outcome: string;
}

export interface RuntimeOptions {
  world: World;
  behaviour: Behaviour;
  caller: Caller;
  policy?: Policy;
  store?: Store;
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
  requestId: string;
}

export interface Runtime {
  readonly calls: CallRecord[];
  readonly caller: Caller;
  /** Throws a ServiceError where AWS would answer one. */
  answer(call: Call): Promise<object>;
  record(entry: CallRecord): void;
  /** Lets what is due happen now. */
  settle(): void;
  /** From now on the caller may do what this allows; undefined: everything. */
  setPolicy(policy: Policy | undefined): void;
  /** No more work by itself. */
  stop(): void;
}

const services: readonly Service[] = [ssoAdmin, identityStore, organizations];

export function createRuntime(options: RuntimeOptions): Runtime {
  const { world, behaviour, caller, store, onCall, onChange } = options;
  const calls: CallRecord[] = [];
  const statusReads = new Map<string, number>();
  let { policy } = options;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  const report = (change: ChangeRecord): void => onChange?.(change, world);
  const engine = (): Engine => ({ world, behaviour, report, caller, policy });
  const countStatusRead = (requestId: string): number => {
    const before = statusReads.get(requestId) ?? 0;
    statusReads.set(requestId, before + 1);
    return before;
  };

  const record = (entry: CallRecord): void => {
    calls.push(entry);
    onCall?.(entry);
  };

  /** Lets what is due happen now, and wakes up when the next thing is. */
  const settleDue = (): void => {
    settle(engine());
    clearTimeout(timer);
    const due = nextDue(world);
    if (due === undefined || stopped) return;
    timer = setTimeout(
      () => {
        const before = world.writes;
        settleDue();
        // Nobody waits for it: what a crash loses of it is settled again from the stored jobs.
        if (world.writes !== before) store?.save().catch(() => {});
      },
      Math.max(1, due - behaviour.now()),
    );
    timer.unref();
  };
  settleDue();

  /** The whole path of a call: find the operation, let due work happen, answer, and be durable before saying so. */
  const run = async (service: Service, operation: string, region: string | undefined, input: unknown) => {
    const handle = service.operation(operation);
    if (!handle) throw unknownOperation();
    settleDue();
    const context: Context = {
      ...engine(),
      operation,
      atHome: region === undefined || region === world.instance.Region,
      invalid: service.invalid,
      countStatusRead,
    };
    const before = world.writes;
    const output = handle(context, input);
    if (world.writes !== before) {
      settleDue();
      await store?.save();
    }
    return output;
  };

  return {
    calls,
    caller,
    record,
    settle: settleDue,
    setPolicy(next) {
      policy = next;
    },
    async answer(call) {
      const dot = call.target.indexOf('.');
      const service = services.find(({ target }) => target === call.target.slice(0, dot));
      const operation = call.target.slice(dot + 1);
      const entry: CallRecord = { service: service?.name, operation, input: undefined, outcome: 'ok' };
      try {
        entry.input = parseJson(call.body);
        if (!service) throw unknownOperation();
        const output = await run(service, operation, call.region, entry.input);
        record(entry);
        return output;
      } catch (error) {
        const known = error instanceof ServiceError;
        record({ ...entry, outcome: known ? error.name : 'InternalServerException' });
        // Of the API models only the identity store's errors have the request's id in the body.
        if (!known || service?.name !== 'identitystore') throw error;
        throw new ServiceError(error.name, error.message, { ...error.members, RequestId: call.requestId });
      }
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

function unknownOperation(): ServiceError {
  return new ServiceError('UnknownOperationException', '');
}

function parseJson(body: string): unknown {
  if (body === '') return {};
  try {
    return JSON.parse(body);
  } catch {
    throw new ServiceError('SerializationException', 'Request body is not valid JSON');
  }
}
