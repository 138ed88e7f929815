// What a plan takes at the service's limits, and at parts of them, without a change and with a few: npm run bench:planner
import { measureLoading } from './measure-loading.ts';
import { heapMegabytes, measurePlanner, wholeCpu, type PlannerRow } from './measure-planner.ts';

const shares = [1 / 8, 1 / 4, 1 / 2, 1];
/** Of the organisation: a few thousand changes at the limits. */
const changed = [0, 0.002];

const { lines, assignments, cpuMilliseconds } = measureLoading(0.6);
console.log(`node ${process.version}, a heap of at most ${heapMegabytes} MB`);
console.log(`Loading a file of ${lines} lines (${assignments} assignments): ${cpuMilliseconds.toFixed(0)} ms of CPU\n`);

const count = (number: number): string => number.toLocaleString('en');

const columns: [string, (row: PlannerRow) => string][] = [
  ['assignments', (row) => count(row.assignments)],
  ['users', (row) => count(row.users)],
  ['sets', (row) => count(row.permissionSets)],
  ['changes', (row) => count(row.changes)],
  ['people', (row) => count(row.people)],
  ['sides, CPU s', ({ cpuSeconds }) => cpuSeconds.sides.toFixed(1)],
  ['plan', ({ cpuSeconds }) => cpuSeconds.plan.toFixed(1)],
  ['formats', ({ cpuSeconds }) => cpuSeconds.formats.toFixed(1)],
  ['all', (row) => wholeCpu(row).toFixed(1)],
  ['per 100,000', (row) => ((wholeCpu(row) / row.assignments) * 100_000).toFixed(2)],
  ['clock s', ({ seconds }) => seconds.toFixed(1)],
  ['peak MB', (row) => count(Math.round(row.peakMegabytes))],
];
const line = (cells: readonly string[]): string => cells.map((cell) => cell.padStart(12)).join('');

console.log(line(columns.map(([heading]) => heading)));
for (const share of changed) {
  for (const size of shares) {
    const rows = await measurePlanner([{ share: size, changed: share }]);
    for (const row of rows) console.log(line(columns.map(([, show]) => show(row))));
  }
}
