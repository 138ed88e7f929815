import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../src/core/plan.ts';
import { baseFolder } from '../../src/source/fetched-base.ts';
import { parsePlan } from '../../src/formats/plan.ts';
import { renderJson } from '../support/render-json.ts';
import { person } from '../support/live.ts';
import { createLocalFolder, type LocalFolder } from '../support/local-folder.ts';

const users = { ann: person('ann'), bob: person('bob') };
const guarded = { users, groups: { ops: { members: ['ann'] } }, safety: { maxRemovals: 5 } };
const loosened = { users, groups: { ops: { members: ['ann', 'bob'] } }, safety: { maxRemovals: 60 } };
const loosenedMore = { ...loosened, ignore: { groups: ['AWS*'] } };

interface Branch extends LocalFolder {
  saved: string;
  git(...args: string[]): string;
  read(): Plan;
}

/** The guarded file is applied and committed on main, and the loosened one is on a branch. */
async function createBranch(): Promise<Branch> {
  const local = createLocalFolder(guarded);
  expect((await local.idc(['apply', '--yes'])).code).toBe(0);
  const git = (...args: string[]): string =>
    execFileSync('git', ['-c', 'user.name=idc', '-c', 'user.email=idc@example.com', ...args], {
      cwd: local.folder,
      encoding: 'utf8',
      stdio: 'pipe',
    }).trim();
  git('init', '--quiet', '--initial-branch', 'main');
  git('add', 'identity.yaml');
  git('commit', '--quiet', '--message', 'x');
  git('checkout', '--quiet', '-b', 'topic');
  local.write(loosened);
  const saved = path.join(local.folder, 'plan.json');
  return { ...local, git, saved, read: () => parsePlan(readFileSync(saved, 'utf8')) };
}

describe('a plan against the file before', () => {
  it('names the commit, and repeats it in the line to apply', async () => {
    const { idc, git } = await createBranch();
    const commit = git('rev-parse', 'main');
    const { code, out } = await idc(['plan', '--base', 'main', '--format', 'markdown']);
    expect(code).toBe(0);
    expect(out).toContain(`### Limits of the file, against \`main at ${commit.slice(0, 7)}\``);
    expect(out).toContain('| `5` | `60`, **loosened** |');
    expect(out).toMatch(new RegExp(`\n {4}idc apply .*--base ${commit} --digest sha256:`));
  });

  it('is applied by its digest only with the same file before', async () => {
    const { idc, git, saved, read } = await createBranch();
    expect((await idc(['plan', '--base', 'main', '--out', saved])).code).toBe(0);
    const { digest, base } = read();
    expect(base).toMatchObject({
      name: 'main',
      commit: git('rev-parse', 'main'),
      document: { safety: { maxRemovals: 5 } },
    });
    const without = await idc(['apply', '--yes', '--digest', digest]);
    expect(without.code).toBe(3);
    expect(without.err).toContain('(--orphans, --only, --base)');
    const same = await idc(['apply', '--yes', '--digest', digest, '--base', 'main']);
    expect(same.code, same.err).toBe(0);
  });

  it('carries the file before, and is planned again with it', async () => {
    const { idc, saved, read, git, write } = await createBranch();
    expect((await idc(['plan', '--base', 'main', '--out', saved])).code).toBe(0);
    // Neither the repository nor the file is needed any more.
    git('branch', '--delete', '--force', 'main');
    write(guarded);
    const applied = await idc(['apply', saved, '--yes', '--digest', read().digest]);
    expect(applied.code, applied.err).toBe(0);
    expect(applied.out).toContain('! safety.maxRemovals: 5 -> 60, loosened');
  });

  it('is the file before of what is compared with it', async () => {
    const { idc, saved, write } = await createBranch();
    expect((await idc(['plan', '--base', 'main', '--out', saved])).code).toBe(0);
    write(loosenedMore);
    const more = await idc(['apply', '--yes', '--reviewed', saved]);
    expect(more.code).toBe(3);
    expect(more.err).toContain('Limits that differ from the review:\n  ! ignore.groups: added AWS*, loosened');
    expect(more.err).toContain('The file loosens limits that the review did not show.');
    write(loosened);
    expect((await idc(['apply', '--yes', '--reviewed', saved])).code).toBe(0);
  });

  it('can not be replaced by one without', async () => {
    const { idc, saved } = await createBranch();
    expect((await idc(['plan', '--base', 'main', '--out', saved])).code).toBe(0);
    const { out } = await idc(['plan', '--reviewed', saved]);
    expect(out).toContain('The review compared the file with the file before, but this plan does not');
    const refused = await idc(['apply', '--yes', '--reviewed', saved, '--base', 'nowhere']);
    expect(refused.code).toBe(3);
    expect(refused.err).toContain('Give the file before with --base');
  });

  it('whose document is damaged is refused', async () => {
    const { idc, saved, read } = await createBranch();
    expect((await idc(['plan', '--base', 'main', '--out', saved])).code).toBe(0);
    writeFileSync(saved, renderJson({ ...read(), base: { name: 'main', document: { version: 7 } } }));
    const { code, err } = await idc(['apply', saved, '--yes']);
    expect(code).toBe(1);
    expect(err).toContain('base.document.version');
  });
});

