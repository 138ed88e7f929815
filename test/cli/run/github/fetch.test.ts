import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { runIdc } from '../../../support/run-idc.ts';
import { startGitHub, type Entry, type GitHubStandIn } from '../../../support/github/index.ts';
import { createFolder, runStep } from '../../../support/github/run.ts';

const policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }],
});

/** An identity file that refers to these policy files. */
const identity = (...files: string[]): string =>
  JSON.stringify({
    version: 1,
    permissionSets: Object.fromEntries(files.map((file, index) => [`Set${index}`, { inlinePolicy: { file } }])),
  });

async function fetchPull(
  github: GitHubStandIn,
  change: Record<string, Entry | undefined>,
  ...flags: string[]
): Promise<Awaited<ReturnType<typeof runStep>> & { out: string; folder: string; files: string[] }> {
  const pull = github.world.openPull(change);
  const folder = path.join(createFolder(), 'files');
  const ran = await runStep(github, ['fetch', String(pull.number), '--out', folder, ...flags]);
  return { ...ran, folder, files: filesIn(folder) };
}

/** What has been asked for, but for the pull request itself and its merge: `trees`, `blobs`. */
const asksFor = (github: GitHubStandIn): string[] =>
  github.requests.flatMap(({ path: asked }) => /\/git\/(trees|blobs)\//.exec(asked)?.[1] ?? []);

const filesIn = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => !entry.isDirectory())
        .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
        .sort()
    : [];

