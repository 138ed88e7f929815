import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { digestOf, type Plan } from '../../src/core/plan.ts';
import { renderJson } from '../support/render-json.ts';
import { parsePlan } from '../../src/formats/plan.ts';
import { person } from '../support/live.ts';
import { createLocalFolder, type LocalFolder } from '../support/local-folder.ts';
import { runIdc } from '../support/run-idc.ts';

const users = { ann: person('ann'), bob: person('bob') };
const before = { users, groups: { ops: { description: 'Runs it', members: ['ann'] }, gone: {} } };
const after = { users, groups: { ops: { description: 'Runs all', members: ['ann', 'bob'] } } };

/** A plan is saved, and then the file says something else. */
async function changedSince(): Promise<LocalFolder & { reviewed: string }> {
  const local = createLocalFolder(before);
  const reviewed = path.join(local.folder, 'plan.json');
  expect((await local.idc(['plan', '--out', reviewed])).code).toBe(0);
  local.write(after);
  return { ...local, reviewed };
}

it('an apply of anything but the reviewed plan says what differs, and changes nothing', async () => {
  const local = await changedSince();
  const { code, err } = await local.idc(['apply', '--yes', '--reviewed', local.reviewed]);
  expect(code).toBe(3);
  expect(err.slice(0, err.indexOf('Refused:'))).toMatchInlineSnapshot(`
    "
    This is not the reviewed plan.

    New since the review:
    Memberships
      + bob in ops (carries no access to accounts)

    Different from the review:
    Groups
      + ops (as reviewed)
          + description: Runs it
      + ops (now)
          + description: Runs all

    Reviewed, but no longer needed:
    Groups
      + gone
    "
  `);
  expect(err).toContain('Refused: This is not the reviewed plan: its digest is sha256:');
  expect(await local.visit(({ world }) => world.users.size)).toBe(0);
});

it('a digest alone can not say what differs, and says how it could', async () => {
  const local = await changedSince();
  const { digest } = JSON.parse(readFileSync(local.reviewed, 'utf8')) as Plan;
  const { code, err } = await local.idc(['apply', '--yes', '--digest', digest]);
  expect(code).toBe(3);
  expect(err).toContain('--reviewed plan.json');
});

it('the reviewed plan is applied, from the file or from itself', async () => {
  const local = createLocalFolder(before);
  const reviewed = path.join(local.folder, 'plan.json');
  await local.idc(['plan', '--out', reviewed]);
  const { code, err } = await local.idc(['apply', '--yes', '--reviewed', reviewed]);
  expect(code, err).toBe(0);
  expect(await local.visit(({ world }) => world.users.size)).toBe(2);
});

it('a plan of another instance is refused before anything is compared', async () => {
  const local = await changedSince();
  const plan = parsePlan(readFileSync(local.reviewed, 'utf8'));
  plan.instance.arn = 'arn:aws:sso:::instance/ssoins-ffffffffffffffff';
  writeFileSync(local.reviewed, renderJson({ ...plan, digest: digestOf(plan) }));
  const { code, err } = await local.idc(['apply', '--yes', '--reviewed', local.reviewed]);
  expect(code).toBe(3);
  expect(err).toContain('The reviewed plan is for arn:aws:sso:::instance/ssoins-ffffffffffffffff');
});

it('the same steps are not what was reviewed once they give more', async () => {
  const permissionSets = { Adm: { managedPolicies: ['AdministratorAccess'] } };
  const some = { users, permissionSets, groups: { ops: {} }, assignments: [] };
  const local = createLocalFolder(some);
  expect((await local.idc(['apply', '--yes'])).code).toBe(0);
  const joins = { ...some, groups: { ops: { members: ['bob'] } } };
  local.write(joins);
  const reviewed = path.join(local.folder, 'plan.json');
  await local.idc(['plan', '--out', reviewed]);
  // Another change, reviewed and applied by itself: the group that bob is about to join becomes powerful.
  const grant = { assignments: [{ groups: ['ops'], permissionSets: ['Adm'], accounts: ['production'] }] };
  local.write({ ...some, ...grant });
  expect((await local.idc(['apply', '--yes'])).code).toBe(0);

  local.write({ ...joins, ...grant });
  const { code, err } = await local.idc(['apply', '--yes', '--reviewed', reviewed]);
  expect(code).toBe(3);
  expect(err).toContain('Access that differs from the review:');
  expect(err).toContain('bob becomes an administrator of production');
  expect(err).toContain('they now change access that the review did not show');
  expect(await local.visit(({ world }) => world.memberships.size)).toBe(0);
  const now = path.join(local.folder, 'now.json');
  await local.idc(['plan', '--out', now]);
  const decided = await runIdc(['github', 'decide', '--plan', now, '--reviewed', reviewed]);
  expect(decided.out).toContain('environment=identity-center-approve');
});

