import type { Behaviour } from '../core/behaviour.ts';
import type { Timing } from '../core/context.ts';
import type { Fate, FaultyCall, Injection } from '../faults/inject.ts';
import { createRates } from '../load/rates.ts';

/**
 * The way of a call from the wire to its operation and back: all that happens to calls and isn't the operations' own
 * doing happens here. `run` does what the call asks for, durably, and answers its output or throws a ServiceError.
 * Throws a ServiceError, or a LostAnswer where there is to be none.
 */
export type Passage = (call: FaultyCall, run: (fate: Fate) => Promise<object>) => Promise<object>;

/**
 * A call is refused, or takes effect, at its arrival, and then the answer is on its way for the whole latency. So a
 * client never knows yet of what it has just changed, and what it reads is as old as the answer: the harder half of what
 * a real network does. A refused call takes as long as any other. What comes too soon never meets a fault.
 */
export function createPassage(behaviour: Behaviour, timing: Timing, faults: Injection): Passage {
  const refuseTooMany = createRates(behaviour);
  return async (call, run) => {
    const { service, operation } = call;
    const latency = timing.latency(operation);
    const answered = latency > 0 ? behaviour.sleep(latency) : undefined;
    try {
      refuseTooMany(service, operation);
      return await faults.carryOut(call, run);
    } finally {
      await answered;
    }
  };
}
