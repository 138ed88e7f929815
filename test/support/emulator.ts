import * as emulator from '../../src/emulator/index.ts';
import { testClock, type JumpingClock } from './clock.ts';
import { unwatch, watch } from './in-force.ts';

/** An emulator on a clock of which no one has to wait. What waits for the emulator must have the same clock. */
export interface TimedEmulator extends emulator.Emulator {
  clock: JumpingClock;
}

export interface TimedEmulatorOptions extends emulator.EmulatorOptions {
  /** By default that of all. */
  clock?: JumpingClock;
}

/**
 * Starts an emulator in which a run of the CLI has the rights that `idc iam-policy` prints and no other, unless it is started
 * with a policy: such a test decides for itself.
 */
export async function startEmulator({
  clock = testClock,
  ...options
}: TimedEmulatorOptions = {}): Promise<TimedEmulator> {
  const { sleep, wake } = clock;
  const behaviour = { now: () => clock.now().getTime(), sleep, wake, ...options.behaviour };
  const started = { ...(await emulator.startEmulator({ ...options, behaviour })), clock };
  if (options.policy !== undefined) return started;
  await watch(started);
  return {
    ...started,
    close() {
      unwatch(started);
      return started.close();
    },
  };
}
