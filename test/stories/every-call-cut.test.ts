import { expect, it, onTestFinished } from 'vitest';
import { testClock } from '../support/clock.ts';
import { connect } from '../../src/aws/connect.ts';
import { makePlan } from '../../src/planner/make-plan.ts';
import { liveSource } from '../../src/source/live.ts';
import type { Fault, ScriptedFault } from '../../src/emulator/index.ts';
import { applySteps, type ApplyEvent } from '../../src/reconcile/apply.ts';
import { kinds } from '../../src/kinds/index.ts';
import { load, now, person, startLive, type LiveSetup } from '../support/live.ts';
import { observe } from '../support/organisation.ts';
import { startProxy } from '../support/proxy.ts';

const inlinePolicy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] };

// Small, and yet going from one to the other and back takes every write that there is.
const there = {
  users: { ann: { ...person('ann'), title: 'Lead' }, bob: person('bob') },
  groups: { ops: { description: 'Runs it', members: ['ann', 'bob'] }, dev: { members: ['ann'] } },
  permissionSets: {
    Full: {
      managedPolicies: ['ReadOnlyAccess'],
      customerManagedPolicies: [{ name: 'deployer' }],
      permissionsBoundary: { managedPolicy: 'PowerUserAccess' },
      inlinePolicy,
      tags: { a: '1' },
    },
    Old: {},
  },
  assignments: [
    { groups: ['ops'], permissionSets: ['Full'], accounts: ['production', 'staging'] },
    { users: ['ann'], permissionSets: ['Old'], accounts: ['production'] },
  ],
  applicationAssignments: [{ users: ['bob'], groups: ['ops'], applications: ['Salesforce'] }],
  accessControlAttributes: { title: '${path:title}' },
};
const between = { ...there, accessControlAttributes: {} };
const back = {
  users: { ann: person('ann'), cy: person('cy') },
  groups: { ops: { members: ['ann', 'cy'] }, qa: { members: ['ann'] } },
  permissionSets: {
    Full: { description: 'Less', managedPolicies: ['SecurityAudit'], tags: { b: '2' } },
    New: { managedPolicies: ['ReadOnlyAccess'] },
  },
  assignments: [
    { groups: ['ops'], permissionSets: ['Full'], accounts: ['production', 'staging'] },
    { users: ['ann'], permissionSets: ['New'], accounts: ['production'] },
  ],
  applicationAssignments: [{ groups: ['ops', 'qa'], applications: ['Salesforce'] }],
  accessControlAttributes: { title: '${path:userType}' },
};

const writes = [
  'CreateUser',
  'UpdateUser',
  'DeleteUser',
  'CreateGroup',
  'UpdateGroup',
  'DeleteGroup',
  'CreateGroupMembership',
  'DeleteGroupMembership',
  'CreatePermissionSet',
  'UpdatePermissionSet',
  'DeletePermissionSet',
  'TagResource',
  'UntagResource',
  'AttachManagedPolicyToPermissionSet',
  'DetachManagedPolicyFromPermissionSet',
  'AttachCustomerManagedPolicyReferenceToPermissionSet',
  'DetachCustomerManagedPolicyReferenceFromPermissionSet',
  'PutInlinePolicyToPermissionSet',
  'DeleteInlinePolicyFromPermissionSet',
  'PutPermissionsBoundaryToPermissionSet',
  'DeletePermissionsBoundaryFromPermissionSet',
  'CreateAccountAssignment',
  'DeleteAccountAssignment',
  'ProvisionPermissionSet',
  'CreateApplicationAssignment',
  'DeleteApplicationAssignment',
  'CreateInstanceAccessControlAttributeConfiguration',
  'UpdateInstanceAccessControlAttributeConfiguration',
  'DeleteInstanceAccessControlAttributeConfiguration',
];

interface Way {
  document: object;
  /** What the world is like once the way is gone. */
  end: unknown;
  calls: string[];
  cuts: ScriptedFault[];
}

/** Goes a way undisturbed, and notes what a disturbed one has to lead to, and all that can be cut on it. */
async function go(live: LiveSetup, document: object): Promise<Way> {
  live.emulator.calls.length = 0;
  expect(await live.apply(document)).toEqual([]);
  const counts = new Map<string, number>();
  const calls = live.emulator.calls.map(({ operation }) => operation);
  const cuts = calls.flatMap((operation): ScriptedFault[] => {
    const nth = (counts.get(operation) ?? 0) + 1;
    counts.set(operation, nth);
    // Of a read it is all the same to a client whether it took effect.
    const faults: Fault[] = writes.includes(operation) ? ['cutBefore', 'cutAfter'] : ['cutBefore'];
    return faults.map((fault) => ({ at: { operation, nth }, fault }));
  });
  return { document, end: observe(live.emulator.world), calls, cuts };
}

it('every single call of an apply is cut in turn, before and after it took effect, and the same run ends well', async () => {
  const live = await startLive();
  onTestFinished(() => live.emulator.close());
  await live.apply(there);
  const ways = [await go(live, back), await go(live, between), await go(live, there)];
  const seen = new Set(ways.flatMap(({ calls }) => calls));
  expect(writes.filter((operation) => !seen.has(operation))).toEqual([]);
  for (let round = 0; ways.some(({ cuts }) => round < cuts.length); round += 1) {
    for (const { document, end, cuts } of ways) {
      const cut = cuts[round];
      live.emulator.setFaults(cut && { seed: 1, script: [cut] });
      live.emulator.calls.length = 0;
      const unhappy = (await live.apply(document)).map((event) => [
        event.step.id,
        event.type === 'failed' ? String(event.error) : event.type,
      ]);
      live.emulator.setFaults(undefined);
      const told = JSON.stringify(cut);
      expect(unhappy, told).toEqual([]);
      expect(observe(live.emulator.world), told).toEqual(end);
      const met = live.emulator.calls.filter(({ fault }) => fault !== undefined);
      expect(met, told).toHaveLength(cut ? 1 : 0);
    }
  }
}, 300_000);

it('a set whose creation lost its answer is found while another set goes', async () => {
  const { emulator, apply } = await startLive();
  onTestFinished(() => emulator.close());
  await apply({ permissionSets: { Old: {} } });
  const [old] = emulator.world.permissionSets.rows();
  const proxy = await startProxy(emulator.url, async (operation, forward) => {
    const answer = await forward();
    if (operation !== 'CreatePermissionSet' || answer.status !== 200) {
      // The list of sets that still has it is on its way when it goes.
      if (operation === 'ListPermissionSets' && emulator.world.permissionSets.size > 1) {
        emulator.world.permissionSets.delete(old?.PermissionSetArn ?? '');
      }
      return answer;
    }
    return { status: 500, body: '{"__type":"InternalServerException","Message":"lost"}' };
  });
  onTestFinished(() => proxy.close());
  const aws = await connect({
    clock: testClock,
    region: 'us-east-1',
    local: { endpoint: proxy.url },
    askCaller: false,
  });
  const file = load({ permissionSets: { Old: {}, New: { description: 'Looks' } } });
  const { plan, live } = await makePlan(liveSource(aws, { isLocal: true }), file, { removeOrphans: false, now });
  const events: ApplyEvent[] = [];
  await applySteps(kinds, aws, plan.steps, live, (event) => events.push(event));
  expect(events.map(({ type }) => type)).toEqual(['started', 'succeeded']);
  expect(emulator.world.permissionSets.rows().map(({ Name }) => Name)).toEqual(['New']);
});
