import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { holdings } from '../../src/access/holdings.ts';
import type { LiveAccount } from '../../src/aws/organization/accounts.ts';
import type { Step } from '../../src/core/plan.ts';
import { makePlan } from '../../src/planner/make-plan.ts';
import { snapshotSource } from '../../src/source/snapshot.ts';
import { compileDesired } from '../../src/source/compile.ts';
import type { Snapshot } from '../../src/source/snapshot-format.ts';
import { loadIdentityFile, type LoadedFile } from '../../src/config/load.ts';
import { now } from '../support/live.ts';
import { depth } from '../support/depth.ts';

// Few of everything, so that entries meet each other. Groups that begin with x are not the file's own.
const users = ['ann', 'bob', 'cid'];
const declared = ['A', 'B'];
const others = ['x1', 'x2'];
const sets = ['X', 'Y'];
const accounts: LiveAccount[] = [
  { id: '111111111111', name: 'p1', state: 'ACTIVE', parents: ['r-root', 'ou-root-pppppppp'], tags: { env: 'a' } },
  { id: '222222222222', name: 'p2', state: 'ACTIVE', parents: ['r-root', 'ou-root-pppppppp'], tags: { env: 'b' } },
  { id: '333333333333', name: 'q1', state: 'ACTIVE', parents: ['r-root', 'ou-root-qqqqqqqq'], tags: { team: 'a' } },
];
const units = ['', 'P', 'Q', 'Empty'].map((path) => ({
  id: path === '' ? 'r-root' : `ou-root-${path.toLowerCase().repeat(8).slice(0, 8)}`,
  path,
}));
const applications = ['wiki', 'crm'].map((name) => ({ arn: `arn:aws:sso::1:application/${name}`, name }));

/** Names that nothing has, and all that each may stand for. */
const meanings: Record<string, readonly string[]> = {
  'lost-account': accounts.map(({ name }) => name),
  'lost-*': ['p*', '*1', 'none-*'],
  'Lost/Unit': ['P', 'Q', 'Empty'],
  'lost-key': ['env', 'team'],
  'x-lost': [...declared, ...others],
  'lost-app': applications.map(({ name }) => name),
};
const lost = Object.keys(meanings);

const expires = fc.constantFrom(undefined, undefined, '2026-06-01', '2026-06-01', '2027-01-01');
const some = <Item>(...items: Item[]) => fc.subarray(items, { minLength: 1, maxLength: 2 });
const criteria = fc.oneof(
  fc.record({ accounts: some('p1', 'p2', 'q1', '333333333333', 'p*', 'lost-account', 'lost-*') }),
  fc.record({ organizationalUnits: some('P', 'Q', 'Lost/Unit') }),
  fc.record({ accountTags: fc.constantFrom({ env: 'a' }, { team: 'a' }, { 'lost-key': 'a' }) }),
);
// A pattern that matches nothing, and a tag that no account has, leave nothing out.
const exception = criteria.filter((one) => !/"lost-(\*|key)"/.test(JSON.stringify(one)));
const target = fc
  .tuple(
    fc.oneof({ arbitrary: criteria, weight: 4 }, { arbitrary: fc.constant({ all: true }), weight: 1 }),
    fc.option(exception, { freq: 3 }),
  )
  .map(([one, except]) => ({ ...one, ...(except && { except }) }));
const principals = fc.oneof(
  fc.record({ users: some(...users) }),
  fc.record({ groups: some(...declared, ...others, 'x-lost') }),
);
const entry = fc
  .tuple(principals, target, some(...sets), expires)
  .map(([who, where, permissionSets, end]) => ({ ...who, ...where, permissionSets, expires: end }));
const applicationEntry = fc
  .tuple(principals, some('wiki', 'crm', 'lost-app'), expires)
  .map(([who, names, end]) => ({ ...who, applications: names, expires: end }));
const members = fc.uniqueArray(fc.record({ user: fc.constantFrom(...users), expires }), {
  selector: ({ user }) => user,
});
const document = fc
  .record({
    A: members,
    B: members,
    assignments: fc.array(entry, { minLength: 1, maxLength: 5 }),
    applicationAssignments: fc.array(applicationEntry, { maxLength: 3 }),
  })
  .map(({ A, B, ...rest }) => ({
    version: 1,
    identityCenter: { region: 'us-east-1' },
    groups: { A: { members: A }, B: { members: B } },
    ignore: { groups: ['x*'] },
    ...rest,
  }));

