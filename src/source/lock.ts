import path from 'node:path';
import lockfile from 'proper-lockfile';
import onExit from 'signal-exit';
import type { Clock } from '../core/clock.ts';
import { ReportedError } from '../core/errors.ts';

// The lock would be released where a signal ends the program, by listeners that Node calls only where nothing is computed:
// Ctrl-C would wait for as long as that takes. Without them the program ends at once, and the lock goes stale.
onExit.unload();

/** A lock left by a killed run goes stale; together the pauses between two attempts take longer. */
const stale = 5000;
const pauses = [100, 200, 400, 800, 1600, 2500];

/** Takes a folder for one run; resolves with the function that gives it back. */
export async function lock(folder: string, clock: Clock): Promise<() => Promise<void>> {
  const lockfilePath = path.join(folder, 'lock');
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await lockfile.lock(folder, { lockfilePath, stale });
    } catch (error) {
      const pause = pauses[attempt];
      if (pause === undefined || (error as NodeJS.ErrnoException).code !== 'ELOCKED') {
        throw new ReportedError(
          'local-in-use',
          `Another run uses the local Identity Center in ${folder}.`,
          `Wait until it has finished. If no other run exists, remove ${lockfilePath}. (${error instanceof Error ? error.message : 'locked'})`,
        );
      }
      await clock.sleep(pause);
    }
  }
}
