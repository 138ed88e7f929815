import type { Behaviour } from './behaviour.ts';
import type { ChangeRecord } from './changes.ts';
import type { ServiceError } from './errors.ts';
import type { RequestFate, Requests } from './requests.ts';
import type { Registry } from './resource.ts';
import type { Schedule } from './schedule.ts';
import type { World } from './world.ts';

export interface Caller {
  accountId: string;
  arn: string;
  role: 'management' | 'delegated-administrator' | 'member';
}

/** An address, and the VPC whose endpoint the call came through. */
export interface Source {
  readonly ip: string;
  readonly vpc?: string;
}

/** How long things take, in milliseconds; each answer is the next of a seeded stream. */
export interface Timing {
  /** From a call's arrival to its answer. */
  latency(operation: string): number;
  /** The work of a request in one account, once it has its turn there. */
  work(kind: keyof Requests): number;
}

/** What time-driven work needs; it also runs between calls. */
export interface Engine {
  readonly world: World;
  readonly registry: Registry;
  readonly behaviour: Behaviour;
  readonly timing: Timing;
  /** The world's jobs, by the time at which they are due. */
  readonly schedule: Schedule;
  readonly report: (change: ChangeRecord) => void;
  readonly caller: Caller;
  /** The first of the resources for which the caller's IAM policy doesn't allow the action; undefined where it does. */
  readonly refusedResource: (action: string, resources: readonly string[]) => string | undefined;
}

/** What a handler knows beside its input. */
export interface Context extends Engine {
  readonly operation: string;
  /** From where the call comes; absent: from the emulator itself. */
  readonly source?: Source;
  /** Which Region the call was signed for: the instance's primary one, one that it is replicated to, or another. */
  readonly regionRole: 'primary' | 'additional' | 'other';
  /** The service's error for bad input; only Organizations has use for the reason. */
  readonly invalid: (message: string, reason: string) => ServiceError;
  /** What is to go wrong with the asynchronous request that the call starts. */
  readonly requestFate: RequestFate | undefined;
  /** How often the status of this request has been read before. */
  readonly countStatusRead: (requestId: string) => number;
}

/** Seconds with a fraction, as timestamps travel. */
export function timestamp({ behaviour }: Pick<Context, 'behaviour'>): number {
  return behaviour.now() / 1000;
}
