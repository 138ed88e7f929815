// Plans one organisation in this process alone, and prints what it took as JSON: share of the limits, share of change.
import { planChanges } from '../src/planner/plan.ts';
import { loadPolicies } from '../src/policies/load.ts';
import { renamesInPlace, compileDesired } from '../src/source/compile.ts';
import { identityDocument } from '../src/config/schema/document.ts';
import type { LoadedFile } from '../src/config/load.ts';
import { nameLive, type LiveState } from '../src/reconcile/state.ts';
import { kinds } from '../src/kinds/index.ts';
import { planJson } from '../src/render/json.ts';
import { renderMarkdown } from '../src/render/markdown/plan.ts';
import { renderText } from '../src/render/text/text.ts';
import { blocksOf, countPeople } from '../src/core/reach.ts';
import { limits, scaleDown } from './dimensions.ts';
import { editOrganisation } from './edit.ts';
import type { PlannerRow } from './measure-planner.ts';
import { createOrganisation, type Organisation } from './organisation.ts';
import { readOrganisation, awsContextOf } from './read-organisation.ts';

const [share = 1, changed = 0] = process.argv.slice(2).map(Number);
const dimensions = scaleDown(limits, share);
/** What stands for AWS: let go once it has been read, for the planner has no such thing in its memory. */
let there: Organisation | undefined = createOrganisation(dimensions);
const loaded: LoadedFile = {
  document: identityDocument.parse(changed > 0 ? editOrganisation(there, changed) : there),
  warnings: [],
  // Every entry has a line, as in a file; where it is does not matter here.
  places: {
    of: ([, key]) => ({ file: 'identity.yaml', line: typeof key === 'number' ? key + 1 : 1, column: 1 }),
    frame: () => undefined,
  },
};
const context = awsContextOf(there);
const cpuSeconds = { sides: 0, plan: 0, formats: 0 };
let seconds = 0;

function timed<T>(part: keyof typeof cpuSeconds, work: () => T): T {
  const [cpu, clock] = [process.cpuUsage(), performance.now()];
  const result = work();
  const { user, system } = process.cpuUsage(cpu);
  cpuSeconds[part] += (user + system) / 1e6;
  seconds += (performance.now() - clock) / 1e3;
  return result;
}

const now = new Date(0);
const policies = await loadPolicies(now);
const options = { removeOrphans: false, isLocal: false, now, policies };
const file = timed('sides', () => compileDesired(loaded, context, options.now));
const live = readAndName();
const { plan } = timed('plan', () => planChanges(file, live, context, options));
// One after the other, and none is kept: a run of the CLI prints one.
for (const render of [renderText, renderMarkdown]) {
  timed('formats', () => render(plan, { color: false, width: 120 }).length);
}
timed('formats', () => {
  let length = 0;
  for (const piece of planJson(plan)) length += piece.length;
  return length;
});

/** In a function of its own, so that what was read is let go as the CLI does it. */
function readAndName(): LiveState {
  if (!there) throw new Error('It has been read already.');
  const reading = readOrganisation(there);
  there = undefined;
  return timed('sides', () => nameLive(kinds, reading, renamesInPlace(file), file.desired));
}

const row: PlannerRow = {
  ...dimensions,
  things: live.size,
  changes: plan.steps.length,
  people: countPeople(blocksOf(plan.access.people, [...plan.access.gained, ...plan.access.lost])),
  cpuSeconds,
  seconds,
  peakMegabytes: process.resourceUsage().maxRSS / 1024,
};
process.stdout.write(JSON.stringify(row));
