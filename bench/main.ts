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

Made by \`npm run bench\` (seed ${seed}) with version ${version}, Node ${process.version}, on ${os.cpus().length} x ${processor?.model ?? 'an unknown processor'}, ${new Date().toISOString().slice(0, 10)}. Calls are exact and the same on any machine. Seconds are those of an emulated service with AWS's quotas, so only their ratio to the limit means something elsewhere.

## Calls and time

${serviceTable(service)}

## The planner alone

Without a network, each size in a process of its own whose heap is at most ${heapMegabytes.toLocaleString('en')} MB. **both sides**: the checked file and what was read become two organisations that speak of the same names. **plan**: they are compared, the steps ordered, what people gain and lose found, every guard and rule asked. **formats**: the plan as text, as Markdown and as JSON, of which a run prints one. CPU is that of all threads, the garbage collector's too. The last row has nothing to change.

${plannerTable(planner)}

## Start-up

Medians of 31 interleaved rounds.

${startupTable(startup)}

${otherTools}`;

writeFileSync('docs/benchmarks.md', page);
process.stdout.write(page);
