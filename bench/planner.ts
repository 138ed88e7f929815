// What a plan takes at the service's limits, and at parts of them, without a change and with a few: npm run bench:planner
import { measureLoading } from './measure-loading.ts';
import { heapMegabytes, measurePlanner, plannerNote, type PlannerRow } from './measure-planner.ts';
import { plannerTable } from './report.ts';

const shares = [1 / 8, 1 / 4, 1 / 2, 1];
/** Of the organisation: a few thousand changes at the limits. */
const changed = [0, 0.002];

const { lines, assignments, cpuMilliseconds } = measureLoading(0.6);
console.log(`node ${process.version}, a heap of at most ${heapMegabytes} MB`);
console.log(`Loading a file of ${lines} lines (${assignments} assignments): ${cpuMilliseconds.toFixed(0)} ms of CPU\n`);

const rows: PlannerRow[] = [];
for (const share of changed) {
  for (const size of shares) {
    const row = await measurePlanner({ share: size, changed: share });
    rows.push(row);
    console.error(plannerNote(row));
  }
}
console.log(plannerTable(rows));
