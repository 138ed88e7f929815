import { wholeCpu, type PlannerRow } from './measure-planner.ts';
import type { Row } from './service.ts';

export interface StartupRow {
  name: string;
  milliseconds: number;
  /** To `node -e 0` in the same run. */
  ratio: number;
}

type Column<Entry> = readonly [heading: string, show: (row: Entry) => string];

function table<Entry>(rows: readonly Entry[], columns: readonly Column<Entry>[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    line(columns.map(([heading]) => heading)),
    line(columns.map((_, index) => (index === 0 ? '---' : '---:'))),
    ...rows.map((row) => line(columns.map(([, show]) => show(row)))),
  ].join('\n');
}

const whole = (number: number): string => Math.round(number).toLocaleString('en');
const ratio = (number: number, to: number): string => (number / to).toFixed(2);

/** What every measured run took beside the limit, then its calls one operation after the other. */
export function serviceTable(rows: readonly Row[]): string {
  const columns: Column<Row>[] = [
    ['run', ({ name, isHeldBack }) => `${name}${isHeldBack ? ' \\*' : ''}`],
    ['calls', ({ calls }) => whole(calls)],
    ['least', ({ leastCalls }) => whole(leastCalls)],
    ['ratio', ({ calls, leastCalls }) => ratio(calls, leastCalls)],
    ['seconds', ({ seconds }) => seconds.toFixed(1)],
    ['limit', ({ leastSeconds }) => leastSeconds.toFixed(1)],
    ['ratio', ({ seconds, leastSeconds }) => ratio(seconds, leastSeconds)],
    ['throttled', ({ throttled }) => `${(throttled * 100).toFixed(1)}%`],
    ['most under way', ({ mostAssignments }) => (mostAssignments === 0 ? '' : String(mostAssignments))],
    [
      'estimate, calls',
      ({ estimate }) => (estimate ? `${whole(estimate.calls)} for ${whole(estimate.tookCalls)}` : ''),
    ],
    [
      'estimate, seconds',
      ({ estimate }) => (estimate ? `${whole(estimate.seconds)} for ${whole(estimate.tookSeconds)}` : ''),
    ],
  ];
  return `${table(rows, columns)}

**least**: the calls that every tool needs: pages of the largest size that AWS allows, one call per group for its members, six per permission set for its parts, the list of stale roles, and assignments in the cheapest way that AWS offers; for an apply, one call for each thing that is created, and two for each assignment. **limit**: the larger of two times: the calls divided by the quota (20 a second over all of sso-admin), and the assignments times their mean duration divided by the 15 that can be in progress at once, or by the one that can be in progress in an account. **throttled**: the share of throttled calls to sso-admin after the first two hundred. **most under way**: the most assignments in progress at once. **estimate**: what the plan predicted, for what the apply took. \\* The processor of the machine, not the quota, set the pace.

<details><summary>Calls by operation</summary>

${rows.map(callsByOperation).join('\n\n')}

</details>`;
}

function callsByOperation({ name, byOperation }: Row): string {
  const calls = Object.entries(byOperation)
    .sort(([, one], [, other]) => other - one)
    .map(([operation, count]) => `${operation} ${whole(count)}`);
  return `**${name}**: ${calls.join(', ')}.`;
}

export function plannerTable(rows: readonly PlannerRow[]): string {
  return table(rows, [
    ['accounts', ({ accounts }) => whole(accounts)],
    ['permission sets', ({ permissionSets }) => whole(permissionSets)],
    ['users', ({ users }) => whole(users)],
    ['groups', ({ groups }) => whole(groups)],
    ['assignments', ({ assignments }) => whole(assignments)],
    ['steps', ({ changes }) => whole(changes)],
    ['CPU: both sides, s', ({ cpuSeconds }) => cpuSeconds.sides.toFixed(1)],
    ['plan, s', ({ cpuSeconds }) => cpuSeconds.plan.toFixed(1)],
    ['formats, s', ({ cpuSeconds }) => cpuSeconds.formats.toFixed(1)],
    ['all, s', (row) => wholeCpu(row).toFixed(1)],
    ['all per 100,000 assignments, s', (row) => ((wholeCpu(row) / row.assignments) * 100_000).toFixed(2)],
    ['by the clock, s', ({ seconds }) => seconds.toFixed(1)],
    ['peak memory, MB', ({ peakMegabytes }) => whole(peakMegabytes)],
  ]);
}

export function startupTable(rows: readonly StartupRow[]): string {
  return table(rows, [
    ['command', ({ name }) => `\`${name}\``],
    ['milliseconds', ({ milliseconds }) => whole(milliseconds)],
    ['x `node -e 0`', (row) => row.ratio.toFixed(2)],
  ]);
}