const holders = [
  ...users.map((principal) => ({ principalType: 'USER', principal })),
  ...[...declared, ...others].map((principal) => ({ principalType: 'GROUP', principal })),
];
const each = <Item>(items: readonly Item[]) => fc.subarray([...items], { minLength: Math.floor(items.length / 3) });
const live = fc.record({
  membership: each([...declared, ...others].flatMap((group) => users.map((user) => ({ group, user })))),
  assignment: each(
    holders.flatMap((who) =>
      sets.flatMap((permissionSet) => accounts.map(({ id: account }) => ({ ...who, permissionSet, account }))),
    ),
  ),
  'application-assignment': each(
    holders.flatMap((who) =>
      applications.map(({ arn, name }) => ({ ...who, application: arn, applicationName: name })),
    ),
  ),
});

function snapshotOf(reading: Record<string, object[]>): Snapshot {
  const named = (name: string): object => ({ id: name, spec: { name } });
  return {
    takenAt: now.toISOString(),
    addedFields: {},
    isLocal: true,
    context: {
      instance: {
        arn: 'arn:aws:sso:::instance/ssoins-1',
        identityStoreId: 'd-1',
        region: 'us-east-1',
        partition: 'aws',
        ownerAccountId: '999999999999',
      },
      organization: { accounts: new Map(accounts.map((one) => [one.id, one])), units },
      caller: undefined,
      lookedUp: { application: applications },
    },
    reading: {
      user: users.map((userName) => ({ id: userName, spec: { userName, displayName: userName } })),
      group: [...declared, ...others].map(named),
      'permission-set': sets.map((name) => ({
        id: name,
        spec: {
          name,
          sessionDuration: 'PT1H',
          managedPolicies: [],
          customerManagedPolicies: [],
          tags: {},
          provisioned: { stale: [] },
        },
      })),
      'access-control-configuration': [],
      ...Object.fromEntries(
        Object.entries(reading).map(([kind, specs]) => [
          kind,
          specs.map((spec, index) => ({ spec, ...(kind === 'membership' && { id: `m${index}` }) })),
        ]),
      ),
    } as Snapshot['reading'],
  };
}

const load = (text: string): LoadedFile => loadIdentityFile('identity.yaml', () => text);

/** The file by every choice of what the lost names that it has stand for. */
function resolutions(text: string): string[] {
  return lost.reduce(
    (texts, name) =>
      texts.flatMap((one) =>
        one.includes(`"${name}"`)
          ? (meanings[name] ?? []).map((meant) => one.replaceAll(`"${name}"`, `"${meant}"`))
          : [one],
      ),
    [text],
  );
}

/** Who can use which application once steps are taken, directly or through a group. */
function uses(reading: Record<string, object[]>, steps: readonly Step[]): Set<string> {
  const after = (kind: string): object[] => {
    const own = steps.filter((step) => step.kind === kind);
    const ended = own.flatMap(({ action, before }) => (action === 'delete' ? [before] : []));
    return [
      ...(reading[kind] ?? []).filter((one) => !ended.some((end) => isDeepStrictEqual(end, one))),
      ...own.flatMap(({ action, after: made }) => (action === 'create' ? [made as object] : [])),
    ];
  };
  const members = after('membership') as { group: string; user: string }[];
  return new Set(
    (
      after('application-assignment') as { principalType: string; principal: string; applicationName: string }[]
    ).flatMap(({ principalType, principal, applicationName }) =>
      (principalType === 'USER'
        ? [principal]
        : members.flatMap(({ group, user }) => (group === principal ? [user] : []))
      ).map((user) => `${user} ${applicationName}`),
    ),
  );
}

/** The file without the names that nothing has. */
function withoutLost(made: { applicationAssignments: object[]; assignments: object[] }): string {
  const rest = (entries: object[]): object[] =>
    entries
      .map((one) => Object.fromEntries(Object.entries(one).map(([key, value]) => [key, foundOf(value)])))
      .filter((one) => !Object.values(one).some((value) => Array.isArray(value) && value.length === 0));
  return JSON.stringify({ ...made, assignments: [], applicationAssignments: rest(made.applicationAssignments) });
}
const foundOf = (value: unknown): unknown =>
  Array.isArray(value) ? value.filter((name: string) => !lost.includes(name)) : value;

