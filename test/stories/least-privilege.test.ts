import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applySteps, type ApplyEvent } from '../../src/reconcile/apply.ts';
import { kinds } from '../../src/kinds/index.ts';
import { iamPolicy } from '../../src/aws/iam/policy.ts';
import { makePlan } from '../../src/planner/make-plan.ts';
import { liveSource } from '../../src/source/live.ts';
import { startEmulator } from '../support/emulator.ts';
import { printed, under, type Purpose } from '../support/in-force.ts';
import { accounts, load, now, person, startLive, type LiveSetup } from '../support/live.ts';
import { plant } from '../support/organisation.ts';
import { changed, everything, nothing } from '../support/whole-story.ts';

// The other way round: what the printed policies allow is all called. These stories call everything once, also what only
// a race brings about; each runs under the policy that is printed for it, so that nothing else is called either.

const prefixes: Record<string, string> = {
  'sso-admin': 'sso',
  identitystore: 'identitystore',
  organizations: 'organizations',
};
const called: Record<Purpose, Set<string>> = { plan: new Set(), apply: new Set() };
const denied: string[] = [];
let live: LiveSetup;

beforeAll(async () => {
  // Without paths, so that the way to do without them is called too.
  live = await startLive({
    seed: { organizationalUnits: ['Workloads/Prod'] },
    behaviour: { organizationPaths: 'absent' },
  });
});
afterAll(() => live.emulator.close());

async function note<Result>(purpose: Purpose, run: () => Promise<Result>): Promise<Result> {
  const before = live.emulator.calls.length;
  try {
    return await run();
  } finally {
    for (const { service = '', operation, outcome } of live.emulator.calls.slice(before)) {
      if (service === 'sts') continue;
      called[purpose].add(`${prefixes[service]}:${operation}`);
      if (outcome === 'AccessDeniedException') denied.push(operation);
    }
  }
}

async function actionsOf(purpose: Purpose): Promise<string[]> {
  const { Statement } = (await printed(purpose, live.emulator)) as { Statement: { Action: string[] }[] };
  return Statement.flatMap(({ Action }) => Action).filter((action) => !action.startsWith('iam:'));
}

describe('every action of the policies is called by some story', { shuffle: false }, () => {
  it('everything is made, changed and removed', async () => {
    await note('plan', () => live.reconnect());
    for (const document of [everything, changed, nothing]) {
      await note('plan', () => live.plan(document));
      expect(await note('apply', () => live.apply(document))).toEqual([]);
    }
    await note('apply', () => live.reconnect());
  });

  it('another person creates what the file declares after the plan', async () => {
    const document = {
      users: { ann: { ...person('ann'), title: 'Lead' } },
      groups: { ops: { members: ['ann'] } },
      applicationAssignments: [{ users: ['ann'], applications: ['Wiki'] }],
    };
    const { plan, live: state } = await note('plan', () => live.plan(document));
    await plant(live.emulator, {
      users: { ann: { DisplayName: 'Other', Name: { GivenName: 'Other', FamilyName: 'Other' } } },
      groups: { ops: { members: ['ann'] } },
      applicationAssignments: ['USER ann Wiki'],
    });
    const events: ApplyEvent[] = [];
    await note('apply', () =>
      under('apply', () => applySteps(kinds, live.aws, plan.steps, state, (event) => events.push(event))),
    );
    expect(events.filter(({ type }) => type === 'failed' || type === 'skipped')).toEqual([]);
    expect((await live.plan(document)).plan.steps).toEqual([]);
  });

  it('a user is to go, and the file says nothing about applications', async () => {
    for (const purpose of ['plan', 'apply'] as const) {
      const { plan } = await note(purpose, () => live.plan({ users: {} }));
      expect(plan.violations.map(({ code }) => code)).toContain('still-in-use');
    }
    await live.apply({ applicationAssignments: [] });
  });

  it('what is live is read in every way, and several requests are watched together', async () => {
    const team = (sessionDuration: string): object => ({
      users: { ann: person('ann') },
      groups: { ops: {}, qa: {} },
      permissionSets: { One: { sessionDuration }, Two: { sessionDuration } },
      assignments: [{ users: ['ann'], permissionSets: ['One', 'Two'], accounts: ['production', 'staging'] }],
    });
    for (const duration of ['1h', '2h']) expect(await note('apply', () => live.apply(team(duration)))).toEqual([]);
    for (const readStrategy of ['permission-set', 'account', 'principal'] as const) {
      live.aws = { ...live.aws, readStrategy };
      for (const purpose of ['plan', 'apply'] as const) await note(purpose, () => live.plan(team('2h')));
    }
    await live.reconnect();
    expect(await note('apply', () => live.apply(nothing))).toEqual([]);
  });

  it('accounts are taken by where they are and by their tags', async () => {
    const team = (target: object): object => ({
      groups: { ops: {} },
      permissionSets: { One: {} },
      assignments: [{ groups: ['ops'], permissionSets: ['One'], ...target }],
    });
    for (const target of [{ organizationalUnits: ['Workloads'] }, { accountTags: { env: 'prod' } }]) {
      await note('plan', () => live.plan(team(target)));
      expect(await note('apply', () => live.apply(team(target)))).toEqual([]);
    }
    expect(await note('apply', () => live.apply(nothing))).toEqual([]);
  });

  it.each(['plan', 'apply'] as const)('so %s has none that it could do without', async (purpose) => {
    expect([...called[purpose]].sort()).toEqual((await actionsOf(purpose)).sort());
    expect(denied).toEqual([]);
  });
});

describe('the policies are in force', () => {
  it('in an emulator that stands already: with the rights of a plan nothing is written', async () => {
    const { plan, live: state } = await live.plan({ groups: { qa: {} } });
    const failed: string[] = [];
    await under('plan', () =>
      applySteps(kinds, live.aws, plan.steps, state, (event) => {
        if (event.type === 'failed') failed.push(String(event.error));
      }),
    );
    expect(failed[0]).toContain('AWS denies identitystore:CreateGroup');
  });

  it('in one that a run starts for itself, as --local does, and no longer than the run', async () => {
    const team = { groups: { qa: {} } };
    const started = await under('plan', async () => {
      const emulator = await startEmulator();
      await expect(plant(emulator, team)).rejects.toThrow('is not authorized to perform: identitystore:CreateGroup');
      return emulator;
    });
    await plant(started, team);
    expect(started.world.groups.size).toBe(1);
    await started.close();
  });
});

it('a delegated administrator can do with its own policy all that it can do at all', async () => {
  const delegated = await startLive({
    seed: { delegatedAdministrators: [accounts.production], caller: { accountId: accounts.production } },
  });
  const { world } = delegated.emulator;
  const policy = iamPolicy(kinds, 'apply', {
    partition: 'aws',
    instanceArn: world.instance.InstanceArn,
    identityStoreId: world.instance.IdentityStoreId,
    managementAccountId: accounts.management,
    isDelegated: true,
  });
  delegated.emulator.setPolicy(policy);
  for (const document of [everything, changed]) {
    const { plan, live: state } = await makePlan(liveSource(delegated.aws, { isLocal: true }), load(document), {
      removeOrphans: false,
      now,
    });
    const failed: string[] = [];
    await applySteps(kinds, delegated.aws, plan.steps, state, (event) => {
      if (event.type === 'failed') failed.push(String(event.error));
    });
    expect(failed).toEqual([]);
  }
  expect(delegated.emulator.calls.filter(({ outcome }) => outcome === 'AccessDeniedException')).toEqual([]);
  await delegated.emulator.close();
});
