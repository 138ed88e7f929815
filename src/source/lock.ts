import path from 'node:path';
import lockfile from 'proper-lockfile';
import { ReportedError } from '../core/errors.ts';

/** Takes a folder for one run; resolves with the function that gives it back. A lock left by a killed run goes stale. */
export async function lock(folder: string): Promise<() => Promise<void>> {
  const lockPath = path.join(folder, 'lock');
  try {
    return await lockfile.lock(folder, {
      lockfilePath: lockPath,
      stale: 5000,
      retries: { retries: 6, minTimeout: 100, maxTimeout: 2500 },
    });
  } catch (error) {
    throw new ReportedError(
      'local-in-use',
      `Another run uses the local Identity Center in ${folder}.`,
      `Wait for it to end. If there is none, remove ${lockPath}. (${error instanceof Error ? error.message : 'locked'})`,
    );
  }
}
