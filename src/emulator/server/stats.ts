import type { CallRecord } from './call-record.ts';
import { inProgress } from '../core/requests.ts';
import type { World } from '../core/world.ts';

/** What has happened since the emulator started. */
export interface Stats {
  calls: number;
  /** Calls that were answered ThrottlingException or TooManyRequestsException, whichever limit they met, by service. */
  throttled: Record<string, number>;
  /** The most requests that were IN_PROGRESS at the same time. */
  mostInProgress: { creations: number; deletions: number; assignments: number; provisionings: number };
}

export interface StatsKeeper {
  readonly stats: Stats;
  /** To be told of every call. */
  count(entry: CallRecord): void;
  /** To be called after every write, before anything ends. */
  look(world: World): void;
}

export function createStats(): StatsKeeper {
  const most = { creations: 0, deletions: 0, assignments: 0, provisionings: 0 };
  const stats: Stats = { calls: 0, throttled: {}, mostInProgress: most };
  return {
    stats,
    count({ service, outcome }) {
      stats.calls++;
      if (service === undefined || !/^(Throttling|TooManyRequests)Exception$/.test(outcome)) return;
      stats.throttled[service] = (stats.throttled[service] ?? 0) + 1;
    },
    look(world) {
      const creations = inProgress(world, 'assignment-creation');
      const deletions = inProgress(world, 'assignment-deletion');
      most.creations = Math.max(most.creations, creations);
      most.deletions = Math.max(most.deletions, deletions);
      most.assignments = Math.max(most.assignments, creations + deletions);
      most.provisionings = Math.max(most.provisionings, inProgress(world, 'provisioning'));
    },
  };
}
