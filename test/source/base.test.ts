import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { baseFolder } from '../../src/source/fetched-base.ts';
import { loadBase, type Base } from '../../src/source/base.ts';

function createFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'idc-base-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A folder of its own, with what is done in it. */
function createRepository(folder = createFolder()) {
  const git = (...args: string[]): string =>
    execFileSync('git', ['-c', 'user.name=idc', '-c', 'user.email=idc@example.com', ...args], {
      cwd: folder,
      encoding: 'utf8',
      stdio: 'pipe',
    }).trim();
  const write = (file: string, text: string | Buffer): void => {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  };
  const commit = (): string => {
    git('add', '--all');
    git('commit', '--quiet', '--allow-empty', '--message', 'x');
    return git('rev-parse', 'HEAD');
  };
  const load = (given: string, file = 'identity.yaml'): Base => loadBase(given, path.join(folder, file));
  return { folder, git, write, commit, load };
}

function createBranch() {
  const repository = createRepository();
  const { git, write, commit } = repository;
  git('init', '--quiet', '--initial-branch', 'main');
  write('identity.yaml', 'version: 1\ngroups: { old: {} }\n');
  const shared = commit();
  git('checkout', '--quiet', '-b', 'topic');
  write('identity.yaml', 'version: 1\ngroups: { new: {} }\n');
  commit();
  git('checkout', '--quiet', 'main');
  write('identity.yaml', 'version: 1\ngroups: { later: {} }\n');
  commit();
  git('checkout', '--quiet', 'topic');
  return { ...repository, shared };
}

const groupsOf = (base: Base): string[] =>
  'missing' in base ? [base.missing] : Object.keys(base.loaded.document.groups ?? {});
const reasonOf = (base: Base): string => ('missing' in base ? base.missing : 'it was loaded');

describe('a revision', () => {
  it('is where its branch and this one parted, and names that commit', () => {
    const { load, shared } = createBranch();
    const base = load('main');
    expect(base).toMatchObject({ name: 'main', commit: shared });
    expect(groupsOf(base)).toEqual(['old']);
  });

  it('is the file as it was committed, though it has been changed since', () => {
    const { load, write } = createBranch();
    write('identity.yaml', 'version: 1\ngroups: { newest: {} }\n');
    expect(groupsOf(load('HEAD'))).toEqual(['new']);
  });

  it('brings the files that it included then, by patterns and links as well', () => {
    const { folder, git, write, commit, load } = createBranch();
    const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] };
    const document = 'version: 1\ninclude: [teams/**/*.yaml, linked.yaml]\ngroups: {}\n';
    write('idc/identity.yaml', `${document}permissionSets: { Own: { inlinePolicy: { file: policies/own.json } } }\n`);
    write('idc/policies/own.json', JSON.stringify(policy));
    write('idc/teams/a.yaml', 'groups: { a: {} }\n');
    write('idc/teams/more of it/ü.yaml', 'groups: { ü: {} }\n');
    write('idc/teams/no.txt', 'groups: { no: {} }\n');
    write('idc/other/target.yaml', 'groups: { linked: {} }\n');
    symlinkSync('other/target.yaml', path.join(folder, 'idc/linked.yaml'));
    commit();
    git('rm', '--quiet', '-r', 'idc/teams', 'idc/policies', 'idc/linked.yaml');
    write('idc/identity.yaml', 'version: 1\n');
    const base = load('HEAD', 'idc/identity.yaml');
    expect(groupsOf(base).sort()).toEqual(['a', 'linked', 'ü']);
    expect('loaded' in base && base.loaded.document.permissionSets).toMatchObject({
      Own: { inlinePolicy: policy },
    });
  });

  it('says why the file before can not be loaded', () => {
    const { git, write, commit, load, shared } = createBranch();
    expect(reasonOf(load('nowhere'))).toBe('nowhere is neither a file nor a commit of this clone');
    expect(reasonOf(load('main', 'other.yaml'))).toMatch(
      new RegExp(`other\\.yaml did not exist at the commit ${shared.slice(0, 12)}$`),
    );
    write('broken.yaml', 'version: 1\nuser: {}\ngroup: {}\n');
    write('latin.yaml', Buffer.from([0xe4, 0x0a]));
    write('folder.yaml/x', '');
    commit();
    expect(reasonOf(load('HEAD', 'broken.yaml'))).toMatch(/^HEAD has 2 errors, the first: .*"user".*broken\.yaml:2\)$/);
    expect(reasonOf(load('HEAD', 'latin.yaml'))).toMatch(/latin\.yaml is not a UTF-8 text\. Save it as UTF-8$/);
    expect(reasonOf(load('HEAD', 'folder.yaml'))).toMatch(/folder\.yaml was a folder at the commit/);
    git('checkout', '--quiet', '--orphan', 'elsewhere');
    commit();
    expect(reasonOf(load('main'))).toBe('main has no commit in common with HEAD');
  });

  it('is never a flag of git', () => {
    const { load } = createBranch();
    for (const given of ['--all', '-h', '--git-dir=/tmp', '--output=x', '--'])
      expect(reasonOf(load(given))).toBe(`${given} is not a name of a commit`);
    for (const given of ['main..topic', '^main', 'main:identity.yaml', 'main topic', 'main\n', ''])
      expect(reasonOf(load(given))).toBe(`${given} is neither a file nor a commit of this clone`);
  });

  it('can be missing from a shallow clone, which says how to get it', () => {
    const { folder, shared } = createBranch();
    const copy = path.join(createFolder(), 'copy');
    execFileSync('git', ['clone', '--quiet', '--depth', '1', `file://${folder}`, copy], { stdio: 'pipe' });
    const { load } = createRepository(copy);
    expect(groupsOf(load('HEAD'))).toEqual(['new']);
    expect(reasonOf(load(shared))).toBe(
      `${shared} is neither a file nor a commit of this clone; this clone is shallow: fetch the whole history with \`git fetch --unshallow\``,
    );
  });

  it('needs a repository', () => {
    const { load, write } = createRepository();
    write('identity.yaml', 'version: 1\n');
    expect(reasonOf(load('main'))).toMatch(/^main could not be looked up with git: fatal: not a git repository/);
  });
});

