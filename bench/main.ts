// npm run bench [seed]: measures the calls and the time of plans and applies under the service's quotas, the planner's own
// work, and how long the program takes to start; prints the table and writes it into docs/benchmarks.md.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { heapMegabytes, measurePlanner, type PlannerRow } from './measure-planner.ts';
import { others } from './others.ts';
import { plannerTable, serviceTable, startupTable, type StartupRow } from './report.ts';
import { measureService } from './service.ts';

const seed = Number(process.argv[2] ?? 1);
const note = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

const service = await measureService(seed, ({ name, calls, seconds, leastSeconds }) =>
  note(`${name}: ${calls} calls, ${seconds.toFixed(1)} s, ${(seconds / leastSeconds).toFixed(2)} x the limit`),
);
const planner: PlannerRow[] = [];
for (const share of [1 / 8, 1 / 4, 1 / 2, 1]) {
  planner.push(...(await measurePlanner([{ share, changed: 0.002 }])));
  note(`planner: ${planner.at(-1)?.assignments} assignments, ${planner.at(-1)?.cpuSeconds.toFixed(1)} s of CPU`);
}
const startup = JSON.parse(
  execFileSync(process.execPath, ['scripts/bench-startup.mjs', '31', '--json'], { encoding: 'utf8' }),
) as StartupRow[];

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
const [processor] = os.cpus();
const page = `# Benchmarks

Made by \`npm run bench\` (seed ${seed}) with version ${version}, Node ${process.version}, on ${os.cpus().length} x ${processor?.model ?? 'an unknown processor'}, ${new Date().toISOString().slice(0, 10)}. Calls are exact and the same on any machine. Seconds are those of an emulated service with AWS's quotas, so only their ratio to the limit means something elsewhere.

## Calls and time

${serviceTable(service)}

## The planner alone

From the checked file and what was read to the plan in all three formats, without a network, each size in a process of its own whose heap is at most ${heapMegabytes.toLocaleString('en')} MB.

${plannerTable(planner)}

## Start-up

Medians of 31 interleaved rounds.

${startupTable(startup)}

${others}`;

writeFileSync('docs/benchmarks.md', page);
process.stdout.write(page);
