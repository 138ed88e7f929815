import fc from 'fast-check';
import { expect, it } from 'vitest';
import { change } from './support/changes.ts';
import { survive, type Ordeal, type Survived } from './support/survive.ts';
import { depth } from './support/depth.ts';

// `npm run soak` runs a thousand.
const { numRuns: runs, seed = Date.now() % 1_000_000 } = depth(12);

const ordeal: fc.Arbitrary<Ordeal> = fc
  .record({
    change,
    seed: fc.integer({ min: 1, max: 1_000_000 }),
    asyncMs: fc.constantFrom(1, 15, 60),
    interruptAt: fc.integer({ min: 1, max: 90 }),
    how: fc.constantFrom('stop' as const, 'kill' as const),
  })
  .map(({ change: changed, ...rest }) => ({ ...changed, ...rest }));

it(
  'whatever goes wrong, and wherever it is interrupted, a change ends as the file says, and on the way no one loses what they keep',
  async () => {
    const all: Survived[] = [];
    await fc.assert(
      fc.asyncProperty(ordeal, async (one) => {
        const survived = await survive(one);
        all.push(survived);
        expect(survived.wrong).toEqual([]);
      }),
      // A smaller case under other faults is another case, so nothing is made smaller.
      { numRuns: runs, seed, endOnFailure: true },
    );
    const sum = (of: (one: Survived) => number): number => all.reduce((total, one) => total + of(one), 0);
    const most = Math.max(...all.map((one) => one.runs));
    console.log(
      `seed ${seed}: ${runs} changes, ${sum((one) => one.calls)} calls, ${sum((one) => one.faults)} faults; nothing lost; at most ${most} runs after the interrupted one`,
    );
  },
  60_000 + runs * 30_000,
);