it('what is refused is one document in JSON as well', async () => {
  const local = await changedSince();
  const { code, out } = await local.idc(['apply', '--yes', '--reviewed', local.reviewed, '--format', 'json']);
  expect(code).toBe(3);
  expect(JSON.parse(out)).toMatchObject({ formatVersion: 2, steps: expect.any(Array) as unknown });
});

it('in Markdown, what differs comes before the plan as it is now', async () => {
  const local = await changedSince();
  const flags = ['--format', 'markdown', '--run-url', 'https://github.example/o/r/actions/runs/7'];
  const { code, out } = await local.idc(['apply', '--yes', '--reviewed', local.reviewed, ...flags]);
  expect(code).toBe(3);
  expect(out.replaceAll(/sha256:\w+/g, 'sha256:…')).toMatchInlineSnapshot(`
    "<!-- idc:apply -->
    ## This is not the reviewed plan

    The limits of the file were not compared with the file before: none was given.

    It would do this: no one gains or loses access.

    No new administrator, no edited permission set that people hold, no lost access.

    Nothing was applied, because this is not the reviewed plan. Review this one.

    ### New since the review

    <details open><summary>Memberships: 1 to create</summary>

    \`\`\`diff
    + bob in ops (carries no access to accounts)
    \`\`\`

    </details>

    ### Different from the review

    <details open><summary>Groups: 1</summary>

    \`\`\`diff
    + ops (as reviewed)
    +     description: Runs it
    + ops (now)
    +     description: Runs all
    \`\`\`

    </details>

    ### Reviewed, but no longer needed

    <details open><summary>Groups: 1 to create</summary>

    \`\`\`diff
    + gone
    \`\`\`

    </details>

    ### Warnings

    - AWS sends no e-mail to 2 new users. Send each the message of \`idc profiles NAME --format markdown\`. (\`no-invitation\`)

    ### Steps: 5 to create (about 5 calls to AWS, 1 second)

    <details><summary>Users: 2 to create</summary>

    \`\`\`diff
    + ann (ann ann)
    +     givenName: ann
    +     familyName: ann
    +     displayName: ann ann
    +     email: ann@example.com
    + bob (bob bob)
    +     givenName: bob
    +     familyName: bob
    +     displayName: bob bob
    +     email: bob@example.com
    \`\`\`

    </details>

    <details><summary>Groups: 1 to create</summary>

    \`\`\`diff
    + ops
    +     description: Runs all
    \`\`\`

    </details>

    <details><summary>Memberships: 2 to create</summary>

    \`\`\`diff
    + ann in ops (carries no access to accounts)
    + bob in ops (carries no access to accounts)
    \`\`\`

    </details>

    <details><summary>To apply exactly this</summary>

        idc apply --digest sha256:…

    </details>

    <sub>\`ssoins-c424a3e38bda3f64\` in \`us-east-1\`, digest \`sha256:…\`</sub>
    "
  `);
});

