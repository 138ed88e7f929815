import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { AwsContext } from '../../src/aws/context.ts';
import { makePlan } from '../../src/planner/make-plan.ts';
import { snapshotSource } from '../../src/source/snapshot.ts';
import type { Snapshot } from '../../src/source/snapshot-format.ts';
import { loadIdentityFile } from '../../src/config/load.ts';
import { nameLive, type Reading } from '../../src/reconcile/state.ts';
import { collectInventory } from '../../src/inventory/collect.ts';
import { importableSections, sections } from '../../src/inventory/sections.ts';
import { writeIdentityFile } from '../../src/inventory/write-file.ts';
import { kinds } from '../../src/kinds/index.ts';
import { now } from '../support/live.ts';
import { depth } from '../support/depth.ts';

/** Texts that YAML, JavaScript, patterns or the service take for something else. */
const odd = fc.oneof(
  fc.constantFrom(
    '<<',
    '__proto__',
    'constructor',
    'true',
    'no',
    'null',
    '~',
    '1e3',
    '0x1',
    '012345678901',
    '123456789012',
    '2027-01-31',
    '# x',
    'a #b',
    'a: b',
    '- a',
    '*x',
    '&x',
    '!x',
    '@a',
    '%a',
    '|',
    '>',
    '?',
    '"',
    "'",
    '{',
    '[',
    'a,b',
    'a\nb',
    'a\r\nb',
    '\n',
    '\ta',
    'a\u0085b',
    'a\u2028b',
    '\u00A0',
    '\u3000',
    '\u202E',
    '\uFEFFa',
    ' lead',
    'trail ',
    'Administrator',
    'Ops',
    'ops',
    'é',
    'e\u0301',
    'AWSControlTowerAdmins',
    'AWSReadOnlyAccess',
    'AWSome',
    'a*',
    '*',
    'x'.repeat(1030),
    'word '.repeat(60).trim(),
    'a\\b',
    'a/b~',
  ),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 }),
);
const plain = fc.constantFrom('ann', 'bob', 'Read', 'Admin', 'prod');
const name = fc.oneof(plain, odd);
const maybe = fc.option(odd, { nil: undefined });
const without = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as T;

const users = fc.uniqueArray(
  fc.record({
    userName: name,
    givenName: fc.oneof(fc.constant('A'), odd, fc.constant('')),
    familyName: fc.constant('B'),
    displayName: fc.oneof(fc.constantFrom('A B', ''), odd),
    email: fc.option(fc.oneof(fc.constant('a@example.com'), odd), { nil: undefined }),
    title: maybe,
    disabled: fc.constantFrom(undefined, true),
  }),
  { maxLength: 4, selector: ({ userName }) => userName.toLowerCase() },
);
const groups = fc.uniqueArray(fc.record({ name, description: maybe }), {
  maxLength: 4,
  selector: (group) => group.name,
});
const policy = fc.oneof(
  fc.record({
    Version: fc.constant('2012-10-17'),
    Statement: fc.array(
      fc.record({
        Effect: fc.constant('Allow'),
        Action: fc.array(odd, { minLength: 1, maxLength: 30 }),
        Resource: odd,
      }),
      { minLength: 1, maxLength: 3 },
    ),
  }),
  fc.constant({ Statement: { Effect: 'Allow', Principal: '*', Action: '*' } }),
  odd,
);
const permissionSets = fc.uniqueArray(
  fc.record({
    name,
    description: maybe,
    sessionDuration: fc.constantFrom('PT1H', 'PT90M', 'PT13H', 'P1D'),
    relayState: maybe,
    managedPolicies: fc.subarray(['arn:aws:iam::aws:policy/ReadOnlyAccess', 'arn:aws-cn:iam::aws:policy/X']),
    customerManagedPolicies: fc.array(fc.record({ name, path: fc.constantFrom('/', '/team/', 'odd') }), {
      maxLength: 2,
    }),
    inlinePolicy: fc.option(policy, { nil: undefined }),
    tags: fc.dictionary(odd, odd, { maxKeys: 2 }),
    provisioned: fc.constant({ stale: [] }),
    accounts: fc.constant([]),
  }),
  { maxLength: 4, selector: (set) => set.name },
);
const accountIds = ['100000000000', '200000000000', '300000000000', '400000000000'];
const accounts = fc.tuple(name, name, name).map((names) =>
  names.map((text, index) => ({
    id: accountIds[index] ?? '',
    name: text,
    state: index === 2 ? 'SUSPENDED' : 'ACTIVE',
  })),
);
// An index beyond what there is makes an orphan.
const pick = fc.nat({ max: 4 });

