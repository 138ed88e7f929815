import fc from 'fast-check';
import { expect, it } from 'vitest';
import { connect } from '../src/aws/connect.ts';
import { makePlan } from '../src/commands/make-plan.ts';
import type { PlanResult } from '../src/commands/plan-changes.ts';
import { loadIdentityFile, type LoadedFile } from '../src/config/load.ts';
import { startEmulator, type World } from '../src/emulator/index.ts';
import { applySteps, type ApplyEvent } from '../src/engine/apply.ts';
import { kinds } from '../src/kinds/index.ts';

const runs = Number(process.env['IDC_TEST_RUNS'] ?? 40);

const accounts = { root: '100000000000', prod: '200000000000', dev: '300000000000' };
const users = ['ann', 'bob', 'cy', 'dee'];
const groups = ['ops', 'devs', 'aud/it~'];
const sets = ['Admin', 'Read', 'Deploy'];

const user = fc.record(
  {
    givenName: fc.constantFrom('A', 'B'),
    familyName: fc.constantFrom('C', 'D'),
    email: fc.constantFrom('a@x.org', 'b@x.org'),
    title: fc.constantFrom('T', 'U'),
    phoneNumber: fc.constantFrom('+1', '+2'),
    address: fc.constantFrom({ country: 'JP' }, { country: 'DE', locality: 'Bonn' }),
  },
  { requiredKeys: ['givenName', 'familyName'] },
);
const policy = (action: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }],
});
const permissionSet = fc.record(
  {
    description: fc.constantFrom('one', 'two'),
    sessionDuration: fc.constantFrom('1h', '8h', 'PT2H'),
    relayState: fc.constantFrom('https://a.example/', 'https://b.example/'),
    managedPolicies: fc.subarray(['ReadOnlyAccess', 'job-function/Billing', 'AdministratorAccess']),
    customerManagedPolicies: fc.subarray([{ name: 'deployer', path: '/team/' }, { name: 'deployer' }]),
    permissionsBoundary: fc.constantFrom(
      { managedPolicy: 'PowerUserAccess' },
      { customerManagedPolicy: { name: 'edge' } },
    ),
    inlinePolicy: fc.constantFrom(policy('s3:*'), policy('ec2:Describe*')),
    tags: fc.constantFrom({ a: '1' }, { a: '2', b: '3' }),
  },
  { requiredKeys: [] },
);
const some = (names: string[]) => fc.subarray(names, { minLength: 1 });
const dictionary = <T>(names: string[], value: fc.Arbitrary<T>) =>
  fc
    .tuple(fc.subarray(names), fc.array(value, { minLength: names.length, maxLength: names.length }))
    .map(([chosen, values]) => Object.fromEntries(chosen.map((name, index) => [name, values[index] as T])));

/** A file whose references hold: what is not declared is dropped from the lists. */
const document = fc
  .record({
    users: dictionary(users, user),
    groups: dictionary(
      groups,
      fc.record({ description: fc.constantFrom('x', 'y'), members: fc.subarray(users) }, { requiredKeys: ['members'] }),
    ),
    permissionSets: dictionary(sets, permissionSet),
    assignments: fc.array(
      fc.record({
        users: some(users),
        groups: some(groups),
        permissionSets: some(sets),
        accounts: some(Object.keys(accounts)),
      }),
      { maxLength: 4 },
    ),
  })
  .map(({ users, groups, permissionSets, assignments }) => {
    const keep = (names: string[], declared: object): string[] => names.filter((name) => Object.hasOwn(declared, name));
    return {
      version: 1,
      identityCenter: { region: 'us-east-1' },
      accounts,
      // An address belongs to one person only.
      users: Object.fromEntries(
        Object.entries(users).map(([name, { email, ...rest }]) => [
          name,
          { ...rest, ...(email && { email: `${name}${email}` }) },
        ]),
      ),
      groups: Object.fromEntries(
        Object.entries(groups).map(([name, group]) => [name, { ...group, members: keep(group.members, users) }]),
      ),
      permissionSets,
      assignments: assignments
        .map((entry) => ({
          ...entry,
          users: keep(entry.users, users),
          groups: keep(entry.groups, groups),
          permissionSets: keep(entry.permissionSets, permissionSets),
        }))
        .flatMap(({ users, groups, ...entry }) => [
          ...(users.length > 0 ? [{ ...entry, users }] : []),
          ...(groups.length > 0 ? [{ ...entry, groups }] : []),
        ])
        .filter((entry) => entry.permissionSets.length > 0),
    };
  });
