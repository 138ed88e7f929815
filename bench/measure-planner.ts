import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Dimensions } from './dimensions.ts';

/** One plan, and what it took. */
export interface PlannerRow extends Dimensions {
  /** Live things of all kinds. */
  things: number;
  /** Steps of the plan. */
  changes: number;
  /** Who gains or loses something. */
  people: number;
  /** CPU of all threads, the garbage collector's too. */
  cpuSeconds: {
    /** From the checked document and from what has been read to the two sides, by name. */
    sides: number;
    /** From the two sides to the plan: compared, ordered, and judged. */
    plan: number;
    /** The plan as text, as Markdown and as JSON. */
    formats: number;
  };
  /** All of it, by the clock. */
  seconds: number;
  /** The most memory that the process had, the making of the organisation included. */
  peakMegabytes: number;
}

export interface PlannerSize {
  /** Of the service's limits, 0 to 1. */
  share: number;
  /** How much of the organisation the plan changes, 0 to 1. */
  changed: number;
}

/** Of all parts. */
export const wholeCpu = ({ cpuSeconds: { sides, plan, formats } }: PlannerRow): number => sides + plan + formats;

/** So that what is needed is seen, and not what the machine has to spare: megabytes. */
export const heapMegabytes = 1600;

/** Plans an organisation of that size in a process of its own. */
export async function measurePlanner({ share, changed }: PlannerSize): Promise<PlannerRow> {
  const script = fileURLToPath(new URL('planner-size.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [
    `--max-old-space-size=${heapMegabytes}`,
    '--import',
    'tsx',
    script,
    String(share),
    String(changed),
  ]);
  return JSON.parse(stdout) as PlannerRow;
}

/** One line about it, while others are still to come. */
export const plannerNote = (row: PlannerRow): string =>
  `planner: ${row.assignments} assignments, ${row.changes} steps, ${row.people} people, ${wholeCpu(row).toFixed(1)} s of CPU`;
