import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Dimensions, sizes } from '../../bench/dimensions.ts';
import { contextOf, createOrganisation, type Organisation } from '../../bench/organisation.ts';
import { plantOrganisation, seedOf } from '../../bench/plant.ts';
import { assignment } from '../../src/kinds/account-assignment/kind.ts';
import { membership } from '../../src/kinds/membership/kind.ts';
import { load, startLive, type LiveSetup } from '../support/live.ts';

/** Counted in what the file asks for, where the same twice is one. */
function dimensionsOf(organisation: Organisation): Dimensions {
  const context = contextOf(organisation);
  const assignments = Array.from(assignment.desired(organisation.assignments, context), ({ spec }) => spec);
  const memberships = Array.from(membership.desired(organisation.groups, context), ({ spec }) =>
    membership.key(spec).join('/'),
  );
  return {
    accounts: Object.keys(organisation.accounts).length,
    users: Object.keys(organisation.users).length,
    groups: Object.keys(organisation.groups).length,
    memberships: new Set(memberships).size,
    permissionSets: Object.keys(organisation.permissionSets).length,
    assignments: new Set(assignments.map(assignment.key)).size,
    pairs: new Set(assignments.map(({ account, permissionSet }) => `${account} ${permissionSet}`)).size,
  };
}

describe('an organisation', () => {
  it.each(Object.entries(sizes))('of size %s has exactly so much of everything', (_size, dimensions) => {
    expect(dimensionsOf(createOrganisation(dimensions))).toEqual(dimensions);
    expect(dimensionsOf(createOrganisation(dimensions, 2))).toEqual(dimensions);
  });

  it('is the same for the same seed, and another for another', () => {
    expect(createOrganisation(sizes.M, 7)).toEqual(createOrganisation(sizes.M, 7));
    expect(createOrganisation(sizes.M, 7)).not.toEqual(createOrganisation(sizes.M, 8));
  });

  it('can be as full as its dimensions let it be', () => {
    const full = { accounts: 2, users: 2, groups: 1, memberships: 2, permissionSets: 3, assignments: 18, pairs: 6 };
    expect(dimensionsOf(createOrganisation(full))).toEqual(full);
    expect(() => createOrganisation({ ...full, assignments: 19 })).toThrow('more assignments than');
  });
});

describe('an organisation that is planted', () => {
  const organisation = createOrganisation(sizes.M);
  let live: LiveSetup;
  beforeAll(async () => {
    live = await startLive({ seed: seedOf(organisation) });
    plantOrganisation(live.emulator.world, organisation);
  });
  afterAll(() => live.emulator.close());

  it('is what its file asks for', async () => {
    const { plan } = await live.plan(organisation);
    expect(plan).toMatchObject({ steps: [], ignored: {}, violations: [] });
    expect(load(organisation).warnings).toEqual([]);
  });

  it('differs from the file by what the file leaves out', async () => {
    const [, ...rest] = organisation.assignments;
    const { plan } = await live.plan({ ...organisation, assignments: rest });
    expect(plan.summary).toMatchObject({ create: 0, update: 0 });
    expect(plan.summary.delete).toBeGreaterThan(0);
  });
});
