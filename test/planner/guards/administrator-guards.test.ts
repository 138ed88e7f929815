import { beforeAll, describe, expect, it } from 'vitest';
import { planChanges, type PlanResult } from '../../../src/planner/plan.ts';
import type { Content } from '../../../src/policies/content.ts';
import { compileDesired } from '../../../src/source/compile.ts';
import { besideAdministratorAccess, contents } from '../../policies/administrator-cases.ts';
import { bounded, set } from '../../policies/sets.ts';
import { load, now, person, startLive } from '../../support/live.ts';
import { policies } from '../../support/policies.ts';

const dora = { givenName: 'Dora', familyName: 'Dora' };
const users = { ann: person('ann'), bob: person('bob'), dora };
const groups = { admins: { members: ['ann'] }, readers: { members: ['bob'] } };
const admin = set('AdministratorAccess');
const toAdmins = { groups: ['admins'], permissionSets: ['Admin'], accounts: ['management'] };
const toReaders = { groups: ['readers'], permissionSets: ['Reader'], accounts: ['management'] };
const base = {
  users,
  groups,
  permissionSets: { Admin: entryOf(admin), Reader: entryOf(set('ReadOnlyAccess')) },
  assignments: [toAdmins, toReaders],
};

/** The service takes no wildcard in a service's name, and no ARN that ends after the partition. */
const notInFiles = ['a denial of * on arn:aws:*', '* on arn:aws:*', 'a*:* to z*:*'];
const inFiles = <Case extends [string, ...unknown[]]>(cases: Case[]): Case[] =>
  cases.filter(([name]) => !notInFiles.includes(name));

let planOf: (sets: Record<string, Content>, more?: object, userName?: string) => PlanResult['plan'];

beforeAll(async () => {
  const { apply, plan, aws, emulator } = await startLive();
  await apply(base);
  // Read once, since nothing here changes it.
  const { live } = await plan(base);
  await emulator.close();
  planOf = (sets, more = {}, userName) => {
    const entries = Object.entries(sets).map(([name, content]) => [name, entryOf(content)]);
    const document = { ...base, ...more, permissionSets: { ...base.permissionSets, ...Object.fromEntries(entries) } };
    const file = compileDesired(load(document), aws, now);
    const accountId = aws.instance.ownerAccountId;
    const identityCenter = { userName: userName ?? '', permissionSet: 'Admin' };
    const context = userName === undefined ? aws : { ...aws, caller: { accountId, arn: '', identityCenter } };
    return planChanges(file, live, context, { policies, now, isLocal: true, removeOrphans: false }).plan;
  };
});

const refusals = ({ violations }: PlanResult['plan']): string[] => violations.map(({ code }) => code);
const risks = ({ warnings }: PlanResult['plan']): string[] =>
  warnings.flatMap(({ code, isRisk }) => (isRisk ? [code] : []));

describe('from AdministratorAccess to AdministratorAccess', () => {
  it.each(inFiles(besideAdministratorAccess))('with %s', (_, content, administers) => {
    expect(refusals(planOf({ Admin: content }))).toEqual(administers === 'yes' ? [] : ['last-administrator']);

    const others = {
      assignments: [...base.assignments, { users: ['bob'], permissionSets: ['Other'], accounts: ['management'] }],
    };
    const left = planOf({ Admin: content, Other: admin }, others);
    expect(refusals(left)).toEqual([]);
    expect(risks(left).includes('uncertain-administrators')).toBe(administers === 'conditional');

    const kept = planOf(
      { Admin: content, Other: admin },
      { ...others, safety: { protected: [{ user: 'ann', account: 'management', permissionSet: 'Admin' }] } },
    );
    expect(refusals(kept)).toEqual(administers === 'no' ? ['protected-access-lost'] : []);
  });
});

it.each(inFiles(contents))('from ReadOnlyAccess to %s', (_, content, administers) => {
  const { access, violations } = planOf({ Reader: content });
  expect(violations).toEqual([]);
  expect(access.newAdministrators).toHaveLength(administers === 'yes' ? 1 : 0);
});

it('tells before all else whose protected access a boundary of unknown content may limit', () => {
  const unknown = 'APolicyThatIsNotInTheData';
  const kept = {
    assignments: [...base.assignments, { users: ['bob'], permissionSets: ['Other'], accounts: ['management'] }],
    safety: { protected: [{ user: 'ann', account: 'management', permissionSet: 'Admin' }] },
  };
  const { warnings, violations } = planOf({ Admin: bounded(admin, unknown), Other: admin }, kept);
  expect(violations).toEqual([]);
  expect(warnings.flatMap(({ lead }) => lead ?? [])).toEqual([
    `ann administers management by Admin only as far as ${unknown} allows it, whose content is not known`,
    'protected access allows less: Admin of ann in management',
  ]);
});

describe('the person who runs idc', () => {
  const ifAddress = {
    Effect: 'Deny',
    Action: '*',
    Resource: '*',
    Condition: { NotIpAddress: { 'aws:SourceIp': '192.0.2.0/24' } },
  };
  const inOffice = { ...admin, inlinePolicy: { Version: '2012-10-17', Statement: [ifAddress] } };
  const withBob = {
    assignments: [...base.assignments, { users: ['bob'], permissionSets: ['Other'], accounts: ['management'] }],
  };
  const own = (userName: string): { code: string; lead?: string }[] =>
    planOf({ Admin: inOffice, Other: admin }, withBob, userName).warnings.filter(({ code }) => code.startsWith('own-'));

  it('is told that their own administrator access becomes uncertain, before all else', () => {
    expect(own('ann')).toMatchObject([
      {
        code: 'own-administrator-access-uncertain',
        lead: 'you administer management only under a condition on aws:SourceIp',
        isRisk: true,
      },
    ]);
  });

  it('is not told so where they keep it, or had none', () => {
    expect(own('bob')).toEqual([]);
    expect(own('dora')).toEqual([]);
  });
});

describe('people without an e-mail address', () => {
  const led = (user: string, more: object = {}): PlanResult['plan'] =>
    planOf({}, { groups: { ...groups, admins: { members: [user] } }, ...more });
  const codes = ({ warnings }: PlanResult['plan']): string[] => warnings.map(({ code }) => code);

  it('do not count as the administrator that is left where the plan creates them', () => {
    const carl = { givenName: 'Carl', familyName: 'Carl' };
    const { violations } = led('carl', { users: { ...users, carl } });
    expect(violations).toMatchObject([
      { code: 'last-administrator', message: expect.stringContaining('carl would be created without') as string },
    ]);
    expect(led('carl', { users: { ...users, carl: person('carl') } }).violations).toEqual([]);
  });

  it('count where they are live, with a warning if no one else is left', () => {
    const plan = led('dora');
    expect(plan.violations).toEqual([]);
    expect(codes(plan)).toContain('administrators-without-email');
    expect(codes(led('dora', { users: { ...users, dora: person('dora') } }))).not.toContain(
      'administrators-without-email',
    );
    expect(codes(led('bob'))).not.toContain('administrators-without-email');
    const losing = planOf({}, { users: { ...users, ann: { givenName: 'Ann', familyName: 'Ann' } } });
    expect(codes(losing)).toContain('administrators-without-email');
  });
});

function entryOf({ customerManagedPolicies: _none, ...entry }: Content): object {
  return entry;
}
