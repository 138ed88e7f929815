import type { Behaviour } from '../behaviour.ts';
import type { ServiceName } from '../service.ts';
import { createRates } from './rates.ts';
import type { Timing } from './timing.ts';

/**
 * The way of a call from the wire to its operation and back: all that happens to calls and isn't the operations' own
 * doing happens here. `run` does what the call asks for, durably, and answers its output or throws a ServiceError.
 */
export type Passage = (
  call: { readonly service: ServiceName; readonly operation: string },
  run: () => Promise<object>,
) => Promise<object>;

/**
 * A call is refused, or takes effect, at its arrival, and then the answer is on its way for the whole latency. So a
 * client never knows yet of what it has just changed, and what it reads is as old as the answer: the harder half of what
 * a real network does. A refused call takes as long as any other.
 */
export function createPassage(behaviour: Behaviour, timing: Timing): Passage {
  const refuseTooMany = createRates(behaviour);
  return async ({ service, operation }, run) => {
    const latency = timing.latency(operation);
    const answered = latency > 0 ? behaviour.sleep(latency) : undefined;
    try {
      refuseTooMany(service, operation);
      return await run();
    } finally {
      await answered;
    }
  };
}
