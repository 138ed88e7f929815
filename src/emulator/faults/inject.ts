import type { Behaviour } from '../core/behaviour.ts';
import { conflict, ServiceError, throttled } from '../core/errors.ts';
import type { RequestFate } from '../core/requests.ts';
import type { Resource } from '../core/resource.ts';
import { isRead, type ServiceName } from '../core/service.ts';
import type { World } from '../core/world.ts';
import { limits } from '../load/rates.ts';
import { createDraw, type Draw, type DrawnCall } from './draw.ts';
import { LostAnswer } from './lost-answer.ts';
import type { Fault, Faults } from './options.ts';
import { failureReason } from './reasons.ts';
import { createReplica, type Replica } from './replica.ts';
import { refuseUnknown } from './unknown-names.ts';

/** How a call is carried out where that isn't as always. */
export interface Fate {
  /** What it reads. */
  readonly world?: World;
  /** Told of the asynchronous request that it starts. */
  readonly request?: RequestFate;
}

export interface FaultyCall extends DrawnCall {
  /** The service's error for bad input. */
  readonly invalid: (message: string, reason: string) => ServiceError;
  /** Hears which fault the call meets. */
  readonly onFault: (fault: Fault) => void;
}

/** Carries a call out, or lets go wrong what has to. */
export interface Injection {
  carryOut(call: FaultyCall, run: (fate: Fate) => Promise<object>): Promise<object>;
  /** From now on these; all counts begin anew. Undefined: none. */
  set(faults: Faults | undefined): void;
}

/** Milliseconds: well above the time between two calls of a client, and below the patience of any. */
const defaultLag = 200;

export function createInjection(
  world: World,
  resources: readonly Resource[],
  { now, faults: given }: Behaviour,
): Injection {
  let draw: Draw = () => undefined;
  let lagMs = defaultLag;
  let replica: Replica | undefined;

  const set = (faults: Faults | undefined): void => {
    replica?.stop();
    lagMs = faults?.behindMs ?? defaultLag;
    replica = faults && createReplica(world, now, lagMs);
    draw = faults ? createDraw(faults, world, resources) : () => undefined;
  };
  set(given);

  return {
    set,
    async carryOut(call, run) {
      const { service, operation, input, invalid } = call;
      const drawn = draw(call);
      if (drawn === undefined) return run({});
      const { fault, detail } = drawn;
      call.onFault(fault);
      switch (fault) {
        case 'throttle':
          throw limits[service]?.refusal() ?? throttled('Rate exceeded');
        case 'tooManyAtWork':
          throw throttled('There are too many requests processing. Please try again later.');
        case 'internal':
          throw internal(service);
        case 'cutBefore':
          throw new LostAnswer('cut');
        case 'cutAfter':
        case 'silent':
          // Whatever the answer would have been, nobody hears of it.
          await run({}).catch(() => {});
          throw new LostAnswer(fault === 'silent' ? 'silent' : 'cut');
        case 'busy':
          throw busy(service);
        case 'repeated':
          await run({}).catch(() => {});
          return run({});
        case 'stale': {
          const behind = replica?.world() ?? world;
          if (isRead(operation)) return run({ world: behind });
          const refusal = refuseUnknown(behind, resources, operation, input);
          if (refusal) throw refusal;
          return run({});
        }
        case 'tokenExpired':
          // Assumed: how long a token lasts, and what a service says of one that is too old, is not documented.
          throw invalid('The provided NextToken is invalid.', 'INVALID_NEXT_TOKEN');
        case 'credentialsExpired':
          throw new ServiceError('ExpiredTokenException', 'The security token included in the request is expired');
        case 'failed':
        case 'failedForGood':
          return run({ request: { FailureReason: failureReason(world, operation, input, detail) } });
        case 'statusUnknown':
          return run({ request: { KnownFrom: now() + lagMs } });
        case 'statusUnlisted':
          return run({ request: { ListedFrom: now() + lagMs } });
      }
    },
  };
}

function internal(service: ServiceName): ServiceError {
  const name = service === 'organizations' ? 'ServiceException' : 'InternalServerException';
  return new ServiceError(name, 'An internal error occurred. Please try again.');
}

function busy(service: ServiceName): ServiceError {
  if (service !== 'identitystore') {
    return conflict('There is a conflicting process in progress. Please try again later.');
  }
  return new ServiceError('ConflictException', 'The resource is being modified. Please try again.', {
    Reason: 'CONCURRENT_MODIFICATION',
  });
}
