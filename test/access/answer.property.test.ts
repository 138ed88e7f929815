import fc from 'fast-check';
import { expect, it } from 'vitest';
import { answerAccess } from '../../src/access/answer.ts';
import { resolveQuestion, type AccessFilters } from '../../src/access/question.ts';
import { fileSide, type AccessSide } from '../../src/access/side.ts';
import { loadIdentityFile } from '../../src/config/load.ts';
import type { Power, PowerCause } from '../../src/core/access.ts';
import type { Reaches } from '../../src/core/access-answer.ts';
import { depth } from '../support/depth.ts';
import { holdsOfAnswer } from '../support/named-access.ts';
import { policies } from '../support/policies.ts';

const now = new Date('2026-06-15T12:00:00Z');
const day = 24 * 60 * 60 * 1000;

const users = ['ann', 'bob', 'ext-cy', 'ext-di'];
const groups = ['ops', 'qa', 'none'];
const accounts = {
  management: '111111111111',
  'shop-prod': '222222222222',
  'shop-dev': '333333333333',
  'web-prod': '444444444444',
};
type Account = keyof typeof accounts;

/** What each set is for, by hand: no code of ours is asked. */
const sets: Record<string, { entry: object; power: Power; cause?: PowerCause; deletesBuckets: Reaches | undefined }> = {
  Admin: {
    entry: { managedPolicies: ['AdministratorAccess'] },
    power: 'administrator',
    cause: { by: ['*'] },
    deletesBuckets: 'certain',
  },
  Users: {
    entry: { inlinePolicy: allow(['iam:CreateRole', 'iam:PutRolePolicy'], '*') },
    power: 'administrator',
    cause: { by: ['iam:CreateRole', 'iam:PutRolePolicy'] },
    deletesBuckets: 'by-raising',
  },
  Keys: {
    entry: { inlinePolicy: allow('iam:CreateAccessKey', '*') },
    power: 'raise',
    cause: { by: ['iam:CreateAccessKey'] },
    deletesBuckets: 'by-raising',
  },
  Guarded: {
    entry: { inlinePolicy: allow('iam:*', '*', { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }) },
    power: 'raise',
    cause: { conditions: ['aws:MultiFactorAuthPresent'] },
    deletesBuckets: 'in-part',
  },
  // Each by the surest of its ways.
  KeysAndBucket: {
    entry: { inlinePolicy: policy(statement('iam:CreateAccessKey', '*'), statement('s3:Delete*', 'arn:aws:s3:::one')) },
    power: 'raise',
    cause: { by: ['iam:CreateAccessKey'] },
    deletesBuckets: 'by-raising',
  },
  Owner: {
    entry: { managedPolicies: ['AdministratorAccess'], customerManagedPolicies: [{ name: 'own' }] },
    power: 'administrator',
    cause: { by: ['*'], unknown: ['/own'] },
    deletesBuckets: 'by-raising',
  },
  // It is denied, and what a policy of unknown content allows may lead to it.
  Denied: {
    entry: {
      customerManagedPolicies: [{ name: 'own' }],
      inlinePolicy: policy({ Effect: 'Deny', Action: 's3:DeleteBucket', Resource: '*' }),
    },
    power: 'unknown',
    cause: { unknown: ['/own'] },
    deletesBuckets: 'unknown',
  },
  DeniedWithin: {
    entry: {
      customerManagedPolicies: [{ name: 'own' }],
      permissionsBoundary: { managedPolicy: 'ReadOnlyAccess' },
    },
    power: 'unknown',
    cause: { unknown: ['/own'] },
    deletesBuckets: undefined,
  },
  Bucket: {
    entry: { inlinePolicy: allow('s3:Delete*', 'arn:aws:s3:::one') },
    power: 'write',
    deletesBuckets: 'in-part',
  },
  Custom: {
    entry: { customerManagedPolicies: [{ name: 'own' }] },
    power: 'unknown',
    cause: { unknown: ['/own'] },
    deletesBuckets: 'unknown',
  },
  Read: { entry: { managedPolicies: ['ReadOnlyAccess'] }, power: 'read', deletesBuckets: undefined },
};

/** They administer an account if that policy has it. */
const mayAdminister = ['Custom', 'Denied'];
const isOwn = (set: string): boolean => sets[set]?.cause?.unknown !== undefined;

function allow(action: string | string[], resource: string, condition?: object): object {
  return policy(statement(action, resource, condition));
}

function statement(Action: string | string[], Resource: string, Condition?: object): object {
  return { Effect: 'Allow', Action, Resource, ...(Condition && { Condition }) };
}

function policy(...Statement: object[]): object {
  return { Version: '2012-10-17', Statement };
}

/** None, within 30 days, and later. */
const end = fc.constantFrom(undefined, '2026-07-01', '2027-03-01');

