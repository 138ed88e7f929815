import type { PermissionSetEntry } from '../src/kinds/permission-set/schema.ts';
import { createOrganisation, type Organisation } from './organisation.ts';
import { sizes, type Dimensions } from './dimensions.ts';
import { lowerBound } from './lower-bound.ts';
import { run, type Run, type RunOptions } from './run.ts';
import { realisticLoad, type Range } from '../src/emulator/load/options.ts';

/** One measured run beside the least that the service's quotas allow. */
export interface Row {
  name: string;
  calls: number;
  leastCalls: number;
  seconds: number;
  /** The larger of calls through the rate and assignments through the 15 that may be under way. */
  leastSeconds: number;
  /** The share of calls that were throttled once the pace was found. */
  throttled: number;
  mostAssignments: number;
  failed: number;
  isHeldBack: boolean;
  byOperation: Record<string, number>;
  /** What the plan said that its apply would take; absent where there was nothing to do. */
  estimate?: { calls: number; seconds: number; tookCalls: number; tookSeconds: number };
}

// The service's quotas (user guide).
const callsPerSecond = 20;
const outstandingAssignments = 15;

const mean = ([least, most]: Range): number => (least + most) / 2 / 1000;
const secondsPerAssignment = mean(realisticLoad(1).requestMs?.creation ?? [0, 0]);

/**
 * The least time of an apply, whichever is slowest: calls through the rates; assignments through the slots; those of one
 * account, where the service changes one role at a time.
 * @param writes to sso-admin, beside assignments.
 */
function leastApplySeconds(organisation: Organisation, dimensions: Partial<Dimensions>, writes: number): number {
  const { users, groups, memberships, assignments = 0 } = dimensions;
  return Math.max(
    ...[users, groups, memberships].map((count = 0) => count / callsPerSecond),
    // Each assignment takes a call to begin it, and one to learn its end.
    (writes + 2 * assignments) / callsPerSecond,
    (assignments * secondsPerAssignment) / outstandingAssignments,
    mostInOneAccount(organisation) * secondsPerAssignment,
  );
}

function mostInOneAccount({ assignments }: Organisation): number {
  const counts = new Map<string, number>();
  for (const { users = [], groups = [], permissionSets, accounts } of assignments) {
    const each = (users.length + groups.length) * permissionSets.length;
    for (const account of accounts) counts.set(account, (counts.get(account) ?? 0) + each);
  }
  return Math.max(0, ...counts.values());
}

interface Case {
  name: string;
  options: Omit<RunOptions, 'load'>;
  leastCalls: number;
  leastSeconds: number;
  otherShare?: number;
  /** How many times faster the time runs: as fast as leaves the processor enough of it. */
  timeScale: number;
}

const without = (
  organisation: Organisation,
  ...sections: ('users' | 'groups' | 'permissionSets' | 'assignments')[]
) => ({
  ...organisation,
  ...Object.fromEntries(sections.map((section) => [section, section === 'assignments' ? [] : {}])),
});

/** @param timeScale of a plan: as fast as leaves the processor enough of it. */
function casesOf(size: keyof typeof sizes, timeScale: number): Case[] {
  const dimensions = sizes[size];
  const organisation = createOrganisation(dimensions);
  const bound = lowerBound(dimensions);
  const same = { live: organisation, wanted: organisation };
  const none = lowerBound({ ...dimensions, users: 0, groups: 0, memberships: 0, permissionSets: 0, pairs: 0 });
  const parts = Object.values(organisation.permissionSets).reduce((sum, set) => sum + writesOf(set), 0);
  const firstWrites =
    parts + 2 * dimensions.assignments + dimensions.users + dimensions.groups + dimensions.memberships;
  return [
    {
      name: `${size}: plan, nothing to do`,
      options: same,
      timeScale,
      leastCalls: bound.calls,
      leastSeconds: bound.ssoAdminCalls / callsPerSecond,
    },
    {
      name: `${size}: the same, orphans seen`,
      options: { ...same, seesOrphans: true },
      timeScale,
      leastCalls: bound.callsWithOrphans,
      leastSeconds: (bound.ssoAdminCalls + bound.callsWithOrphans - bound.calls) / callsPerSecond,
    },
    {
      name: `${size}: first apply`,
      options: { ...same, isEmpty: true },
      timeScale: 2 * timeScale,
      leastCalls: none.calls + firstWrites,
      leastSeconds: none.ssoAdminCalls / callsPerSecond + leastApplySeconds(organisation, dimensions, parts),
    },
  ];
}

