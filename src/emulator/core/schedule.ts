import type { Job } from './requests.ts';

/** Jobs in the order in which they are due; of those due together the first added comes first. */
export interface Schedule {
  add(job: Job): void;
  /** Removes and answers what is due by this time of the clock. */
  takeDue(now: number): Job[];
  /** When the next job is due, in the clock's milliseconds. */
  nextDue(): number | undefined;
}

export function createSchedule(jobs: readonly Job[]): Schedule {
  const waiting = [...jobs].sort((a, b) => a.DueAt - b.DueAt);

  /** How many are due by then. */
  const countDue = (time: number): number => {
    let low = 0;
    let high = waiting.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((waiting[middle]?.DueAt ?? Infinity) <= time) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  return {
    add: (job) => void waiting.splice(countDue(job.DueAt), 0, job),
    takeDue: (now) => waiting.splice(0, countDue(now)),
    nextDue: () => waiting[0]?.DueAt,
  };
}
