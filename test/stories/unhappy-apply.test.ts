import { expect, it } from 'vitest';
import { accounts, person } from '../support/live.ts';
import { createLocalFolder, type LocalFolder } from '../support/local-folder.ts';

const old = { DisplayName: 'O', Name: { GivenName: 'O', FamilyName: 'O' } };

/** As the second address of a user, which no plan sees: it looks at the first. */
const takeAddress = (local: LocalFolder): Promise<void> =>
  local.visit(({ world }) => {
    const [row] = world.users.by('name', 'old');
    if (row) world.users.put({ ...row, Emails: [{ Value: 'old@example.com' }, { Value: 'taken@example.com' }] });
  });

const flat = (text: string): string => text.replaceAll(/\s+/g, ' ');

it('what fails is told with AWS’s own reason, what waits for it is skipped by name, and the rest is done', async () => {
  const document = {
    users: { ann: person('ann'), bob: { ...person('bob'), email: 'taken@example.com' } },
    groups: { ops: { members: ['ann', 'bob'] } },
    permissionSets: { Deploy: { customerManagedPolicies: [{ name: 'deployer', path: '/team/' }] } },
    assignments: [{ groups: ['ops'], permissionSets: ['Deploy'], accounts: ['production', 'staging'] }],
    ignore: { users: ['old'] },
  };
  const local = createLocalFolder(document);
  await local.plant(
    {
      users: { old },
    },
    {
      accounts: [
        { id: accounts.management, name: 'management' },
        { id: accounts.production, name: 'production', customerManagedPolicies: [] },
        { id: accounts.staging, name: 'staging' },
      ],
    },
  );
  await takeAddress(local);
  const { code, out, err } = await local.idc(['apply', '--yes']);
  expect(code).toBe(1);
  const reason = `Received a 404 status error: Not supported policy arn:aws:iam::${accounts.production}:policy/team/deployer.`;
  for (const text of [out, err].map(flat)) {
    expect(text).toContain(`creating assignment Deploy in production to group ops: ${reason}`);
    expect(text).toContain('creating user bob (bob bob): ConflictException: ');
    expect(text).toContain('creating membership bob in ops, because it depends on user bob (bob bob)');
  }
  expect(flat(out)).toContain('Incomplete: 5 created, 0 updated, 0 deleted, 2 failed, 1 skipped');
  expect(out).toContain('Run it again to continue');

  // Mended in AWS and in the file; what is left is done, and nothing else.
  await local.visit(({ world }) => {
    const production = world.accounts.get(accounts.production);
    if (production) world.accounts.put({ ...production, CustomerManagedPolicies: ['/team/deployer'] });
  });
  local.write({ ...document, users: { ann: person('ann'), bob: person('bob') } });
  const again = await local.idc(['apply', '--yes']);
  expect(again.code, again.err).toBe(0);
  expect(flat(again.out)).toContain('Done: 3 created, 0 updated, 0 deleted');
  expect((await local.idc(['plan', '--detailed-exitcode'])).code).toBe(0);
});

it('the same as one JSON document, and with the exit code of a failure', async () => {
  const local = createLocalFolder({
    users: { bob: { ...person('bob'), email: 'taken@example.com' } },
    groups: { ops: { members: ['bob'] } },
    ignore: { users: ['old'] },
  });
  await local.plant({ users: { old } });
  await takeAddress(local);
  const { code, out } = await local.idc(['apply', '--yes', '--format', 'json']);
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({
    complete: false,
    summary: { create: 1, failed: 1, skipped: 1 },
    succeeded: [{ id: 'group/ops' }],
    failed: [{ id: 'user/bob', message: expect.stringContaining('ConflictException') }],
    skipped: [{ id: 'membership/ops/bob', because: 'user/bob' }],
  });
});

it('profiles are not written after an apply that failed', async () => {
  const local = createLocalFolder({
    users: { bob: { ...person('bob'), email: 'taken@example.com' } },
    ignore: { users: ['old'] },
  });
  await local.plant({ users: { old } });
  await takeAddress(local);
  const { code, err } = await local.idc(['apply', '--yes', '--profiles', `${local.folder}/profiles`]);
  expect(code).toBe(1);
  expect(err).toContain('ConflictException');
  expect(err).not.toContain('Wrote the profiles');
});

it('an interruption lets what is under way end, begins nothing more, and the next run does the rest', async () => {
  const users = Array.from({ length: 12 }, (_, index) => `u${index}`);
  const document = {
    users: Object.fromEntries(users.map((name) => [name, person(name)])),
    permissionSets: { Read: {} },
    assignments: [] as object[],
  };
  const local = createLocalFolder(document);
  expect((await local.idc(['apply', '--yes'])).code).toBe(0);
  // All 36 could begin at once, but a permission set takes one request at a time in each of the three accounts.
  local.write({
    ...document,
    assignments: [{ users, permissionSets: ['Read'], accounts: Object.keys(accounts) }],
  });

  const interruption = new AbortController();
  let err = '';
  const { code, out } = await local.idc(['apply', '--yes'], {
    onInterrupt: () => interruption.signal,
    err: (text) => {
      err += text;
      if (err.split('✓').length > 3) interruption.abort();
    },
  });
  expect(code).toBe(1);
  expect(err).toContain('Stopping after the steps under way.');
  const done = err.split('✓').length - 1;
  const skipped = err.split('because the run was interrupted').length - 1;
  expect(done).toBeGreaterThanOrEqual(3);
  // Those that were under way at the third: at most one in each account.
  expect(done).toBeLessThanOrEqual(6);
  expect(done + skipped).toBe(36);
  expect(flat(out)).toContain(`Incomplete: ${done} created, 0 updated, 0 deleted, 0 failed, ${skipped} skipped`);
  expect(flat(out)).toMatch(
    new RegExp(
      `Skipped: ${skipped} - ${skipped} assignments, because the run was interrupted Run it again to continue: the new plan has only the remaining changes\\.\\s*$`,
    ),
  );
  expect(await local.visit(({ world }) => world.assignments.size)).toBe(done);

  const again = await local.idc(['apply', '--yes']);
  expect(again.code, again.err).toBe(0);
  expect(await local.visit(({ world }) => world.assignments.size)).toBe(36);
});
