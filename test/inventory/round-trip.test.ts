import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Dimensions } from '../../bench/dimensions.ts';
import { createOrganisation, type Organisation } from '../../bench/organisation.ts';
import { plantOrganisation, seedOf } from '../../bench/plant.ts';
import { createRandom, pick, type Random } from '../../bench/random.ts';
import { assignment } from '../../src/kinds/account-assignment/kind.ts';
import type { AccountTarget } from '../../src/core/account-target.ts';
import { change, seed } from '../support/changes.ts';
import { importFrom } from '../support/imported.ts';
import { startLive } from '../support/live.ts';
import { depth } from '../support/depth.ts';

describe('an import of a generated organisation', () => {
  it('has an empty plan, and a line taken out of it is exactly that step', async () => {
    await fc.assert(
      fc.asyncProperty(change, fc.nat(), async ({ before }, at) => {
        const live = await startLive({ seed });
        try {
          expect(await live.apply(before)).toEqual([]);
          const imported = await importFrom(live.aws);
          expect(await imported.plan(), imported.text).toMatchObject({
            steps: [],
            violations: [],
            ignored: {},
          });

          const people = Object.keys(before.users);
          const name = people[at % Math.max(1, people.length)];
          if (name === undefined) return;
          const edited = imported.text.replace(new RegExp(`^(  ${name}:[^]*?givenName: )\\w+`, 'm'), '$1Renamed');
          const { steps } = await imported.plan(edited);
          expect(steps.map(({ id, action }) => `${action} ${id}`)).toEqual([`update user/${name}`]);
        } finally {
          await live.emulator.close();
        }
      }),
      depth(40),
    );
  });

  const dimensions: Dimensions = {
    accounts: 200,
    users: 1500,
    groups: 80,
    memberships: 4000,
    permissionSets: 60,
    assignments: 60,
    pairs: 60,
  };

  it('of 4000 assignments made from products has at most a tenth as many entries, and an empty plan', async () => {
    const organisation = { ...createOrganisation(dimensions), assignments: [] as Organisation['assignments'] };
    organisation.assignments = productsOf(organisation, 4000, createRandom(7));
    const live = await startLive({ seed: seedOf(organisation) });
    onTestFinished(() => live.emulator.close());
    plantOrganisation(live.emulator.world, organisation);
    const count = [...live.emulator.world.assignments.rows()].length;
    expect(count).toBeGreaterThanOrEqual(4000);
    live.emulator.calls.length = 0;
    const imported = await importFrom(live.aws);
    const calls = live.emulator.calls.length;

    const { assignments = [] } = imported.load().document;
    expect(assignments.length).toBeLessThanOrEqual(count / 10);
    // No assignment is said twice, so that each line takes away what it says.
    const said = Array.from(
      assignment.desired(assignments, { partition: 'aws', accountIds: ({ accounts = [] }) => accounts }),
    );
    expect(said).toHaveLength(count);
    live.emulator.calls.length = 0;
    expect(await imported.plan()).toMatchObject({ steps: [], violations: [] });
    expect(calls).toBeLessThanOrEqual(live.emulator.calls.length);
    // Some 40 seconds where a machine is busy.
  }, 300_000);
});

/** Entries as people write them: a few teams or people, one set or two, some accounts. */
function productsOf(
  { accounts: all, users, groups, permissionSets }: Organisation,
  least: number,
  random: Random,
): Organisation['assignments'] {
  const some = (names: string[], most: number): string[] => [
    ...new Set(Array.from({ length: 1 + pick(random, most) }, () => names[pick(random, names.length)] ?? '')),
  ];
  const [accountNames, sets] = [Object.keys(all), Object.keys(permissionSets)];
  const entries: Organisation['assignments'] = [];
  const keys = new Set<string>();
  while (keys.size < least) {
    const isForGroups = pick(random, 4) > 0;
    const entry = {
      ...(isForGroups ? { groups: some(Object.keys(groups), 3) } : { users: some(Object.keys(users), 4) }),
      permissionSets: some(sets, 2),
      accounts: some(accountNames, 20),
    };
    entries.push(entry);
    const context = {
      partition: 'aws',
      accountIds: ({ accounts = [] }: AccountTarget) => accounts,
    };
    for (const { spec } of assignment.desired([entry], context)) keys.add(assignment.key(spec).join('/'));
  }
  return entries;
}
