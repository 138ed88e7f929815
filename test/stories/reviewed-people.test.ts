import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { parsePlan } from '../../src/formats/plan.ts';
import { person } from '../support/live.ts';
import { createLocalFolder, type LocalFolder } from '../support/local-folder.ts';
import { runIdc } from '../support/run-idc.ts';

// The same steps do other things to people than they did when they were reviewed, since something else was applied meanwhile.

const users = { ann: person('ann'), bob: person('bob'), cy: person('cy') };

interface Moved extends LocalFolder {
  reviewed: string;
  digest: string;
  /** `idc github decide` over the plan of now. */
  decide(): Promise<{ out: string; err: string }>;
}

/** Applies `first`, plans `asked`, applies `meanwhile`, and leaves a file that asks for `asked` on top of it. */
async function reviewThenMove(first: object, asked: object, meanwhile: object, both: object): Promise<Moved> {
  const local = createLocalFolder(first);
  await local.plant({}, { applications: [{ name: 'Wiki' }] });
  expect((await local.idc(['apply', '--yes'])).code).toBe(0);
  local.write(asked);
  const reviewed = path.join(local.folder, 'plan.json');
  expect((await local.idc(['plan', '--base', local.file, '--out', reviewed])).code).toBe(0);
  const { digest, steps } = parsePlan(readFileSync(reviewed, 'utf8'));
  local.write(meanwhile);
  expect((await local.idc(['apply', '--yes'])).code).toBe(0);
  local.write(both);
  const now = path.join(local.folder, 'now.json');
  expect((await local.idc(['plan', '--base', local.file, '--out', now])).code).toBe(0);
  // Which is what makes it dangerous.
  expect(parsePlan(readFileSync(now, 'utf8')).steps.map(({ normalised }) => normalised)).toEqual(
    steps.map(({ normalised }) => normalised),
  );
  return {
    ...local,
    reviewed,
    digest,
    decide: () => runIdc(['github', 'decide', '--plan', now, '--reviewed', reviewed]),
  };
}

/** Bob joins a group that was granted administrator access after the review. */
function joinThatGivesMore(): Promise<Moved> {
  const permissionSets = { Adm: { managedPolicies: ['AdministratorAccess'] } };
  const first = { users, permissionSets, groups: { ops: {} }, assignments: [] };
  const groups = { ops: { members: ['bob'] } };
  const assignments = [{ groups: ['ops'], permissionSets: ['Adm'], accounts: ['production'] }];
  return reviewThenMove(first, { ...first, groups }, { ...first, assignments }, { ...first, groups, assignments });
}

/** A set gets IAMFullAccess, and the one who holds it is another person than at the review. */
const powerInOtherHands = (): Promise<Moved> => editInOtherHands(['ReadOnlyAccess', 'IAMFullAccess']);

/** The same with a policy that gives no power over rights. */
const editsInOtherHands = (): Promise<Moved> => editInOtherHands(['ReadOnlyAccess', 'AmazonS3FullAccess']);

function editInOtherHands(more: string[]): Promise<Moved> {
  const file = (policies: string[], holder: string): object => ({
    users,
    permissionSets: { Ops: { managedPolicies: policies } },
    assignments: [{ users: [holder], permissionSets: ['Ops'], accounts: ['production'] }],
  });
  return reviewThenMove(
    file(['ReadOnlyAccess'], 'ann'),
    file(more, 'ann'),
    file(['ReadOnlyAccess'], 'bob'),
    file(more, 'bob'),
  );
}

/** A set that nobody holds is granted, and what is in it is another since the review. */
function grantOfOtherContent(reviewed: string, edited: string): Promise<Moved> {
  const file = (policy: string, assignments: object[]): object => ({
    users,
    permissionSets: { Ops: { managedPolicies: [policy] } },
    groups: { ops: { members: ['ann'] } },
    assignments,
  });
  const grant = [{ groups: ['ops'], permissionSets: ['Ops'], accounts: ['production'] }];
  return reviewThenMove(file(reviewed, []), file(reviewed, grant), file(edited, []), file(edited, grant));
}