describe('what is fetched', () => {
  it('is the test merge: what the pull request changes, on what the default branch holds by now', async () => {
    const github = await startGitHub({ files: { 'identity.yaml': identity('a.json', 'b.json'), 'b.json': '{}' } });
    const { world } = github;
    const pull = world.openPull({ 'a.json': policy, 'other.txt': 'not asked for' });
    world.push('main', { 'b.json': policy });
    const folder = path.join(createFolder(), 'files');
    const { code, err, outputs } = await runStep(github, ['fetch', String(pull.number), '--out', folder]);
    expect(code, err).toBe(0);
    expect(filesIn(folder)).toEqual(['a.json', 'b.json', 'identity.yaml']);
    expect(readFileSync(path.join(folder, 'b.json'), 'utf8')).toBe(policy);
    expect(outputs).toEqual({ 'head-sha': pull.headSha, 'merge-sha': pull.test?.sha, fork: 'false', changed: 'true' });
    expect(err).toBe('Wrote 3 files of pull request #1.\n');
    const idc = await runIdc(['validate', path.join(folder, 'identity.yaml')]);
    expect(idc.code, idc.err).toBe(0);
  });

  it('has names of every kind, byte for byte', async () => {
    const names = ['policies/with space.json', 'policies/größe/日本.json', 'policies/100%25.json', 'a#b?c&d+e.json'];
    const github = await startGitHub();
    const bytes = new Uint8Array([0xef, 0xbb, 0xbf, 0x7b, 0x7d, 0x0d, 0x0a]);
    const { code, err, files, folder } = await fetchPull(github, {
      'identity.yaml': identity(...names, 'bytes.json', 'no-utf8.json'),
      ...Object.fromEntries(names.map((name) => [name, policy])),
      'bytes.json': bytes,
      'no-utf8.json': new Uint8Array([0xff, 0xfe, 0x00]),
    });
    expect(code, err).toBe(0);
    expect(files).toEqual([...names, 'bytes.json', 'identity.yaml', 'no-utf8.json'].sort());
    expect(new Uint8Array(readFileSync(path.join(folder, 'bytes.json')))).toEqual(bytes);
    expect([...readFileSync(path.join(folder, 'no-utf8.json'))]).toEqual([0xff, 0xfe, 0x00]);
  });

  it('may be in a folder of the repository, and stays in its place', async () => {
    const github = await startGitHub();
    const change = { 'org/identity.yaml': identity('policies/a.json'), 'org/policies/a.json': policy };
    const { code, err, files } = await fetchPull(github, change, '--file', './org//identity.yaml');
    expect(code, err).toBe(0);
    expect(files).toEqual(['org/identity.yaml', 'org/policies/a.json']);
  });

  it('is all that the file includes, by name and by pattern, and the policies beside that', async () => {
    const set = (name: string, file: string): string =>
      JSON.stringify({ permissionSets: { [name]: { inlinePolicy: { file } } } });
    const github = await startGitHub({ files: { 'org/teams/b.yaml': 'groups: { b: {} }', 'org/teams/notes.md': '' } });
    const { code, err, files, folder } = await fetchPull(
      github,
      {
        'org/identity.yaml': 'version: 1\ninclude: [teams/*.yaml, "sub/**/*.yml", { file: one.yaml }]\n',
        'org/teams/a.yaml': set('A', '../policies/a.json'),
        'org/teams/.hidden.yaml': 'groups: {}',
        'org/sub/x/y/c.yml': set('C', 'c.json'),
        'org/sub/x/y/c.json': policy,
        'org/policies/a.json': policy,
        'org/policies/unused.json': policy,
        'org/one.yaml': 'version: 1',
        'teams/z.yaml': 'not this one',
      },
      '--file',
      'org/identity.yaml',
    );
    expect(code, err).toBe(0);
    const wanted = [
      'identity.yaml',
      'one.yaml',
      'policies/a.json',
      'sub/x/y/c.json',
      'sub/x/y/c.yml',
      'teams/a.yaml',
      'teams/b.yaml',
    ];
    expect(files).toEqual(wanted.map((name) => `org/${name}`));
    const idc = await runIdc(['validate', path.join(folder, 'org/identity.yaml')]);
    expect(idc.code, idc.err).toBe(0);
  });

  it('is what a pattern matches at the top of the repository, and a link as the file that it leads to', async () => {
    const github = await startGitHub();
    const { code, err, files } = await fetchPull(github, {
      'identity.yaml': 'version: 1\ninclude: ["team-*.yaml"]\n',
      'team-a.yaml': 'groups: { a: {} }',
      'team-b.yaml': { link: 'shared/b.yaml' },
      'shared/b.yaml': 'groups: { b: {} }',
    });
    expect(code, err).toBe(0);
    expect(files).toEqual(['identity.yaml', 'team-a.yaml', 'team-b.yaml']);
  });

  it('is what can be read of a file with mistakes, which are for the plan to tell', async () => {
    const github = await startGitHub();
    const broken = await fetchPull(github, { 'identity.yaml': 'users: [' });
    expect([broken.code, broken.files]).toEqual([0, ['identity.yaml']]);
    const wrong = await fetchPull(github, {
      'identity.yaml': `nonsense: 1\n# ${'x'.repeat(10)}\npermissionSets: { A: { inlinePolicy: { file: a.json } } }\n`,
      'a.json': '{',
    });
    expect([wrong.code, wrong.files]).toEqual([0, ['a.json', 'identity.yaml']]);
  });

  it('is large if need be, up to a limit', async () => {
    const github = await startGitHub();
    const large = 'x'.repeat(10_000_000);
    const change = { 'identity.yaml': identity('large.json'), 'large.json': large };
    const fits = await fetchPull(github, change);
    expect(fits.code, fits.err).toBe(0);
    const { code, err, files } = await fetchPull(github, { ...change, 'large.json': `${large}x` });
    expect([code, files]).toEqual([1, []]);
    expect(err).toContain('large.json is larger than 10 MB. (pull-request-too-large)');
  });

  it('has a thousand files at most', async () => {
    const github = await startGitHub();
    const names = Array.from({ length: 1000 }, (_, index) => `p/${index}.json`);
    const { code, err, files } = await fetchPull(github, {
      'identity.yaml': identity(...names),
      ...Object.fromEntries(names.map((name) => [name, policy])),
    });
    expect([code, files]).toEqual([1, []]);
    expect(err).toContain('(pull-request-too-large)');
  });
});

