// npm run bench [seed]: measures the calls and the time of plans and applies under the service's quotas, the planner's own
// work, and how long the program takes to start; prints the table and writes it into docs/benchmarks.md.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { heapMegabytes, measurePlanner, plannerNote, type PlannerRow } from './measure-planner.ts';
import { otherTools } from './other-tools.ts';
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
const changed = 0.002;
for (const size of [...[1 / 8, 1 / 4, 1 / 2, 1].map((share) => ({ share, changed })), { share: 1, changed: 0 }]) {
  const row = await measurePlanner(size);
  planner.push(row);
  note(plannerNote(row));
}
const startup = JSON.parse(
  execFileSync(process.execPath, ['scripts/bench-startup.mjs', '31', '--json'], { encoding: 'utf8' }),
) as StartupRow[];

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
const [processor] = os.cpus();
const page = `# Benchmarks

Made by \`npm run bench\` (seed ${seed}) with version ${version}, Node ${process.version}, on ${os.cpus().length} x ${processor?.model ?? 'an unknown processor'}, ${new Date().toISOString().slice(0, 10)}. The page shows how many calls and how much time plans and applies take. The numbers of calls are exact and the same on any machine. The seconds are those of an emulated service with AWS's quotas, so only their ratio to the limit is meaningful elsewhere. The sizes S, M and L are [below](#other-tools).

## Calls and time

${serviceTable(service)}

## The planner alone

No network is involved. Each size runs in its own process, with a heap of at most ${heapMegabytes.toLocaleString('en')} MB. **both sides**: building the desired state from the file and the live state from what was read. **plan**: comparing them, ordering the steps, finding what people gain and lose, and evaluating every guard and rule. **formats**: rendering the plan as text, as Markdown and as JSON (a run prints only one). CPU is that of all threads, including the garbage collector. In the last row, nothing changes.

${plannerTable(planner)}

## Start-up

Medians of 31 interleaved rounds.

${startupTable(startup)}

${otherTools}`;

writeFileSync('docs/benchmarks.md', page);
process.stdout.write(page);