/** A group without members is given an application, and bob has joined it since. */
async function applicationToMore(): Promise<Moved> {
  const file = (members: string[], applications: string[]): object => ({
    users,
    groups: { ops: { members } },
    applicationAssignments: applications.length > 0 ? [{ groups: ['ops'], applications }] : [],
  });
  return reviewThenMove(
    file(['ann'], []),
    file(['ann'], ['Wiki']),
    file(['ann', 'bob'], []),
    file(['ann', 'bob'], ['Wiki']),
  );
}

/** A group is granted administrator access, and bob has left it since the review. */
function grantToFewer(): Promise<Moved> {
  const file = (members: string[], assignments: object[]): object => ({
    users,
    permissionSets: { Adm: { managedPolicies: ['AdministratorAccess'] } },
    groups: { ops: { members } },
    assignments,
  });
  const grant = [{ groups: ['ops'], permissionSets: ['Adm'], accounts: ['production'] }];
  return reviewThenMove(file(['ann', 'bob'], []), file(['ann', 'bob'], grant), file(['ann'], []), file(['ann'], grant));
}

const grants = (local: LocalFolder): Promise<number> => local.visit(({ world }) => world.assignments.size);

it.each([
  [
    'a group that has come to carry administrator access',
    joinThatGivesMore,
    'bob becomes an administrator of production',
  ],
  ['a power that reaches another person', powerInOtherHands, '1 person already holds it, in production.'],
  [
    'an edit that reaches another person',
    editsInOtherHands,
    'Ops, held by bob in production, gains 112 actions in s3 and s3-object-lambda: 29 manage access',
  ],
  [
    'a grant of a powerful set that has become more so',
    () => grantOfOtherContent('AWSAccountManagementFullAccess', 'IAMFullAccess'),
    'Ops, which is newly granted, allows other actions than the review showed',
  ],
  [
    'a grant of any set that has been edited',
    () => grantOfOtherContent('ReadOnlyAccess', 'AmazonS3FullAccess'),
    'Ops, which is newly granted, allows other actions than the review showed',
  ],
  ['an application for a group that somebody has joined', applicationToMore, 'bob gains the application Wiki'],
])('refuses %s, by digest, by plan and in a merge', async (_what, move, told) => {
  const local = await move();
  const before = await local.visit(({ world }) => ({
    memberships: world.memberships.size,
    sets: [...world.permissionSets.rows()],
  }));
  const byDigest = await local.idc(['apply', '--yes', '--digest', local.digest]);
  expect(byDigest.code).toBe(3);
  expect(byDigest.err).toContain('This is not the reviewed plan');
  for (const flags of [
    ['--reviewed', local.reviewed],
    ['--reviewed', local.reviewed, '--digest', local.digest],
  ]) {
    const { code, err } = await local.idc(['apply', '--yes', ...flags]);
    expect(code).toBe(3);
    expect(err.replaceAll(/\s+/g, ' ')).toContain(told);
    expect(err).toContain('they now change access that the review did not show');
  }
  expect((await local.decide()).out).toContain('environment=identity-center-approve');
  const after = await local.visit(({ world }) => ({
    memberships: world.memberships.size,
    sets: [...world.permissionSets.rows()],
  }));
  expect(after).toEqual(before);
});

it('lets a plan through that does less to people than was reviewed, and tells what', async () => {
  const local = await grantToFewer();
  const decided = await local.decide();
  expect(decided.out).toContain('environment=identity-center-apply');
  expect(decided.err).toContain('bob becomes an administrator of production');
  const { code, err } = await local.idc(['apply', '--yes', '--reviewed', local.reviewed, '--digest', local.digest]);
  expect(code, err).toBe(0);
  expect(err).toContain('Reviewed, but no longer part of the plan:\n  ! bob becomes an administrator of production');
  expect(await grants(local)).toBe(1);
});

it('takes a digest alone to the letter', async () => {
  const local = await grantToFewer();
  const { code } = await local.idc(['apply', '--yes', '--digest', local.digest]);
  expect(code).toBe(3);
  expect(await grants(local)).toBe(0);
});

it('refuses a saved plan that is not the one that the digest names', async () => {
  const local = await grantToFewer();
  const other = `sha256:${'0'.repeat(64)}`;
  const { code, err } = await local.idc(['apply', '--yes', '--reviewed', local.reviewed, '--digest', other]);
  expect(code).toBe(3);
  expect(err).toContain(`--digest is ${other}, but the digest of the saved plan is ${local.digest}.`);
});