describe('what is not fetched', () => {
  it.each([
    ['../outside.json'],
    ['/etc/passwd'],
    ['policies/../../outside.json'],
    ['C:\\outside.json'],
    ['policies\\..\\..\\outside.json'],
    ['nul\0byte.json'],
    ['policies/missing.json'],
  ])('%j', async (file) => {
    const github = await startGitHub();
    const { code, err, files, folder } = await fetchPull(github, {
      'identity.yaml': identity(file, 'policies/here.json'),
      'policies/here.json': policy,
    });
    expect(code, err).toBe(0);
    expect(files).toEqual(['identity.yaml', 'policies/here.json']);
    expect(filesIn(path.dirname(folder))).toEqual(['files/identity.yaml', 'files/policies/here.json']);
    expect(asksFor(github)).toEqual(['trees', 'blobs', 'blobs', 'trees']);
    // The plan tells it, with the line.
    const { code: plan, err: told } = await runIdc(['validate', path.join(folder, 'identity.yaml')]);
    expect(plan).toBe(1);
    expect(told).toMatch(/identity\.yaml:1:\d+ policy-file-(outside|unreadable)/);
  });

  it.each<[string, Entry]>([
    ['a link that leads out of the repository', { link: '/etc/passwd' }],
    ['a link that leads to nothing', { link: '../nowhere' }],
    ['a submodule', { submodule: 'https://example.com/x.git' }],
  ])('%s', async (_what, entry) => {
    const github = await startGitHub();
    const { code, err, files } = await fetchPull(github, {
      'identity.yaml': identity('policies/x.json'),
      'policies/x.json': entry,
    });
    expect([code, files]).toEqual([0, ['identity.yaml']]);
    expect(err).toContain('Left out: policies/x.json is not a file, but a folder, a symbolic link or a submodule.');
  });

  it.each<[string, Entry]>([
    ['a link that leads out of the repository', { link: '/etc/passwd' }],
    ['a link that leads to nothing', { link: '../nowhere' }],
    ['a submodule', { submodule: 'https://example.com/x.git' }],
  ])('anything, where a pattern matches %s: it would be missing without a word', async (_what, entry) => {
    const github = await startGitHub();
    const { code, err, files } = await fetchPull(github, {
      'identity.yaml': 'version: 1\ninclude: ["teams/*"]\n',
      'teams/a.yaml': 'version: 1',
      'teams/x.yaml': entry,
    });
    expect([code, files]).toEqual([1, []]);
    expect(err).toContain(
      'teams/x.yaml is not a file, but a folder, a symbolic link or a submodule. (unreadable-file)',
    );
  });

  it('anything, where a folder holds more files than GitHub lists', async () => {
    const github = await startGitHub();
    github.world.longestTree = 3;
    const many = Array.from({ length: 4 }, (_, index) => [`teams/${index}.yaml`, 'version: 1']);
    const change = { 'identity.yaml': 'version: 1\ninclude: ["teams/*.yaml"]\n', ...Object.fromEntries(many) };
    const { code, err, files } = await fetchPull(github, change);
    expect([code, files]).toEqual([1, []]);
    expect(err).toContain('teams holds more files than GitHub lists. (pull-request-too-large)');
  });

  it('anything, where more than a thousand files are included', async () => {
    const github = await startGitHub();
    const many = Array.from({ length: 1000 }, (_, index) => [`teams/${index}.yaml`, 'version: 1']);
    const change = { 'identity.yaml': 'version: 1\ninclude: ["teams/*.yaml"]\n', ...Object.fromEntries(many) };
    const { code, err, files } = await fetchPull(github, change);
    expect([code, files]).toEqual([1, []]);
    expect(err).toContain('(pull-request-too-large)');
    expect(asksFor(github)).toEqual(['trees', 'blobs']);
  });

  it.each(['../*.yaml', '/etc/*', '..\\\\*', 'teams/../../*'])('of %s: nothing is asked', async (pattern) => {
    const github = await startGitHub();
    const { code, files, folder } = await fetchPull(github, {
      'identity.yaml': `version: 1\ninclude: ["${pattern}"]\n`,
    });
    expect([code, files]).toEqual([0, ['identity.yaml']]);
    expect(asksFor(github)).toEqual(['trees', 'blobs', 'trees']);
    expect((await runIdc(['validate', path.join(folder, 'identity.yaml')])).err).toContain('include-outside');
  });

  it('a folder', async () => {
    const github = await startGitHub();
    const { code, err, files } = await fetchPull(github, {
      'identity.yaml': identity('policies'),
      'policies/x.json': policy,
    });
    expect([code, files]).toEqual([0, ['identity.yaml']]);
    expect(err).toContain('Left out: policies is not a file');
  });

  it('of a link to a file in the repository: the file, and no link', async () => {
    const github = await startGitHub();
    const { files, folder } = await fetchPull(github, {
      'identity.yaml': identity('policies/x.json'),
      'policies/x.json': { link: '../shared.json' },
      'shared.json': policy,
    });
    expect(files).toEqual(['identity.yaml', 'policies/x.json']);
    expect(readFileSync(path.join(folder, 'policies/x.json'), 'utf8')).toBe(policy);
  });

  it.each([
    '.npmrc',
    'policies/.npmrc',
    '.github/workflows/plan.yml',
    '.git/config',
    'package.json',
    'Package.JSON',
    'package.json. .',
    'policies/package-lock.json',
    'node_modules/x/index.js',
    'a/Node_Modules/x.json',
    'npm-shrinkwrap.json',
    'pnpm-workspace.yaml',
    'yarn.lock',
  ])('anything, where the file refers to %s, which another tool may obey', async (file) => {
    const github = await startGitHub();
    const { code, err, files, outputs } = await fetchPull(github, {
      'identity.yaml': identity(file, 'policies/here.json'),
      [file]: policy,
      'policies/here.json': policy,
    });
    expect([code, files]).toEqual([1, []]);
    expect(err).toContain(`${file} has a name that another tool may obey`);
    expect(err).toContain('(path-of-tool)');
    // A merge that nobody planned waits: what is not said is not "unchanged".
    expect(outputs['changed']).toBeUndefined();
  });

  it('a change of such a file that the default branch refers to already, while other pull requests go on', async () => {
    const github = await startGitHub({
      files: { 'identity.yaml': identity('.policies/a.json'), '.policies/a.json': '{}' },
    });
    const other = await fetchPull(github, { 'notes.md': 'x' });
    expect([other.code, other.outputs['changed']]).toEqual([0, 'false']);
    const change = await fetchPull(github, { '.policies/a.json': policy });
    expect([change.code, change.files]).toEqual([1, []]);
    expect(change.err).toContain('.policies/a.json has a name that another tool may obey');
    const moved = {
      'identity.yaml': identity('policies/a.json'),
      '.policies/a.json': undefined,
      'policies/a.json': policy,
    };
    const { code, files } = await fetchPull(github, moved);
    expect([code, files]).toEqual([0, ['identity.yaml', 'policies/a.json']]);
  });

  it.each(['policies/package.json.json', 'a.npmrc', 'my package.json', 'modules/node.json'])(
    'is not %s, which is fetched',
    async (file) => {
      const github = await startGitHub();
      const { code, err, files } = await fetchPull(github, { 'identity.yaml': identity(file), [file]: policy });
      expect(code, err).toBe(0);
      expect(files).toContain(file);
    },
  );

  it.each(['../identity.yaml', '/identity.yaml', 'a\\identity.yaml', '.', 'org/'])('--file %s', async (file) => {
    const github = await startGitHub();
    const { code, err } = await fetchPull(github, {}, '--file', file);
    expect(code).toBe(1);
    expect(err).toContain('(path-outside)');
    expect(github.requests).toEqual([]);
  });

  it('an identity file that is not there', async () => {
    const github = await startGitHub();
    const { code, err, files, outputs } = await fetchPull(github, { 'access.yaml': identity() });
    expect({ code, files, outputs }).toMatchObject({ code: 1, files: [], outputs: { fork: 'false' } });
    expect(err).toContain('identity.yaml does not exist in the merge of pull request #1. (unreadable-file)');
    expect(err).toContain('Name the file that is meant with --file.');
  });

  it('anything, for a job that may not read contents', async () => {
    const github = await startGitHub();
    const pull = github.world.openPull({ 'identity.yaml': identity() }, { closed: true });
    github.world.merge(pull);
    const token = github.grant({ 'pull-requests': 'read' });
    const args = ['fetch', String(pull.number), '--out', path.join(createFolder(), 'x')];
    const { code, err } = await runStep(github, args, { GITHUB_TOKEN: token });
    expect(code).toBe(1);
    expect(err).toContain(`GitHub denies the files of ${pull.mergedAs}`);
    expect(err).toContain('the job needs `permissions: { contents: read }`');
  });
});

