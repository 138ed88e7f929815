import fc from 'fast-check';
import { expect, it } from 'vitest';
import { testClock } from './support/clock.ts';
import { connect } from '../src/aws/connect.ts';
import { makePlan } from '../src/planner/make-plan.ts';
import { liveSource } from '../src/source/live.ts';
import type { PlanResult } from '../src/planner/plan.ts';
import { loadIdentityFile, type LoadedFile } from '../src/config/load.ts';
import { startEmulator } from './support/emulator.ts';
import { applySteps, type ApplyEvent } from '../src/reconcile/apply.ts';
import { kinds } from '../src/kinds/index.ts';
import { change, seed as worldSeed, type Document } from './support/changes.ts';
import { access } from './support/held.ts';
import { depth } from './support/depth.ts';

const tries = depth(40);

const load = (value: object): LoadedFile => loadIdentityFile('identity.yaml', () => JSON.stringify(value));

async function applyAll(aws: Awaited<ReturnType<typeof connect>>, file: LoadedFile): Promise<PlanResult> {
  const made = await makePlan(liveSource(aws, { isLocal: true }), file, { removeOrphans: true, now: new Date(0) });
  const failures: ApplyEvent[] = [];
  await applySteps(kinds, aws, made.plan.steps, made.live, (event) => {
    if (event.type === 'failed' || event.type === 'skipped') failures.push(event);
  });
  expect(failures).toEqual([]);
  return made;
}

it(
  'an apply converges, and on the way no one loses what they keep or holds what neither side gives',
  async () => {
    await fc.assert(
      fc.asyncProperty(
        change,
        async ({ before, after, renamed }: { before: Document; after: object; renamed: Map<string, string> }) => {
          const moments: Map<string, string>[] = [];
          let watching = false;
          const emulator = await startEmulator({
            seed: worldSeed,
            behaviour: { asyncMs: 1 },
            onChange: (_change, world) => {
              if (watching) moments.push(access(world, renamed));
            },
          });
          try {
            const aws = await connect({
              clock: testClock,
              region: 'us-east-1',
              local: { endpoint: emulator.url },
              askCaller: false,
            });
            await applyAll(aws, load(before));
            const atStart = access(emulator.world, renamed);
            watching = true;
            const { plan } = await applyAll(aws, load(after));
            watching = false;
            const atEnd = access(emulator.world, renamed);
            const again = await makePlan(liveSource(aws, { isLocal: true }), load(after), {
              removeOrphans: true,
              now: new Date(0),
            });
            expect(again.plan.steps).toEqual([]);

            const isWarned = plan.warnings.some(({ code }) => code === 'passing-access');
            for (const now of moments) {
              for (const key of atStart.keys())
                if (atEnd.has(key)) expect(now.has(key), `${key} is lost on the way`).toBe(true);
              if (isWarned) continue;
              for (const [key, content] of now)
                expect([atStart.get(key), atEnd.get(key)], `${key} on the way`).toContain(content);
            }
          } finally {
            await emulator.close();
          }
        },
      ),
      tries,
    );
  },
  60_000 + tries.numRuns * 2000,
);