describe('a plan against a file before, and a later one whose apply did not finish', () => {
  const ignoring = { users, groups: { ops: { members: ['ann'] } }, ignore: { users: ['robot'] } };
  const begun = { ...ignoring, groups: { ops: { members: ['ann', 'robot'] } } };

  it('carries both, and takes back what the later one did, though the file before did not ask for it', async () => {
    const local = createLocalFolder(ignoring);
    const { idc, folder } = local;
    await local.plant({
      users: { robot: { DisplayName: 'R', Name: { GivenName: 'R', FamilyName: 'R' } } },
    });
    local.write(begun);
    expect((await idc(['apply', '--yes'])).code).toBe(0);
    const text = (document: object) => ({
      files: new Map([['identity.yaml', Buffer.from(JSON.stringify({ version: 1, ...document }))]]),
    });
    const note = { branch: 'main', commit: 'a'.repeat(40), file: 'identity.yaml', begun: [{ commit: 'b'.repeat(40) }] };
    const base = path.join(folder, 'base');
    for (const [name, content] of baseFolder(note, text(ignoring).files, new Map([['b'.repeat(40), text(begun)]]))) {
      mkdirSync(path.dirname(path.join(base, name)), { recursive: true });
      writeFileSync(path.join(base, name), content);
    }
    local.write(ignoring);
    const saved = path.join(folder, 'plan.json');
    const planned = await idc(['plan', '--base', base, '--out', saved, '--format', 'markdown']);
    expect(planned.code, planned.err).toBe(0);
    expect(planned.out).toContain('- robot in ops (ignored by name; an apply that did not finish may have granted it');
    expect(planned.out).toMatch(/\n {4}idc apply plan\.json --digest sha256:/);
    const plan = parsePlan(readFileSync(saved, 'utf8'));
    expect(plan.base).toMatchObject({
      begun: [{ commit: 'b'.repeat(40), entries: { groups: { ops: { members: ['robot'] } } } }],
    });
    const damaged = path.join(folder, 'damaged.json');
    const entries = { groups: { ops: 7 } };
    const wrong = { ...plan, base: { ...plan.base, begun: [{ commit: 'b', entries }] } } as Plan;
    writeFileSync(damaged, renderJson(wrong));
    expect((await idc(['apply', damaged, '--yes'])).err).toContain(
      'a file inside it whose apply did not finish is damaged',
    );
    const applied = await idc(['apply', saved, '--yes', '--digest', plan.digest]);
    expect(applied.code, applied.err).toBe(0);
    expect(await local.visit(({ world }) => world.memberships.size)).toBe(1);
  });
});

it('what only loosens limits is pending until it is the file before', async () => {
  const { idc, write, file } = await createBranch();
  write({ ...guarded, safety: { maxRemovals: 60 } });
  const pending = await idc(['plan', '--detailed-exitcode', '--base', 'main']);
  expect(pending.code).toBe(2);
  expect(pending.out).toContain('No steps. Identity Center matches the file. 1 limit of the file is loosened.');
  expect((await idc(['plan', '--detailed-exitcode', '--base', file])).code).toBe(0);
  const applied = await idc(['apply', '--yes', '--base', 'main']);
  expect(applied.code, applied.err).toBe(0);
});