const snapshot = fc
  .record({
    users,
    groups,
    permissionSets,
    accounts: fc.option(accounts, { nil: undefined }),
    memberships: fc.uniqueArray(fc.record({ group: pick, user: pick }), { maxLength: 6, selector: JSON.stringify }),
    assignments: fc.uniqueArray(
      fc.record({ type: fc.constantFrom('USER', 'GROUP'), principal: pick, set: pick, account: fc.nat({ max: 3 }) }),
      { maxLength: 12, selector: JSON.stringify },
    ),
    applications: fc.array(name, { minLength: 1, maxLength: 3 }),
    uses: fc.uniqueArray(
      fc.record({ type: fc.constantFrom('USER', 'GROUP'), principal: pick, application: fc.nat({ max: 2 }) }),
      { maxLength: 6, selector: JSON.stringify },
    ),
    attributes: fc.option(
      fc.dictionary(fc.oneof({ weight: 4, arbitrary: plain }, odd), fc.oneof(plain, odd), { maxKeys: 3 }),
      {
        nil: undefined,
      },
    ),
  })
  .map((made): Snapshot => {
    const things = (list: object[], prefix: string) =>
      list.map((spec, index) => ({ id: `${prefix}-${index}`, spec: without(spec) }));
    const applications = made.applications.map((name, index) => ({
      arn: `arn:aws:sso::100000000000:application/ssoins-0123456789abcdef/apl-${index}`,
      name,
      isNameShared: made.applications.filter((other) => other === name).length > 1,
    }));
    const reading: Reading = {
      user: things(made.users, 'u'),
      group: things(made.groups, 'g'),
      'permission-set': things(made.permissionSets, 's'),
      membership: made.memberships
        .filter(({ group }) => group < made.groups.length)
        .map(({ group, user }, index) => ({ id: `m-${index}`, spec: { group: `g-${group}`, user: `u-${user}` } })),
      assignment: made.assignments
        .filter(({ set }) => set < made.permissionSets.length)
        .map(({ type, principal, set, account }) => ({
          spec: {
            principalType: type,
            principal: `${type === 'USER' ? 'u' : 'g'}-${principal}`,
            permissionSet: `s-${set}`,
            account: accountIds[account],
          },
        })),
      'application-assignment': made.uses.flatMap(({ type, principal, application }) => {
        const { arn, name, isNameShared } = applications[application] ?? {};
        const to = { principalType: type, principal: `${type === 'USER' ? 'u' : 'g'}-${principal}` };
        if (arn === undefined) return [];
        return [{ spec: { ...to, application: arn, applicationName: name, ...(isNameShared && { isNameShared }) } }];
      }),
      'access-control-configuration': made.attributes ? [{ spec: { attributes: made.attributes } }] : [],
    };
    return {
      takenAt: now.toISOString(),
      isLocal: false,
      addedFields: {},
      context: {
        instance: {
          arn: 'arn:aws:sso:::instance/ssoins-0123456789abcdef',
          identityStoreId: 'd-0123456789',
          region: 'us-east-1',
          partition: 'aws',
          ownerAccountId: '100000000000',
        },
        organization: made.accounts
          ? { accounts: new Map(made.accounts.map((account) => [account.id, account])) }
          : { unreadable: 'denied' },
        caller: undefined,
        lookedUp: { application: applications },
      } satisfies AwsContext,
      reading,
    };
  });

it('whatever the names and the attributes are, the file can be read and its plan is empty', async () => {
  await fc.assert(
    fc.asyncProperty(
      snapshot,
      fc.subarray([...importableSections], { minLength: 1 }),
      fc.boolean(),
      fc.boolean(),
      async (taken, asked, isExternal, withPolicyFiles) => {
        const live = nameLive(kinds, taken.reading, new Map());
        const chosen = new Set(asked.filter(({ isProvided }) => !isExternal || !isProvided));
        const { text, policies } = writeIdentityFile(collectInventory(sections, live, taken.context, chosen), {
          instance: taken.context.instance,
          directory: isExternal ? 'external' : 'identity-center',
          heading: ['Made for a test.'],
          withPolicyFiles,
        });
        const loaded = loadIdentityFile('identity.yaml', (file) =>
          file.endsWith('identity.yaml')
            ? text
            : ([...policies].find(([name]) => file.endsWith(`/${name}`))?.[1] ?? ''),
        );
        const { plan } = await makePlan(snapshotSource(taken), loaded, { removeOrphans: false, now });
        expect(plan.steps, text).toEqual([]);
        expect(plan.violations, text).toEqual([]);
      },
    ),
    depth(200),
  );
});