const organisations = fc.record({
  members: fc.uniqueArray(
    fc.record({ group: fc.constantFrom('ops', 'qa'), user: fc.constantFrom(...users), expires: end }),
    { selector: ({ group, user }) => `${group} ${user}`, maxLength: 6 },
  ),
  assignments: fc.array(
    fc.record({
      users: fc.subarray(users, { maxLength: 2 }),
      groups: fc.subarray(groups, { maxLength: 2 }),
      permissionSets: fc.subarray(Object.keys(sets), { minLength: 1, maxLength: 2 }),
      accounts: fc.subarray(Object.keys(accounts) as Account[], { minLength: 1 }),
      expires: end,
    }),
    { maxLength: 5 },
  ),
});

type Organisation = typeof organisations extends fc.Arbitrary<infer One> ? One : never;

function sideOf({ members, assignments }: Organisation): AccessSide {
  const document = {
    version: 1,
    identityCenter: { region: 'us-east-1' },
    production: { accounts: ['shop-prod', 'web-prod'] },
    accounts,
    users: Object.fromEntries(
      users.map((name) => [name, { givenName: name, familyName: name, email: `${name}@example.com` }]),
    ),
    groups: Object.fromEntries(
      groups.map((name) => [
        name,
        {
          members: members
            .filter(({ group }) => group === name)
            .map(({ user, expires }) => (expires === undefined ? user : { user, expires })),
        },
      ]),
    ),
    permissionSets: Object.fromEntries(Object.entries(sets).map(([name, { entry }]) => [name, entry])),
    assignments: assignments
      .filter((entry) => entry.users.length + entry.groups.length > 0)
      .map(({ expires, users: direct, groups: through, ...entry }) => ({
        ...entry,
        ...(direct.length > 0 && { users: direct }),
        ...(through.length > 0 && { groups: through }),
        ...(expires !== undefined && { expires }),
      })),
  };
  const loaded = loadIdentityFile('identity.yaml', () => JSON.stringify(document));
  return fileSide(loaded, 'identity.yaml', now);
}

/** One person's way to one permission set in one account. */
interface Row {
  user: string;
  set: string;
  account: Account;
  via: string | undefined;
  /** When the assignment ends, and the membership: where several entries ask for it, the last of them, or none. */
  ends: { assignment: string | undefined; membership: string | undefined };
}

/** Everyone by everything, from the entries alone. */
function expand({ members, assignments }: Organisation): Row[] {
  const rows: Row[] = [];
  const assigned = new Map<
    string,
    { principal: string; isGroup: boolean; set: string; account: Account; untils: (string | undefined)[] }
  >();
  for (const entry of assignments) {
    for (const set of entry.permissionSets) {
      for (const account of entry.accounts) {
        for (const [isGroup, list] of [
          [true, entry.groups],
          [false, entry.users],
        ] as const) {
          for (const principal of list) {
            const key = [isGroup, principal, set, account].join();
            const known = assigned.get(key) ?? { principal, isGroup, set, account, untils: [] };
            known.untils.push(entry.expires);
            assigned.set(key, known);
          }
        }
      }
    }
  }
  for (const { principal, isGroup, set, account, untils } of assigned.values()) {
    const assignment = untils.includes(undefined) ? undefined : lastOf(untils);
    if (!isGroup)
      rows.push({ user: principal, set, account, via: undefined, ends: { assignment, membership: undefined } });
    else {
      for (const { user, expires } of members.filter(({ group }) => group === principal)) {
        rows.push({ user, set, account, via: principal, ends: { assignment, membership: expires } });
      }
    }
  }
  return rows;
}

/** Dates, which are as their texts. */
const lastOf = (untils: readonly (string | undefined)[]): string | undefined =>
  untils.reduce(
    (last, until) => (until !== undefined && (last === undefined || until > last) ? until : last),
    undefined,
  );

const keyOf = (user: string, set: string, account: string, via: string | undefined): string =>
  [user, set, account, via ?? '-'].join(' ');

const distinct = (texts: readonly string[]): string[] => [...new Set(texts)].sort();

const ask = (side: AccessSide, filters: AccessFilters) =>
  answerAccess(side, resolveQuestion(filters, [side], policies, now), policies, now);