it('in Markdown, an apply has the marker and the note that it is told, whichever way it ends', async () => {
  const flags = ['--yes', '--format', 'markdown', '--marker', 'night', '--note', 'Made by hand.'];
  const done = await createLocalFolder(before).idc(['apply', ...flags]);
  expect(done.code, done.err).toBe(0);
  expect(done.out).toMatch(/^<!-- idc:night -->\n## Done: 5 created.*\n\nMade by hand\.\n/);

  const local = await changedSince();
  const other = await local.idc(['apply', '--reviewed', local.reviewed, ...flags]);
  expect(other.code).toBe(3);
  expect(other.out).toMatch(/^<!-- idc:night -->\n## This is not the reviewed plan\n/);
  expect(other.out).toContain(
    '\nNothing was applied, because this is not the reviewed plan. Review this one. Made by hand.\n',
  );
});

it('in Markdown, of another file than identity.yaml a plan and an apply name it, and so does the line to paste', async () => {
  const local = createLocalFolder(before);
  const file = path.join(local.folder, 'prod.yaml');
  renameSync(local.file, file);
  const saved = path.join(local.folder, 'plan.json');
  const run = (...args: string[]) => runIdc([...args, '--format', 'markdown']);
  const planned = await run('plan', '-f', file, '--local', '--out', saved);
  expect(planned.out).toMatch(
    /^<!-- idc:plan:prod\.yaml -->\n## Plan: no one gains or loses access \(`prod\.yaml`\)\n/,
  );
  expect(planned.out).toContain('\n    idc apply --file prod.yaml --digest sha256:');
  expect((await run('show', saved)).out).toBe(planned.out);
  expect((await run('show', saved, '--marker', 'apply')).out).toMatch(/^<!-- idc:apply:prod\.yaml -->\n/);
  // A saved plan remembers the file that it was made from.
  const applied = await run('apply', saved, '-f', local.file, '--local', '--yes');
  expect(applied.code, applied.err).toBe(0);
  expect(applied.out).toMatch(/^<!-- idc:apply:prod\.yaml -->\n## Done: 5 created, .* \(`prod\.yaml`\)\n/);
});

it('a finished apply is told in Markdown too', async () => {
  const local = createLocalFolder(before);
  const { code, out } = await local.idc(['apply', '--yes', '--format', 'markdown']);
  expect(code).toBe(0);
  expect(
    out
      .replaceAll(/sha256:\w+/g, 'sha256:…')
      .replace(/in \d+s/, 'in 0s')
      .replace(/run ID: `[-\w]+`/, 'run ID: `…`'),
  ).toMatchInlineSnapshot(`
    "<!-- idc:apply -->
    ## Done: 5 created, 0 updated, 0 deleted, in 0s

    ### To do by hand

    - Send 2 new users the message of \`idc profiles NAME --format markdown\`: AWS sends none. "Send email OTP" must be on for them to set a password (console: Settings > Authentication > Standard authentication). (\`no-invitation\`)

    ### Changes made

    <details open><summary>Groups: 2 created</summary>

    \`\`\`diff
    + ops
    +     description: Runs it
    + gone
    \`\`\`

    </details>

    <details open><summary>Users: 2 created</summary>

    \`\`\`diff
    + ann (ann ann)
    +     givenName: ann
    +     familyName: ann
    +     displayName: ann ann
    +     email: ann@example.com
    + bob (bob bob)
    +     givenName: bob
    +     familyName: bob
    +     displayName: bob bob
    +     email: bob@example.com
    \`\`\`

    </details>

    <details open><summary>Memberships: 1 created</summary>

    \`\`\`diff
    + ann in ops (carries no access to accounts)
    \`\`\`

    </details>

    Applied. Digest: \`sha256:…\`, run ID: \`…\` (search CloudTrail for it in \`userAgent\`).
    "
  `);
});

it('a saved plan is shown as it was printed, without AWS and without the file', async () => {
  const local = createLocalFolder(before);
  const saved = path.join(local.folder, 'plan.json');
  for (const format of ['text', 'markdown', 'json']) {
    const { out } = await local.idc(['plan', '--out', saved, '--format', format]);
    writeFileSync(local.file, 'this is: [no longer yaml');
    const shown = await runIdc(['show', saved, '--format', format]);
    expect({ ...shown, out: contentOf(shown.out) }).toEqual({ code: 0, out: contentOf(out), err: '' });
    local.write(before);
  }
});

/** Of JSON the order of keys is nothing. */
const contentOf = (out: string): unknown => (out.startsWith('{') ? (JSON.parse(out) as unknown) : out);

it('a saved plan is shown with what differs from another one', async () => {
  const local = await changedSince();
  const now = path.join(local.folder, 'now.json');
  await local.idc(['plan', '--out', now]);
  const { code, out } = await runIdc(['show', now, '--reviewed', local.reviewed]);
  expect(code).toBe(0);
  expect(out).toContain('This is not the reviewed plan.');
  expect((await runIdc(['show', now, '--reviewed', now])).out).not.toContain('reviewed');
});

it('a plan that has no place to be saved is an error with a code', async () => {
  const local = createLocalFolder(before);
  const { code, err } = await local.idc(['plan', '--out', path.join(local.folder, 'nowhere', 'plan.json')]);
  expect(code).toBe(1);
  expect(err).toContain('(unwritable-file)');
});
