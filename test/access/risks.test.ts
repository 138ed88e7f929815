import { describe, expect, it } from 'vitest';
import { accessImpact } from '../../src/access/impact.ts';
import { accessRisks } from '../../src/access/risks.ts';
import { riskSentence } from '../../src/render/view/risk-words.ts';
import type { JudgedFacts, AccessRisk } from '../../src/core/access.ts';
import { createPeopleLists } from '../../src/core/reach.ts';
import { named } from '../support/named-access.ts';
import { account, factsOf } from './organisation.ts';

const nameOf = (id: string): string => ({ '1': 'management', '2': 'production' })[id.charAt(0)] ?? id;
function risks(facts: JudgedFacts): AccessRisk[] {
  const people = createPeopleLists();
  return accessRisks({
    adopted: [],
    facts,
    people,
    access: accessImpact(facts, people),
    managementAccount: account('1'),
  });
}
function messages(facts: JudgedFacts): string[] {
  const people = createPeopleLists();
  const access = accessImpact(facts, people);
  const words = { people: people.lists, managementAccount: account('1'), nameOf };
  return accessRisks({ adopted: [], facts, people, access, managementAccount: account('1') }).map(
    (risk) => `${risk.code}: ${riskSentence(risk, words)}`,
  );
}

const sets = { Admin: ['AdministratorAccess'], Iam: ['IAMFullAccess'], Read: ['ReadOnlyAccess'] };
const plan = (before: string[], after: string[]) => factsOf({ sets, lines: before }, { sets, lines: after });

describe('a powerful grant', () => {
  it('is one warning a set, with what reaches the management account first', () => {
    const lines = ['ann in ops', 'bob in ops', 'ops: Iam 1', 'ops: Admin 2', '@cy: Admin 3', '@cy: Read 1'];
    expect(messages(plan([], lines))).toEqual([
      'powerful-grant: Iam is newly granted in the management account to 2 people. It gives full or self-escalating access (iam:CreateRole and iam:AttachRolePolicy).',
      `powerful-grant: Admin is newly granted in ${account('3')} and production to 3 people. It gives full or self-escalating access (every action).`,
    ]);
  });

  it('is one of PowerUserAccess in the management account alone, where it gives out access', () => {
    const powerUser = { Power: ['PowerUserAccess'] };
    const granted = (...lines: string[]) =>
      messages(factsOf({ sets: powerUser, lines: [] }, { sets: powerUser, lines }));
    expect(granted('@ann: Power 2', 'ops: Power 3')).toEqual([]);
    expect(granted('@ann: Power 1', '@ann: Power 2')).toEqual([
      'powerful-grant: Power is newly granted in the management account to 1 person. It gives full or self-escalating access (sts:AssumeRoot, sso:CreateAccountAssignment, sso:PutInlinePolicyToPermissionSet, sso:AttachManagedPolicyToPermissionSet and 20 more).',
    ]);
  });

  it('is one even while the group is empty', () => {
    expect(messages(plan([], ['ops: Admin 2']))[0]).toContain(
      'in production to group ops. No one gains it now, but anyone who joins the group gets',
    );
    expect(messages(plan([], ['ops: Admin 2', 'dev: Admin 3']))[0]).toContain(
      'to groups dev and ops. No one gains it now, but anyone who joins one of them gets',
    );
  });

  it('is one also where all who get it have it already in another way', () => {
    const before = ['ann in ops', 'ops: Admin 2'];
    expect(messages(plan(before, [...before, '@ann: Admin 2']))).toEqual([
      'powerful-grant: Admin is newly granted in production to people who hold it already in another way. No one gains it now, but they keep full or self-escalating access (every action) if they lose that other way.',
    ]);
  });

  it('counts accounts that are too many to be read', () => {
    const facts = plan(
      [],
      ['1', '2', '3', '4', '5', '6', '7', '8'].map((digit) => `@ann: Admin ${digit}`),
    );
    expect(messages(facts)[0]).toContain('in the management account, 3');
    expect(messages(facts)[0]).toContain('and 3 more accounts to 1 person.');
  });

  it('is none where nothing is new', () => {
    const kept = ['ann in ops', 'ops: Admin 1'];
    expect(messages(plan(kept, kept))).toEqual([]);
    expect(messages(plan(kept, ['ann in ops']))).toEqual([]);
    const renamed = factsOf(
      { sets: { Admin: ['AdministratorAccess'] }, lines: kept },
      { sets: { Root: ['AdministratorAccess'] }, lines: ['ann in ops', 'ops: Root 1'] },
      { 'permission-set/Admin': 'permission-set/Root' },
    );
    expect(messages(renamed)).toEqual([]);
  });
});

describe('a powerful edit', () => {
  const edit = (before: string[], after: string[], lines: string[], added: string[] = []) =>
    factsOf({ sets: { Ops: before }, lines }, { sets: { Ops: after }, lines: [...lines, ...added] });

  it('says who holds the set already', () => {
    const facts = edit(
      ['ReadOnlyAccess'],
      ['IAMFullAccess'],
      ['ann in ops', 'bob in ops', 'ops: Ops 1', '@cy: Ops 2'],
      ['@dee: Ops 2'],
    );
    expect(messages(facts)).toEqual([
      'powerful-grant: Ops is newly granted in production to 1 person. It gives full or self-escalating access (iam:CreateRole and iam:AttachRolePolicy).',
      'powerful-edit: Ops newly allows iam:CreateRole and iam:AttachRolePolicy: full or self-escalating access. 3 people already hold it, in the management account and production.',
    ]);
  });

  it('is one where a set escalates further, and none where it escalates less', () => {
    expect(risks(edit(['PowerUserAccess'], ['PowerUserAccess', 'IAMFullAccess'], ['@ann: Ops 1']))).toHaveLength(1);
    expect(risks(edit(['PowerUserAccess', 'IAMFullAccess'], ['PowerUserAccess'], ['@ann: Ops 1']))).toEqual([]);
    expect(risks(edit([], ['IAMFullAccess'], []))).toEqual([]);
  });

  it('is one where the set is replaced with other content', () => {
    const facts = factsOf(
      { sets: { Read: ['ReadOnlyAccess'] }, lines: ['@ann: Read 2'] },
      { sets: { Ops: ['AdministratorAccess'] }, lines: ['@ann: Ops 2'] },
      { 'permission-set/Read': 'permission-set/Ops' },
    );
    expect(risks(facts).map(({ code }) => code)).toEqual(['powerful-edit']);
    const impact = accessImpact(facts);
    expect(named(impact, impact.newAdministrators)).toEqual([{ accounts: [account('2')], users: ['ann'] }]);
  });

  it('counts those who held the new set already, and of those taken over only whom it gives more', () => {
    const before = {
      sets: { Old: ['AdministratorAccess'], New: ['ReadOnlyAccess'] },
      lines: ['@ann: Old 2', '@bob: New 2'],
    };
    const lines = ['@ann: New 2', '@bob: New 2'];
    const renamed = { 'permission-set/Old': 'permission-set/New' };
    expect(messages(factsOf(before, { sets: { New: ['AdministratorAccess'] }, lines }, renamed))).toEqual([
      'powerful-edit: New newly allows every action: full or self-escalating access. 1 person already holds it, in production.',
    ]);
    const more = factsOf(
      { ...before, sets: { Old: ['ReadOnlyAccess'], New: ['AdministratorAccess'] } },
      { sets: { New: ['AdministratorAccess'] }, lines },
      renamed,
    );
    expect(messages(more)[0]).toContain('1 person already holds it, in production.');
  });
});