/** The calls that make a permission set: one for the set with its tags, one for each other part. */
function writesOf({
  managedPolicies = [],
  customerManagedPolicies = [],
  ...set
}: Organisation['permissionSets'][string]) {
  const single = [set.inlinePolicy, set.permissionsBoundary].filter((part) => part !== undefined).length;
  return 1 + managedPolicies.length + customerManagedPolicies.length + single;
}

function largeCases(): Case[] {
  const large = createOrganisation(sizes.L);
  const bound = lowerBound(sizes.L);
  const read = lowerBound({ ...sizes.L, pairs: 0 });
  // A role that is nowhere is nowhere stale, so that nothing of that kind has to be asked.
  const unassigned = { calls: read.calls - sizes.L.permissionSets, sso: read.ssoAdminCalls - sizes.L.permissionSets };
  const [edited] = Object.entries(large.permissionSets);
  if (!edited) throw new Error('There is no permission set to edit.');
  const [name, set] = edited;
  const inlinePolicy: PermissionSetEntry['inlinePolicy'] = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 's3:List*', Resource: '*' }],
  };
  return [
    {
      name: 'L: apply of 1,000 assignments over 50 accounts',
      options: { live: without(large, 'assignments'), wanted: large },
      timeScale: 5,
      leastCalls: unassigned.calls + 2 * sizes.L.assignments,
      leastSeconds: unassigned.sso / callsPerSecond + leastApplySeconds(large, { assignments: sizes.L.assignments }, 0),
    },
    {
      name: 'L: apply of one policy',
      options: {
        live: large,
        wanted: { ...large, permissionSets: { ...large.permissionSets, [name]: { ...set, inlinePolicy } } },
      },
      timeScale: 4,
      leastCalls: bound.calls + 4,
      leastSeconds: bound.ssoAdminCalls / callsPerSecond + mean(realisticLoad(1).requestMs?.provisioning ?? [0, 0]),
    },
    {
      name: 'L: plan, while another client takes half of the rate',
      options: { live: large, wanted: large },
      leastCalls: bound.calls,
      leastSeconds: bound.ssoAdminCalls / (callsPerSecond / 2),
      otherShare: 0.5,
      timeScale: 4,
    },
  ];
}

/** Runs every case under the service's quotas, one after the other. */
export async function measureService(seed: number, onRow: (row: Row) => void): Promise<Row[]> {
  const rows: Row[] = [];
  const warming = createOrganisation(sizes.S);
  // Node takes longer over what it runs for the first time.
  await run({ live: warming, wanted: warming });
  for (const one of [...casesOf('S', 1), ...casesOf('M', 2), ...casesOf('L', 4), ...largeCases()]) {
    const { timeScale } = one;
    const load = { seed, timeScale, ...(one.otherShare !== undefined && { otherShare: one.otherShare }) };
    const row = rowOf(one, await run({ ...one.options, load }));
    rows.push(row);
    onRow(row);
  }
  return rows;
}

function rowOf({ name, leastCalls, leastSeconds }: Case, measured: Run): Row {
  const { plan, counts, calls, planCalls, planSeconds, applySeconds, failed, isHeldBack } = measured;
  return {
    name,
    calls,
    leastCalls,
    seconds: planSeconds + applySeconds,
    leastSeconds,
    throttled: counts.throttled,
    mostAssignments: counts.mostAssignments,
    failed,
    isHeldBack,
    byOperation: counts.byOperation,
    ...(plan.steps.length > 0 && {
      estimate: {
        calls: plan.cost.apiCalls,
        seconds: plan.cost.seconds,
        tookCalls: calls - planCalls,
        tookSeconds: applySeconds,
      },
    }),
  };
}
