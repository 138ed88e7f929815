import { expect, it } from 'vitest';
import type { Behaviour } from '../../src/emulator/index.ts';
import { applySteps, type ApplyEvent } from '../../src/reconcile/apply.ts';
import { kinds } from '../../src/kinds/index.ts';
import { observe } from '../support/organisation.ts';
import { person, startLive } from '../support/live.ts';
import { changed, everything, nothing } from '../support/whole-story.ts';

// Where AWS's documentation leaves something open, the whole story has to end well either way.
const switches: Partial<Behaviour>[] = [
  {},
  { statusLagReads: 2 },
  { deletionsCountAsOutstanding: true },
  { getAbsentBoundary: 'empty' },
  { deleteAbsentPolicy: 'not-found' },
  { deleteAbsentAssignment: 'failed' },
  { deleteAbsentIdentity: 'success' },
  { membershipsOfDeletedPrincipal: 'stay' },
  { createApplicationAssignmentAgain: 'success' },
  { deleteAbsentApplicationAssignment: 'success' },
  { applicationAssignmentsOfDeletedPrincipal: 'vanish' },
  { applicationsForUser: 'direct' },
  { textEditsNeedProvisioning: false },
  { userNameCase: 'sensitive' },
  { extensionUpdate: 'extension' },
  { managerForm: 'text' },
  { extensionUpdate: 'extension', managerForm: 'text' },
  { revisions: 'absent' },
  { groupRevision: 'kept-by-members' },
  { duplicateEmail: 'allowed' },
  { accountStatus: 'absent' },
  { organizationPaths: 'absent' },
  { forPrincipalFromDelegatedAdministrator: 'allowed' },
  { pageSizeCap: 1 },
  { shortPages: 1 },
  { shortPages: 7 },
];

it.each(switches)('everything is made, changed and removed under %j', async (behaviour) => {
  const live = await startLive({ behaviour });
  try {
    for (const document of [everything, changed, nothing]) {
      expect(await live.apply(document)).toEqual([]);
      const again = await live.plan(document);
      expect(again.plan.steps.map(({ id, changes }) => ({ id, changes }))).toEqual([]);
    }
    // The client as it is knows of no revisions.
    expect(JSON.stringify(live.emulator.calls.map(({ input }) => input))).not.toContain('Revision');
    expect(observe(live.emulator.world)).toMatchObject({
      users: {},
      groups: {},
      permissionSets: {},
      assignments: [],
      applicationAssignments: [],
      provisioned: {},
    });
  } finally {
    await live.emulator.close();
  }
});

it.each<Partial<Behaviour>>([
  { deleteAbsentAssignment: 'not-found', deleteAbsentIdentity: 'not-found', deleteAbsentPolicy: 'not-found' },
  { deleteAbsentAssignment: 'failed', deleteAbsentIdentity: 'success', deleteAbsentPolicy: 'success' },
])('what somebody else has removed or changed in the meantime is no failure under %j', async (behaviour) => {
  const live = await startLive({ behaviour });
  try {
    for (const document of [changed, nothing]) {
      await live.apply(everything);
      const late = await live.plan(document);
      await live.apply(document);
      const failures: ApplyEvent[] = [];
      await applySteps(kinds, live.aws, late.plan.steps, late.live, (event) => {
        if (event.type === 'failed') failures.push(event);
      });
      expect(failures).toEqual([]);
      expect((await live.plan(document)).plan.steps).toEqual([]);
    }
  } finally {
    await live.emulator.close();
  }
});

it('a user name that differs by case alone is left as it is, also where the service would refuse the change', async () => {
  const live = await startLive({ behaviour: { userNameUpdate: 'refused' } });
  try {
    await live.apply({ users: { Ann: person('ann') } });
    expect(await live.apply({ users: { ann: { ...person('ann'), title: 'Lead' } } })).toEqual([]);
    expect(live.emulator.world.users.rows()).toMatchObject([{ UserName: 'Ann', Title: 'Lead' }]);
    expect((await live.plan({ users: { ann: { ...person('ann'), title: 'Lead' } } })).plan.steps).toEqual([]);
  } finally {
    await live.emulator.close();
  }
});

it('a rename that the service refuses fails alone, and nothing is replaced instead', async () => {
  const live = await startLive({ behaviour: { userNameUpdate: 'refused' } });
  try {
    await live.apply({ users: { ann: person('ann') }, groups: { ops: { members: ['ann'] } } });
    const [id] = live.emulator.world.users.rows().map(({ UserId }) => UserId);
    const failures = await live.apply({
      users: { anna: { ...person('ann'), previously: 'ann' } },
      groups: { ops: { members: ['anna'] } },
    });
    expect(failures.map(({ type, step }) => `${type} ${step.id}`)).toEqual(['failed user/anna']);
    expect(live.emulator.world.users.rows().map(({ UserId, UserName }) => [UserId, UserName])).toEqual([[id, 'ann']]);
  } finally {
    await live.emulator.close();
  }
});
