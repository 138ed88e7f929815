import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Organisation } from './organisation.ts';

export interface ServeOptions {
  organisation: Organisation;
  /** True for the accounts alone, with nothing in them yet. */
  isEmpty: boolean;
  /** As slow and strict as the service; absent: at once, without limits. */
  load?: { seed: number; timeScale: number; otherShare: number };
}

export type Order = { type: 'serve'; options: ServeOptions } | { type: 'counts' };

/** Since the last time that they were taken, or since the start. */
export interface Counts {
  byOperation: Record<string, number>;
  /** The share of the calls to sso-admin that were throttled, the first two hundred aside; since the start. */
  throttled: number;
  /** Assignment requests that were under way at the same time; since the start. */
  mostAssignments: number;
}

export interface ServedEmulator {
  url: string;
  takeCounts(): Promise<Counts>;
  close(): Promise<void>;
}

/** Starts an emulator in a process of its own. */
export async function serveOrganisation(options: ServeOptions): Promise<ServedEmulator> {
  const child = fork(fileURLToPath(new URL('emulator-process.ts', import.meta.url)), { execArgv: process.execArgv });
  const ask = async (order: Order): Promise<unknown> => {
    const answer = once(child, 'message');
    child.send(order);
    const [message] = (await answer) as [unknown];
    return message;
  };
  return {
    url: (await ask({ type: 'serve', options })) as string,
    takeCounts: async () => (await ask({ type: 'counts' })) as Counts,
    async close() {
      const ended = once(child, 'exit');
      child.kill();
      await ended;
    },
  };
}

export const callsOf = ({ byOperation }: Counts): number =>
  Object.entries(byOperation).reduce(
    (sum, [operation, count]) => sum + (operation === 'GetCallerIdentity' ? 0 : count),
    0,
  );

/** Of two parts of one run. */
export function addCounts(first: Counts, second: Counts): Counts {
  const byOperation = { ...first.byOperation };
  for (const [operation, count] of Object.entries(second.byOperation)) {
    byOperation[operation] = (byOperation[operation] ?? 0) + count;
  }
  return { ...second, byOperation };
}
