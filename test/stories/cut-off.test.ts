import { expect, it } from 'vitest';
import { testClock } from '../support/clock.ts';
import { connect } from '../../src/aws/connect.ts';
import { makePlan } from '../../src/planner/make-plan.ts';
import { liveSource } from '../../src/source/live.ts';
import { applySteps } from '../../src/reconcile/apply.ts';
import { kinds } from '../../src/kinds/index.ts';
import { accounts, load, person, startLive, type LiveSetup, now } from '../support/live.ts';
import { observe } from '../support/organisation.ts';
import { startProxy, type Intercept } from '../support/proxy.ts';

const isWrite = (operation: string): boolean => !/^(List|Get|Describe)/.test(operation);
const denied = { status: 400, body: '{"__type":"AccessDeniedException","Message":"cut off"}' };

/** Lets this many writes through, and no more: how a run that was killed looks from the other side. */
function cutOff(after: number): { intercept: Intercept; isOver(): boolean } {
  let writes = 0;
  return {
    intercept: async (operation, forward) => (isWrite(operation) && ++writes > after ? denied : forward()),
    isOver: () => writes > after,
  };
}

/** Goes from one file to the other, cut off after every possible write, and looks at what is live then. */
async function cutEverywhere(before: object, after: object, look: (live: LiveSetup) => void): Promise<number> {
  for (let writes = 0; ; writes += 1) {
    const live = await startLive();
    try {
      expect(await live.apply(before)).toEqual([]);
      const { intercept, isOver } = cutOff(writes);
      const proxy = await startProxy(live.emulator.url, intercept);
      try {
        const aws = await connect({
          clock: testClock,
          region: 'us-east-1',
          local: { endpoint: proxy.url },
          askCaller: false,
        });
        const { plan, live: state } = await makePlan(liveSource(aws, { isLocal: true }), load(after), {
          removeOrphans: false,
          now,
        });
        await applySteps(kinds, aws, plan.steps, state, () => {});
      } finally {
        await proxy.close();
      }
      look(live);
      expect(await live.apply(after), `after ${writes} writes`).toEqual([]);
      expect((await live.plan(after)).plan.steps, `after ${writes} writes`).toEqual([]);
      if (!isOver()) return writes;
    } finally {
      await live.emulator.close();
    }
  }
}

const users = { ann: person('ann'), bob: person('bob') };

it('a permission set that is replaced: the next run finishes it, and no one is without access in between', async () => {
  const granted = (set: string) => [
    { groups: ['ops'], permissionSets: [set], accounts: ['production', 'staging'] },
    { users: ['bob'], permissionSets: [set], accounts: ['staging'] },
  ];
  const groups = { ops: { members: ['ann'] } };
  const content = { managedPolicies: ['ReadOnlyAccess'], tags: { a: '1' } };
  const writes = await cutEverywhere(
    { users, groups, permissionSets: { Old: content }, assignments: granted('Old') },
    { users, groups, permissionSets: { New: { ...content, previously: 'Old' } }, assignments: granted('New') },
    ({ emulator }) => {
      const held = observe(emulator.world).assignments ?? [];
      for (const who of [
        `GROUP ops SET ${accounts.production}`,
        `GROUP ops SET ${accounts.staging}`,
        `USER bob SET ${accounts.staging}`,
      ]) {
        expect(held.map((text) => text.replace(/ (Old|New) /, ' SET '))).toContain(who);
      }
    },
  );
  // The set with its policy, three grants, three revocations, the old set.
  expect(writes).toBe(9);
});

it('a change of everything: the next run finishes it', async () => {
  const set = {
    managedPolicies: ['ReadOnlyAccess'],
    permissionsBoundary: { managedPolicy: 'PowerUserAccess' },
    inlinePolicy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] },
    tags: { a: '1' },
  };
  const writes = await cutEverywhere(
    {
      users,
      groups: { ops: { members: ['ann', 'bob'] } },
      permissionSets: { Read: set },
      assignments: [{ groups: ['ops'], permissionSets: ['Read'], accounts: ['production', 'staging'] }],
    },
    {
      users: { anna: { ...person('ann'), title: 'Lead', previously: 'ann' }, cy: person('cy') },
      groups: { crew: { members: ['anna', 'cy'], previously: 'ops' } },
      permissionSets: { Read: { managedPolicies: ['SecurityAudit'], description: 'Looks' } },
      assignments: [{ groups: ['crew'], permissionSets: ['Read'], accounts: ['production', 'management'] }],
    },
    () => {},
  );
  expect(writes).toBeGreaterThan(12);
});