describe('what it costs', () => {
  const policies = (count: number): Record<string, string> =>
    Object.fromEntries(
      Array.from({ length: count }, (_, index) => [`p/${index}.json`, `${policy}${' '.repeat(index)}`]),
    );
  const withPolicies = (count: number) => ({
    'identity.yaml': identity(...Object.keys(policies(count))),
    ...policies(count),
  });

  it.each([
    // The pull request, its merge, the identity file and the trees of the merge and of what it was merged into come to five.
    [45, 50],
    [46, 50],
    [47, 4],
    [990, 4],
  ])('of a fork with %i new policies is %i requests, and never more than 50', async (count, requests) => {
    const github = await startGitHub();
    const pull = github.world.openPull(withPolicies(count), { headRepository: 'someone/access' });
    const folder = path.join(createFolder(), 'files');
    const { code, err, outputs } = await runStep(github, ['fetch', String(pull.number), '--out', folder]);
    expect(github.requests.length).toBe(requests);
    if (count === 45) {
      expect([code, filesIn(folder).length]).toEqual([0, count + 1]);
      return;
    }
    expect([code, filesIn(folder), outputs['fork']]).toEqual([1, [], 'true']);
    expect(err).toContain(
      'This takes more than the 50 requests to GitHub that a pull request from a fork may cost. (too-many-requests)',
    );
  });

  it('of a fork counts the requests that wait for the test merge', async () => {
    const github = await startGitHub();
    const pull = github.world.openPull(withPolicies(46), { headRepository: 'someone/access', unsettled: 1 });
    const args = ['fetch', String(pull.number), '--out', path.join(createFolder(), 'files')];
    const { code, err } = await runStep(github, args);
    expect([code, github.requests.length]).toEqual([1, 5]);
    expect(err).toContain('(too-many-requests)');
  });

  it('of a branch of the repository is one request for each new file, and five for the rest', async () => {
    const github = await startGitHub();
    const { code, files } = await fetchPull(github, withPolicies(60));
    expect([code, files.length, github.requests.length]).toEqual([0, 61, 65]);
  });

  it('is one request for the names of all files, and one for each content, however many files have it', async () => {
    const github = await startGitHub();
    const files = Array.from({ length: 200 }, (_, index) => [`a/b${index % 20}/c/d/${index}.yaml`, 'version: 1']);
    const fetched = await fetchPull(github, {
      'identity.yaml': 'version: 1\ninclude: ["a/**/*.yaml"]\n',
      ...Object.fromEntries(files),
    });
    expect([fetched.code, fetched.files.length]).toEqual([0, 201]);
    expect(asksFor(github)).toEqual(['trees', 'blobs', 'blobs', 'trees']);
  });

  it('is a request for each folder that is looked into, where the repository is too large to list at once', async () => {
    const github = await startGitHub();
    github.world.longestTree = 10;
    const { code, err, files } = await fetchPull(
      github,
      {
        'org/identity.yaml': 'version: 1\ninclude: ["teams/**/*.yaml"]\n',
        'org/teams/one/a.yaml': 'groups: { a: {} }',
        'org/teams/b.yaml': 'groups: { b: {} }',
        ...Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`src/${index}.c`, 'x'])),
      },
      '--file',
      'org/identity.yaml',
    );
    expect(code, err).toBe(0);
    expect(files).toEqual(['org/identity.yaml', 'org/teams/b.yaml', 'org/teams/one/a.yaml']);
    // The top at once, the top alone, and org with all that is in it; nothing of src. Then the top that it was merged into.
    expect(asksFor(github)).toEqual(['trees', 'trees', 'trees', 'blobs', 'blobs', 'blobs', 'trees']);
  });
});