type Document = typeof document extends fc.Arbitrary<infer T> ? T : never;

/** Sometimes the second file makes a set of the first anew under another name. */
const change = fc.tuple(document, document, fc.boolean()).map(([before, after, renames]) => {
  const [old] = Object.keys(before.permissionSets);
  if (!renames || old === undefined || !Object.hasOwn(after.permissionSets, old))
    return { before, after, renamed: new Map<string, string>() };
  const { [old]: moved, ...rest } = after.permissionSets;
  const to = `${old}2`;
  return {
    before,
    after: {
      ...after,
      permissionSets: { ...rest, [to]: { ...moved, previously: old } },
      assignments: after.assignments.map((entry) => ({
        ...entry,
        permissionSets: entry.permissionSets.map((name) => (name === old ? to : name)),
      })),
    },
    renamed: new Map([[to, old]]),
  };
});

const load = (value: object): LoadedFile => loadIdentityFile('identity.yaml', () => JSON.stringify(value));

/** Who may do what where at this moment, by the roles as they are provisioned. */
function access(
  { assignments, memberships, provisioned, permissionSets }: World,
  renamed: ReadonlyMap<string, string>,
): Map<string, string> {
  const held = new Map<string, string>();
  for (const { AccountId, PermissionSetArn, PrincipalType, PrincipalId } of assignments.rows()) {
    const name = permissionSets.get(PermissionSetArn)?.Name ?? '';
    const role = provisioned.by('account', AccountId).find((row) => row.PermissionSetArn === PermissionSetArn)?.Content;
    const content = JSON.stringify([
      role?.ManagedPolicyArns.toSorted(),
      role?.CustomerManagedPolicyReferences.map((r) => `${r.Path}${r.Name}`).sort(),
      role?.InlinePolicy,
      role?.PermissionsBoundary,
      role?.SessionDuration,
    ]);
    const people =
      PrincipalType === 'USER' ? [PrincipalId] : memberships.by('group', PrincipalId).map(({ UserId }) => UserId);
    for (const id of people) held.set(`${id} ${renamed.get(name) ?? name} ${AccountId}`, content);
  }
  return held;
}

async function applyAll(aws: Awaited<ReturnType<typeof connect>>, file: LoadedFile): Promise<PlanResult> {
  const made = await makePlan(aws, file, { removeOrphans: true, isLocal: true, now: new Date(0) });
  const failures: ApplyEvent[] = [];
  await applySteps(kinds, aws, made.plan.steps, made.live, (event) => {
    if (event.type === 'failed' || event.type === 'skipped') failures.push(event);
  });
  expect(failures).toEqual([]);
  return made;
}

it(
  'an apply converges, and on the way nobody loses what they keep or holds what neither side gives',
  async () => {
    await fc.assert(
      fc.asyncProperty(
        change,
        async ({ before, after, renamed }: { before: Document; after: object; renamed: Map<string, string> }) => {
          const moments: Map<string, string>[] = [];
          let watching = false;
          const emulator = await startEmulator({
            seed: {
              region: 'us-east-1',
              managementAccountId: accounts.root,
              accounts: Object.entries(accounts).map(([name, id]) => ({ name, id })),
            },
            behaviour: { asyncMs: 1 },
            onChange: (_change, world) => {
              if (watching) moments.push(access(world, renamed));
            },
          });
          try {
            const aws = await connect({ region: 'us-east-1', local: { endpoint: emulator.url }, askCaller: false });
            await applyAll(aws, load(before));
            const atStart = access(emulator.world, renamed);
            watching = true;
            const { plan } = await applyAll(aws, load(after));
            watching = false;
            const atEnd = access(emulator.world, renamed);
            const again = await makePlan(aws, load(after), { removeOrphans: true, isLocal: true, now: new Date(0) });
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
      { numRuns: runs },
    );
  },
  runs * 2000,
);