describe('a file', () => {
  it('is read where it is, with what it includes, and wins over a revision of its name', () => {
    const { folder, write, load } = createBranch();
    write('base/main', 'version: 1\ninclude: [teams/*.yaml]\ngroups: { before: {} }\n');
    write('base/teams/a.yaml', 'groups: { a: {} }\n');
    const given = path.join(folder, 'base', 'main');
    expect(load(given)).toMatchObject({ name: given });
    expect(load(given)).not.toHaveProperty('commit');
    expect(groupsOf(load(given)).sort()).toEqual(['a', 'before']);
  });

  it('that can not be used says why', () => {
    const { folder, write, load } = createBranch();
    write('base.yaml', 'version: 2\n');
    const given = path.join(folder, 'base.yaml');
    expect(reasonOf(load(given))).toMatch(/base\.yaml has 1 error: .*base\.yaml:1\)$/);
    write('base.yaml', Buffer.from([0xff]));
    expect(reasonOf(load(given))).toBe(`${given} is not a UTF-8 text. Save it as UTF-8`);
  });
});

describe('a folder that was fetched', () => {
  const fetched = { branch: 'main', commit: '3f2c1ab'.padEnd(40, '0'), file: 'org/identity.yaml' };

  it('names the branch and the commit, and brings what the file includes', () => {
    const { folder, write, load } = createRepository();
    const files = {
      'org/identity.yaml': 'version: 1\ninclude: [a.yaml]\n',
      'org/a.yaml': 'groups: { a: {} }\n',
    };
    const found = new Map(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)]));
    for (const [name, content] of baseFolder(fetched, found)) write(`base/${name}`, content);
    const base = load(path.join(folder, 'base'));
    expect(base).toMatchObject({ name: 'main', commit: fetched.commit });
    expect(groupsOf(base)).toEqual(['a']);
  });

  it('says what is wrong with it', () => {
    const { folder, write, load } = createRepository();
    const given = path.join(folder, 'base');
    write('base/base.json', '{}');
    expect(reasonOf(load(given))).toBe(`${given} has a base.json that names no branch, commit and file`);
    write('base/base.json', '');
    expect(reasonOf(load(given))).toContain('is not JSON');
    write('base/base.json', JSON.stringify(fetched));
    expect(reasonOf(load(given))).toContain('identity.yaml');
  });
});