it('takes no plan for reviewed that a guard forbade, though none forbids it now', async () => {
  const grant = { users: ['ann', 'bob'], permissionSets: ['Ops'], accounts: ['production'] };
  const first = { users, permissionSets: { Ops: { managedPolicies: ['ReadOnlyAccess'] } }, assignments: [grant] };
  const local = createLocalFolder(first);
  expect((await local.idc(['apply', '--yes'])).code).toBe(0);
  const fewer = { ...first, assignments: [{ ...grant, users: ['ann'] }] };
  const [reviewed, now] = ['plan.json', 'now.json'].map((name) => path.join(local.folder, name)) as [string, string];
  local.write({ ...fewer, safety: { maxRemovals: 0 } });
  expect((await local.idc(['plan', '--base', local.file, '--out', reviewed])).code).toBe(3);
  local.write(fewer);
  expect((await local.idc(['plan', '--base', local.file, '--out', now])).code).toBe(0);
  const decided = await runIdc(['github', 'decide', '--plan', now, '--reviewed', reviewed]);
  expect(decided.out).toContain('environment=identity-center-approve');
  expect(decided.out).toContain(
    'the reviewed plan was refused (too-many-removals, too-many-people), but this one is not',
  );
  const { code, err } = await local.idc(['apply', '--yes', '--reviewed', reviewed]);
  expect(code).toBe(3);
  expect(err).toContain('The reviewed plan was refused:');
  const { digest } = parsePlan(readFileSync(reviewed, 'utf8'));
  expect((await local.idc(['apply', '--yes', '--digest', digest])).code).toBe(3);
  expect(await grants(local)).toBe(2);
});

it('takes no plan for reviewed whose reason to be forbidden has expired since', async () => {
  const grant = (user: string, set: string): object => ({
    users: [user],
    permissionSets: [set],
    accounts: ['production'],
  });
  const document = {
    users,
    permissionSets: { Ops: {}, Adm: { managedPolicies: ['AdministratorAccess'] } },
    assignments: [{ ...grant('ann', 'Ops'), expires: '2026-06-14' }, grant('bob', 'Adm')],
    rules: { deny: [{ users: ['ann'], permissionSets: ['Ops'] }] },
  };
  const local = createLocalFolder({ ...document, assignments: [] });
  expect((await local.idc(['apply', '--yes'])).code).toBe(0);
  local.write(document);
  const [reviewed, now] = ['plan.json', 'now.json'].map((name) => path.join(local.folder, name)) as [string, string];
  const [before, after] = ['2026-06-14T12:00:00Z', '2026-06-15T12:00:00Z'].map((time) => ({
    now: () => new Date(time),
  }));
  expect((await local.idc(['plan', '--out', reviewed], before)).code).toBe(3);
  expect((await local.idc(['plan', '--out', now, '--reviewed', reviewed], after)).code).toBe(0);
  const decided = await runIdc(['github', 'decide', '--plan', now, '--reviewed', reviewed]);
  expect(decided.out).toContain('environment=identity-center-approve');
  const { digest } = parsePlan(readFileSync(reviewed, 'utf8'));
  for (const flags of [
    ['--reviewed', reviewed],
    ['--digest', digest],
  ]) {
    expect((await local.idc(['apply', '--yes', ...flags], after)).code).toBe(3);
  }
  expect(await grants(local)).toBe(0);
});

it('gives nothing that has expired while the question waited', async () => {
  const local = createLocalFolder({
    users,
    permissionSets: { Ops: {} },
    assignments: [{ users: ['ann'], permissionSets: ['Ops'], accounts: ['production'], expires: '2026-06-14' }],
  });
  let time = '2026-06-14T23:50:00Z';
  const ask = async (): Promise<string> => {
    time = '2026-06-15T09:00:00Z';
    return 'yes';
  };
  const { code, err } = await local.idc(['apply'], { now: () => new Date(time), canAsk: true, ask });
  expect(code, err).toBe(3);
  expect(err).toContain('or access has expired. Nothing was changed');
  expect(await grants(local)).toBe(0);
});