describe('a pull request that changes nothing of the file', () => {
  const files = {
    'identity.yaml': 'version: 1\ninclude: ["teams/*.yaml"]\n',
    'teams/a.yaml': JSON.stringify({ permissionSets: { A: { inlinePolicy: { file: '../policies/a.json' } } } }),
    'policies/a.json': policy,
  };

  it.each<[string, Record<string, Entry | undefined>, boolean]>([
    ['another file', { 'README.md': 'new' }, false],
    ['a policy that nothing refers to', { 'policies/b.json': policy }, false],
    ['a file beside what a pattern matches', { 'teams/notes.md': 'new' }, false],
    ['the same file, written in the same way', { 'identity.yaml': files['identity.yaml'] }, false],
    ['a comment in the file', { 'identity.yaml': `${files['identity.yaml']}# new\n` }, true],
    ['a policy that an included file refers to', { 'policies/a.json': '{}' }, true],
    ['a file that a pattern matches', { 'teams/b.yaml': 'groups: {}' }, true],
    ['an included file that is deleted', { 'teams/a.yaml': undefined }, true],
    ['a policy that is deleted', { 'policies/a.json': undefined }, true],
  ])('%s', async (_what, change, isChanged) => {
    const github = await startGitHub({ files });
    const { code, err, outputs, files: written } = await fetchPull(github, change);
    expect(code, err).toBe(0);
    expect(outputs['changed']).toBe(String(isChanged));
    expect(written.length > 0).toBe(isChanged);
    if (!isChanged) {
      expect(err).toBe('Pull request #1 changes nothing of identity.yaml or of what it refers to.\n');
    }
  });

  it('is judged by what it was merged into, whatever has been merged since it was opened', async () => {
    const github = await startGitHub({ files });
    const pull = github.world.openPull({ 'README.md': 'new' });
    github.world.push('main', { 'policies/a.json': '{}' });
    const { outputs } = await runStep(github, ['fetch', String(pull.number), '--out', path.join(createFolder(), 'x')]);
    expect(outputs['changed']).toBe('false');
  });
});