/** Each filter as it is typed, and which rows of the expansion it takes. */
const filters: [AccessFilters, (row: Row) => boolean][] = [
  [{}, () => true],
  [{ user: ['ext-*'] }, ({ user }) => user.startsWith('ext-')],
  [{ user: ['Ann', 'bob'] }, ({ user }) => ['ann', 'bob'].includes(user)],
  [{ group: ['o*'] }, ({ via }) => via === 'ops'],
  [{ account: ['*-prod'] }, ({ account }) => account.endsWith('-prod')],
  [{ account: ['3333*', 'management'] }, ({ account }) => ['management', 'shop-dev'].includes(account)],
  [{ production: true }, ({ account }) => account.endsWith('-prod')],
  [{ production: true, account: ['shop-*'] }, ({ account }) => account === 'shop-prod'],
  [{ permissionSet: ['*s'] }, ({ set }) => ['Users', 'Keys'].includes(set)],
  [{ administrators: true }, ({ set }) => sets[set]?.power === 'administrator'],
  [{ action: ['s3:DeleteBucket'] }, ({ set }) => sets[set]?.deletesBuckets !== undefined],
  [
    { action: ['S3:deletebucket'], user: ['b*'] },
    ({ set, user }) => user === 'bob' && sets[set]?.deletesBuckets !== undefined,
  ],
  [
    { expiresWithin: 30 * day },
    ({ ends: { assignment, membership } }) => [assignment, membership].includes('2026-07-01'),
  ],
];

it.each(filters)('%j takes exactly the access that an expansion of the file has', (typed, isWanted) => {
  fc.assert(
    fc.property(organisations, (organisation) => {
      const found = holdsOfAnswer(ask(sideOf(organisation), typed));
      const keys = found.map(({ user, permissionSet, account, via }) => keyOf(user, permissionSet, account, via));
      const wanted = expand(organisation)
        .filter(isWanted)
        .map(({ user, set, account, via }) => keyOf(user, set, accounts[account], via));
      expect(keys.sort()).toEqual(distinct(wanted));
    }),
    depth(100),
  );
});

it('each fact of the summary is what an expansion counts', () => {
  fc.assert(
    fc.property(organisations, (organisation) => {
      const { summary, grants } = ask(sideOf(organisation), {});
      const rows = expand(organisation);
      const whose = (is: (row: Row) => boolean): string[] => distinct(rows.filter(is).map(({ user }) => user));
      const powerOf = ({ set }: Row): Power => sets[set]?.power ?? 'read';
      const administrators = whose((row) => powerOf(row) === 'administrator');
      const isProduction = ({ account }: Row): boolean => account.endsWith('-prod');
      const writers = whose((row) => isProduction(row) && ['administrator', 'raise', 'write'].includes(powerOf(row)));
      const conditional = whose(({ set }) => set === 'Guarded').filter((user) => !administrators.includes(user));
      const direct = organisation.assignments.flatMap((entry) => entry.users);
      expect({
        people: summary.people,
        administrators: summary.administrators,
        raisers: summary.raisers,
        conditional: summary.conditional,
        perhaps: summary.perhaps,
        production: summary.production,
        endingMemberships: summary.ending.memberships,
        hasDirect: summary.direct > 0,
        unknown: summary.unknown.map(({ policy }) => policy),
      }).toEqual({
        people: whose(() => true).length,
        administrators,
        raisers: whose((row) => powerOf(row) === 'raise').filter((user) => !administrators.includes(user)),
        conditional,
        perhaps: whose(({ set }) => mayAdminister.includes(set)).filter(
          (user) => !administrators.includes(user) && !conditional.includes(user),
        ),
        production: {
          accounts: 2,
          writers,
          mayWrite: whose((row) => isProduction(row) && powerOf(row) === 'unknown').filter(
            (user) => !writers.includes(user),
          ),
        },
        endingMemberships: distinct(
          rows.flatMap(({ user, via, ends }) => (ends.membership === '2026-07-01' ? [`${user} ${via}`] : [])),
        ).length,
        hasDirect: direct.length > 0,
        unknown: grants.some(({ permissionSet }) => isOwn(permissionSet)) ? ['/own'] : [],
      });
    }),
    depth(100),
  );
});

it('those who administer under a condition, and those who may, are counted beside the administrators who are asked for', () => {
  fc.assert(
    fc.property(organisations, (organisation) => {
      const { summary } = ask(sideOf(organisation), { administrators: true });
      const { conditional, perhaps } = ask(sideOf(organisation), {}).summary;
      expect(summary).toMatchObject({ conditional, perhaps });
    }),
    depth(100),
  );
});

it('a permission set allows an action for certain, in part, perhaps, or by raising rights, as its policies say', () => {
  fc.assert(
    fc.property(organisations, (organisation) => {
      const { grants } = ask(sideOf(organisation), { action: ['s3:DeleteBucket'] });
      for (const { permissionSet, allows, power, cause } of grants) {
        expect({ allows, power, cause }).toEqual({
          allows: sets[permissionSet]?.deletesBuckets,
          power: sets[permissionSet]?.power,
          cause: sets[permissionSet]?.cause,
        });
      }
    }),
    depth(100),
  );
});

it('grants that are alike are one: no two have the same permission set, origin and accounts', () => {
  fc.assert(
    fc.property(organisations, (organisation) => {
      const { grants } = ask(sideOf(organisation), {});
      const keys = grants.map(({ groups: _groups, users: _users, ...rest }) => JSON.stringify(rest));
      expect(distinct(keys)).toHaveLength(keys.length);
    }),
    depth(100),
  );
});