it('removes only what an expired line asks for and no other does, whatever the names that can’t be found stand for', async () => {
  const tries = depth(100);
  const seen = { lost: 0, removed: 0, kept: 0, uses: 0 };
  await fc.assert(
    fc.asyncProperty(document, live, async (made, reading) => {
      const snapshot = snapshotOf(reading);
      const text = JSON.stringify(made);
      const { plan, facts } = await makePlan(snapshotSource(snapshot), load(text), {
        removeOrphans: false,
        only: 'expired',
        now,
      });
      const removed = plan.steps.map(({ id }) => id);
      const heldAfter = new Set(
        holdings(facts, 'after').map(({ user, permissionSet, account }) => `${user} ${permissionSet} ${account}`),
      );
      const usesBefore = uses(reading, []);
      const usesAfter = uses(reading, plan.steps);
      // Uses that lines without lost names give in another way are not judged here.
      const found = await makePlan(snapshotSource(snapshot), load(withoutLost(made)), { removeOrphans: false, now });
      const usesOfFound = uses(reading, found.plan.steps);
      if ([...usesBefore].some((one) => usesAfter.has(one) && !usesOfFound.has(one))) seen.uses += 1;
      const all = resolutions(text).slice(0, 24);
      if (all.length > 1) seen.lost += 1;
      if (all.length > 1 && removed.length > 0) seen.removed += 1;
      if (plan.warnings.some(({ code }) => code === 'expired-but-frozen')) seen.kept += 1;
      for (const meant of all) {
        const loaded = load(meant);
        const { desired, expired } = compileDesired(loaded, snapshot.context, now);
        expect(removed.filter((id) => desired.has(id))).toEqual([]);
        expect(removed.filter((id) => !expired.has(id))).toEqual([]);
        // Who has it by another way keeps it too, also where that way is still to be made.
        const whole = await makePlan(snapshotSource(snapshot), loaded, { removeOrphans: false, now });
        const [before, after] = (['before', 'after'] as const).map((side) =>
          holdings(whole.facts, side).map(({ user, permissionSet, account }) => `${user} ${permissionSet} ${account}`),
        );
        const keeps = new Set(after);
        expect(before?.filter((one) => keeps.has(one) && !heldAfter.has(one))).toEqual([]);
        const usesKept = uses(reading, whole.plan.steps);
        expect(
          [...usesBefore].filter((one) => usesKept.has(one) && !usesAfter.has(one) && !usesOfFound.has(one)),
        ).toEqual([]);
      }
    }),
    tries,
  );
  // Not for want of names that are lost, of removals beside them, or of what they keep.
  expect(
    Object.values(seen).every((count) => count >= Math.floor(tries.numRuns / 11)),
    JSON.stringify(seen),
  ).toBe(true);
});

it('goes on against a file with the same names, and removes and grants nothing that one of their meanings speaks against', async () => {
  const tries = depth(100);
  const seen = { lost: 0, removed: 0, created: 0, kept: 0 };
  // What narrows an entry has to be found.
  const found = document.filter(
    ({ assignments }) => !/"except":.*"(lost-account|Lost\/Unit)"/.test(JSON.stringify(assignments)),
  );
  await fc.assert(
    fc.asyncProperty(found, live, async (made, reading) => {
      const snapshot = snapshotOf(reading);
      const loaded = load(JSON.stringify(made));
      const base = { name: 'identity.yaml', loaded };
      const { plan } = await makePlan(snapshotSource(snapshot), loaded, { removeOrphans: false, now, base });
      const assignments = plan.steps.filter(({ kind }) => kind.endsWith('assignment'));
      const [removed, created] = (['delete', 'create'] as const).map((action) =>
        assignments.filter((step) => step.action === action).map(({ id }) => id),
      ) as [string[], string[]];
      const all = resolutions(JSON.stringify(made)).slice(0, 24);
      if (all.length > 1) {
        seen.lost += 1;
        if (removed.length > 0) seen.removed += 1;
        if (created.length > 0) seen.created += 1;
      }
      if (plan.gone.some(({ kept }) => kept.length > 0)) seen.kept += 1;
      for (const meant of all) {
        const { desired } = compileDesired(load(meant), snapshot.context, now);
        expect(removed.filter((id) => desired.has(id))).toEqual([]);
        expect(created.filter((id) => !desired.has(id))).toEqual([]);
      }
    }),
    tries,
  );
  expect(
    Object.values(seen).every((count) => count >= Math.floor(tries.numRuns / 11)),
    JSON.stringify(seen),
  ).toBe(true);
});