describe('where it is written', () => {
  it.each<[string, (folder: string) => void]>([
    ['a folder with something in it', (folder) => (mkdirSync(folder), writeFileSync(path.join(folder, 'x'), ''))],
    ['a file', (folder) => writeFileSync(folder, '')],
    ['a link to an empty folder', (folder) => (mkdirSync(`${folder}2`), symlinkSync(`${folder}2`, folder))],
    ['a link to nothing', (folder) => symlinkSync(`${folder}2`, folder)],
  ])('is not %s', async (_what, make) => {
    const github = await startGitHub();
    const pull = github.world.openPull({ 'identity.yaml': identity() });
    const folder = path.join(createFolder(), 'files');
    make(folder);
    const { code, err } = await runStep(github, ['fetch', String(pull.number), '--out', folder]);
    expect(code).toBe(1);
    expect(err).toContain('(folder-not-new)');
    expect(github.requests).toEqual([]);
    expect(filesIn(`${folder}2`)).toEqual([]);
  });

  it('may be an empty folder', async () => {
    const github = await startGitHub();
    const pull = github.world.openPull({ 'identity.yaml': identity() });
    const folder = createFolder();
    const { code, err } = await runStep(github, ['fetch', String(pull.number), '--out', folder]);
    expect(code, err).toBe(0);
    expect(filesIn(folder)).toEqual(['identity.yaml']);
  });
});

describe('the pull request', () => {
  it.each([['someone/access'], [null]])('of a fork (%s) is said to be one', async (headRepository) => {
    const github = await startGitHub();
    const pull = github.world.openPull({ 'identity.yaml': identity() }, { headRepository });
    const folder = path.join(createFolder(), 'files');
    const { code, err, outputs } = await runStep(github, ['fetch', String(pull.number), '--out', folder]);
    expect(code, err).toBe(0);
    expect(outputs['fork']).toBe('true');
    expect(err).toContain('comes from another repository (a fork)');
  });

  it('that conflicts is an error', async () => {
    const github = await startGitHub({ files: { 'identity.yaml': identity() } });
    const pull = github.world.openPull({ 'identity.yaml': identity('a.json') });
    github.world.push('main', { 'identity.yaml': identity('b.json') });
    const { code, err } = await runStep(github, [
      'fetch',
      String(pull.number),
      '--out',
      path.join(createFolder(), 'x'),
    ]);
    expect(code).toBe(1);
    expect(err).toContain("Pull request #1 can't be merged: it conflicts with main. (pull-request-conflicts)");
  });

  it('that GitHub has not merged yet is asked for again, and an earlier merge is not taken for it', async () => {
    const github = await startGitHub({ files: { 'identity.yaml': identity() } });
    const pull = github.world.openPull({ 'identity.yaml': 'version: 1' });
    github.world.testMerge(pull);
    github.world.pushTo(pull, { 'identity.yaml': 'version: 1 # second' });
    Object.assign(pull, { unsettled: 1, stale: 1 });
    const folder = path.join(createFolder(), 'files');
    const { code, err, outputs } = await runStep(github, ['fetch', String(pull.number), '--out', folder]);
    expect(code, err).toBe(0);
    expect(outputs['head-sha']).toBe(pull.headSha);
    expect(readFileSync(path.join(folder, 'identity.yaml'), 'utf8')).toContain('second');
  });

  it('that is merged is fetched as it was merged', async () => {
    const github = await startGitHub();
    const pull = github.world.openPull({ 'identity.yaml': identity() });
    const merged = github.world.merge(pull, 'squash');
    const { outputs } = await runStep(github, ['fetch', String(pull.number), '--out', path.join(createFolder(), 'x')]);
    expect(outputs).toMatchObject({ 'merge-sha': merged, 'head-sha': pull.headSha });
  });

  it('that does not exist', async () => {
    const github = await startGitHub();
    const { code, err } = await runStep(github, ['fetch', '7', '--out', path.join(createFolder(), 'x')]);
    expect(code).toBe(1);
    expect(err).toContain('GitHub finds nothing for pull request #7: Not Found');
    expect(err).toContain('permissions: { pull-requests: read }');
  });
});
