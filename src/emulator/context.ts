import type { Behaviour } from './behaviour.ts';
import type { ChangeRecord } from './changes.ts';
import type { ServiceError } from './errors.ts';
import type { Timing } from './load/timing.ts';
import type { Policy } from './policy/document.ts';
import type { RequestFate } from './rows.ts';
import type { Schedule } from './schedule.ts';
import type { Input, StructureShape } from './shape.ts';
import type { World } from './world.ts';

export interface Caller {
  accountId: string;
  arn: string;
  role: 'management' | 'delegated-administrator' | 'member';
}

/** What time-driven work needs; it also runs between calls. */
export interface Engine {
  readonly world: World;
  readonly behaviour: Behaviour;
  readonly timing: Timing;
  /** The world's jobs, by the time at which they are due. */
  readonly schedule: Schedule;
  readonly report: (change: ChangeRecord) => void;
  readonly caller: Caller;
  /** What the caller's role allows; undefined: everything that the service itself does. */
  readonly policy: Policy | undefined;
}

/** What a handler knows beside its input. */
export interface Context extends Engine {
  readonly operation: string;
  /** Whether the call was signed for the instance's home Region. */
  readonly atHome: boolean;
  /** The service's error for bad input; only Organizations has use for the reason. */
  readonly invalid: (message: string, reason: string) => ServiceError;
  /** What is to go wrong with the asynchronous request that the call starts. */
  readonly requestFate: RequestFate | undefined;
  /** How often the status of this request has been read before. */
  readonly countStatusRead: (requestId: string) => number;
}

/** One handler for each operation that the shapes describe. */
export type Handlers<Shapes extends Record<string, StructureShape>> = {
  [Operation in keyof Shapes]: (context: Context, input: Input<Shapes[Operation]>) => object;
};

/** Seconds with a fraction, as timestamps travel. */
export function timestamp({ behaviour }: Pick<Context, 'behaviour'>): number {
  return behaviour.now() / 1000;
}
