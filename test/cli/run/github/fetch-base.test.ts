import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadBase } from '../../../../src/source/base.ts';
import { startGitHub, type GitHubStandIn, type Job, type Run } from '../../../support/github/index.ts';
import { createFolder, runStep } from '../../../support/github/run.ts';

const file = (text: string): Record<string, string> => ({ 'identity.yaml': `version: 1 # ${text}\n` });

type Conclusion = Job['conclusion'];

/** A run of apply.yml that has made a plan, whose job `apply` ended so in each attempt. */
function apply({ world }: GitHubStandIn, conclusions: readonly Conclusion[], rest: Partial<Run> = {}, of = ''): Run {
  const jobs = conclusions.map((conclusion, index) => ({ name: 'apply', conclusion, attempt: index + 1 }));
  const run = world.addRun({ event: 'push', path: '.github/workflows/apply.yml', jobs, ...rest });
  world.addArtifact({ name: `idc-merged-plan${of}`, runId: run.id });
  return run;
}

async function fetchBase(github: GitHubStandIn, ...flags: string[]) {
  const [, main = 'identity.yaml'] = flags[0] === '--file' ? flags : [];
  const folder = path.join(createFolder(), 'base');
  const ran = await runStep(github, ['fetch', '--base', '--out', folder, ...flags]);
  const text = path.join(folder, 'files', main);
  return { ...ran, folder, text: existsSync(text) ? readFileSync(text, 'utf8') : undefined };
}

describe('the base', () => {
  it('is the file at the newest commit that was applied, with what it refers to, and says which that is', async () => {
    const files = { 'org/identity.yaml': 'version: 1\ninclude: ["teams/*.yaml"]\n', 'org/teams/a.yaml': 'groups: {}' };
    const github = await startGitHub({ files });
    const { headSha } = apply(github, ['success'], {}, '-org');
    // Of another file of the repository.
    apply(github, ['success'], { jobs: [] });
    github.world.push('main', { 'org/teams/a.yaml': 'groups: { a: {} }', 'org/teams/b.yaml': 'groups: {}' });
    const { code, err, outputs, folder } = await fetchBase(github, '--file', 'org/identity.yaml');
    expect(code, err).toBe(0);
    expect(outputs).toEqual({ base: folder, 'base-sha': headSha, reason: '' });
    expect(readFileSync(path.join(folder, 'files/org/teams/a.yaml'), 'utf8')).toBe('groups: {}');
    expect(existsSync(path.join(folder, 'files/org/teams/b.yaml'))).toBe(false);
    expect(loadBase(folder, 'identity.yaml')).toMatchObject({ name: 'main', commit: headSha, loaded: {} });
    expect(err).toMatch(/^Wrote 2 files of [0-9a-f]{40}, which run \d+ applied\.\n$/);
  });

  it('needs no more rights than to read actions and contents', async () => {
    const github = await startGitHub({ files: file('one') });
    apply(github, ['success']);
    const token = github.grant({ actions: 'read', contents: 'read' });
    const folder = path.join(createFolder(), 'base');
    const { code, err } = await runStep(github, ['fetch', '--base', '--out', folder], { GITHUB_TOKEN: token });
    expect(code, err).toBe(0);
  });

  it.each<[string, Conclusion[]]>([
    ['failed', ['failure']],
    ['was rejected or canceled', ['cancelled']],
    ['was skipped, since there was nothing to do or the plan was refused', ['skipped']],
    ['waits', [null]],
    ['never came to be, since the run was superseded', []],
  ])('is not a commit whose apply %s', async (_what, conclusions) => {
    const github = await startGitHub({ files: file('one') });
    apply(github, ['success']);
    github.world.push('main', file('two'));
    apply(github, conclusions);
    expect((await fetchBase(github)).text).toContain('one');
  });

  it('is one whose apply succeeded in any attempt, whatever else of the run failed', async () => {
    const github = await startGitHub({ files: file('one') });
    apply(github, ['success']);
    github.world.push('main', file('two'));
    apply(github, ['failure', 'success'], { conclusion: 'failure' });
    expect((await fetchBase(github)).text).toContain('two');
  });

  it.each<[string, Partial<Run>]>([
    ['of another workflow', { path: '.github/workflows/other.yml' }],
    ['of another event', { event: 'pull_request' }],
    ['of another branch', { headBranch: 'change-1' }],
    ['of a fork', { headRepository: 'someone/access' }],
    ['of a repository that is gone', { headRepository: null }],
  ])('is not told by a run %s', async (_what, run) => {
    const github = await startGitHub({ files: file('one') });
    apply(github, ['success']);
    github.world.push('main', file('two'));
    apply(github, ['success'], run);
    expect((await fetchBase(github)).text).toContain('one');
  });

  it('is not a commit of a pull request that was tagged with the name of the branch, though it was merged', async () => {
    const github = await startGitHub({ files: file('one') });
    const { world } = github;
    apply(github, ['success']);
    const pull = world.openPull(file('forged'));
    // The run of a tag called main, with the pull request's own copy of the workflow.
    apply(github, ['success'], { headSha: pull.headSha });
    world.pushTo(pull, file('two'));
    world.merge(pull);
    expect((await fetchBase(github)).text).toContain('one');
  });

  it('is found behind what anyone can upload', async () => {
    const github = await startGitHub({ files: file('one') });
    const { world } = github;
    apply(github, ['success']);
    const other = world.addRun({ event: 'push', path: '.github/workflows/other.yml', headBranch: 'other' });
    for (let index = 0; index < 120; index += 1) world.addArtifact({ name: 'idc-merged-plan', runId: other.id });
    world.addArtifact({ name: 'idc-merged-plan', runId: null });
    expect((await fetchBase(github)).text).toContain('one');
  });

  it('is the last that was applied, not an older one whose run was run again later and did nothing', async () => {
    const github = await startGitHub({ files: file('one') });
    const { world } = github;
    const older = apply(github, ['success']);
    older.jobs[0]!.completedAt = world.tick();
    world.push('main', file('two'));
    const newer = apply(github, ['success']);
    newer.jobs[0]!.completedAt = world.tick();
    // A force push to the older commit, and its run again: it plans, and is rejected, or fails.
    world.addArtifact({ name: 'idc-merged-plan', runId: older.id });
    older.jobs.push({ name: 'apply', conclusion: 'failure', attempt: 2, steps: [] });
    const rejected = await fetchBase(github);
    expect([rejected.outputs['base-sha'], rejected.outputs['remark']]).toEqual([newer.headSha, undefined]);
    delete older.jobs[1]!.steps;
    const failed = await fetchBase(github);
    expect(failed.outputs['base-sha']).toBe(newer.headSha);
    expect(failed.outputs['remark']).toContain(`Run ${older.id} (`);
    older.jobs.push({ name: 'apply', conclusion: 'success', attempt: 3 });
    expect((await fetchBase(github)).outputs['base-sha']).toBe(older.headSha);
  });

  it('is found with the moves of the branch read once, however many runs have failed', async () => {
    const github = await startGitHub({ files: file('0') });
    apply(github, ['success']);
    for (let index = 1; index <= 8; index += 1) {
      github.world.push('main', file(String(index)));
      apply(github, ['failure']);
    }
    expect((await fetchBase(github)).text).toContain('0');
    expect(github.requests.filter(({ path: asked }) => asked.endsWith('/activity'))).toHaveLength(1);
  });

  it('is not known behind more runs that failed than are looked at, which asks for an approval', async () => {
    const github = await startGitHub({ files: file('0') });
    apply(github, ['success']);
    for (let index = 1; index <= 51; index += 1) {
      github.world.push('main', file(String(index)));
      apply(github, ['failure']);
    }
    const { outputs, folder } = await fetchBase(github);
    expect(outputs['base-sha']).toBe('');
    expect(outputs['reason']).toContain('among the newest plans; older ones were not looked at');
    expect(loadBase(folder, 'identity.yaml')).toHaveProperty('missing');
  });

  it('is not known where a later apply may be behind the runs that are looked at', async () => {
    const github = await startGitHub({ files: file('0') });
    const { world } = github;
    const old = apply(github, [], {
      jobs: [{ name: 'apply', conclusion: 'success', attempt: 1, completedAt: world.tick() }],
    });
    const tip = world.push('main', file('1'));
    apply(github, ['success']);
    for (let index = 0; index < 49; index += 1) apply(github, [], { headSha: tip });
    // The branch was set back: the old run was repeated, planned, and was rejected.
    old.jobs.push({ name: 'apply', conclusion: 'failure', attempt: 2, steps: [] });
    world.addArtifact({ name: 'idc-merged-plan', runId: old.id });
    const { outputs } = await fetchBase(github);
    expect(outputs['base-sha']).toBe('');
    expect(outputs['reason']).toContain('is known to have applied the file last among the newest plans');
  });

  it('stays known when its artifact has expired', async () => {
    const github = await startGitHub({ files: file('one') });
    apply(github, ['success']);
    for (const artifact of github.world.artifacts.values()) artifact.expired = true;
    expect((await fetchBase(github)).text).toContain('one');
  });

  it('of another workflow that applies', async () => {
    const github = await startGitHub({ files: file('one') });
    apply(github, ['success'], { path: '.github/workflows/apply-prod.yml' });
    expect((await fetchBase(github)).text).toBeUndefined();
    expect((await fetchBase(github, '--workflow', 'apply-prod.yml')).text).toContain('one');
  });
});

describe('where there is none, it says why and does not fail', () => {
  it('nothing was ever applied', async () => {
    const github = await startGitHub({ files: file('one') });
    apply(github, ['skipped']);
    const { code, err, outputs, text } = await fetchBase(github, '--against', github.world.branches.get('main') ?? '');
    const reason = 'No run of apply.yml on main has applied the file yet.';
    expect({ code, text, outputs }).toEqual({
      code: 0,
      text: undefined,
      outputs: { base: '', 'base-sha': '', reason, changed: 'true' },
    });
    expect(err).toBe(`No base was found. ${reason}\n`);
  });

  it('the file was not there yet', async () => {
    const github = await startGitHub({ files: file('one') });
    apply(github, ['success'], {}, '-prod');
    const { code, outputs } = await fetchBase(github, '--file', 'prod.yaml');
    expect([code, outputs['base']]).toEqual([0, '']);
    expect(outputs['reason']).toMatch(/^The file can't be read in [0-9a-f]{40}, .*: prod\.yaml does not exist\.$/);
  });

  it('a file that a pattern matched can not be fetched', async () => {
    const files = { 'identity.yaml': 'version: 1\ninclude: ["teams/*"]\n', 'teams/x.yaml': { link: '/etc/passwd' } };
    const github = await startGitHub({ files });
    apply(github, ['success']);
    const { code, outputs, text } = await fetchBase(github);
    expect([code, outputs['base'], text]).toEqual([0, '', undefined]);
    expect(outputs['reason']).toContain('teams/x.yaml is not a file');
  });

  it('the file refers to one that another tool may obey', async () => {
    const github = await startGitHub({
      files: {
        'identity.yaml': 'version: 1\npermissionSets: { A: { inlinePolicy: { file: .npmrc } } }\n',
        '.npmrc': 'node-options=--import=./x.mjs',
      },
    });
    apply(github, ['success']);
    const { code, outputs, folder } = await fetchBase(github);
    expect([code, outputs['base'], existsSync(folder)]).toEqual([0, '', false]);
    expect(outputs['reason']).toContain('.npmrc has a name that another tool may obey');
  });
});

describe('against a commit', () => {
  const tip = ({ world }: GitHubStandIn): string => world.branches.get('main') ?? '';

  it('that has the same, there is nothing to apply', async () => {
    const github = await startGitHub({ files: file('one') });
    apply(github, ['success']);
    github.world.push('main', { 'README.md': 'new' });
    const { err, outputs } = await fetchBase(github, '--against', tip(github));
    expect(outputs['changed']).toBe('false');
    expect(err).toContain('has the same, so there is nothing to apply.');
  });

  it('that changes nothing itself, what an earlier apply did not do is still to be done', async () => {
    const github = await startGitHub({ files: file('one') });
    apply(github, ['success']);
    github.world.push('main', file('two'));
    apply(github, ['failure']);
    github.world.push('main', { 'README.md': 'new' });
    expect((await fetchBase(github, '--against', tip(github))).outputs['changed']).toBe('true');
  });

  it.each<[string, Conclusion[]]>([
    ['failed', ['failure']],
    ['was canceled', ['cancelled']],
  ])('that takes back what an apply may have done by half, which %s', async (_what, conclusions) => {
    const github = await startGitHub({ files: file('one') });
    apply(github, ['success']);
    github.world.push('main', file('two'));
    const { id, headSha } = apply(github, conclusions);
    github.world.push('main', file('one'));
    const { outputs } = await fetchBase(github, '--against', tip(github));
    expect(outputs['changed']).toBe('true');
    expect(outputs['remark']).toMatch(
      new RegExp(`^Run ${id} \\(${headSha.slice(0, 7)}\\) began to apply later and did not finish\\.`),
    );
    apply(github, ['success']);
    expect((await fetchBase(github)).outputs).not.toHaveProperty('remark');
  });

  it('that takes back what was never begun, there is nothing to apply', async () => {
    const github = await startGitHub({ files: file('one') });
    apply(github, ['success']);
    github.world.push('main', file('two'));
    apply(github, ['skipped']);
    github.world.push('main', file('one'));
    expect((await fetchBase(github, '--against', tip(github))).outputs['changed']).toBe('false');
  });
});

describe('beside it are the files whose apply began since then and did not finish', () => {
  const withGroup = (...names: string[]): Record<string, string> => ({
    'identity.yaml': `version: 1\naccounts: { prod: "111122223333" }\ngroups: {${names.map((name) => ` ${name}: { members: [ann] }`).join(',')} }\n`,
  });
  const begunOf = (folder: string) => loadBase(folder, 'identity.yaml').begun;

  it('each text once, and of it what the file before does not ask for', async () => {
    const github = await startGitHub({ files: withGroup('a') });
    const { world } = github;
    apply(github, ['success']);
    world.push('main', withGroup('a', 'b'));
    const one = apply(github, ['failure']);
    world.push('main', withGroup('a', 'b', 'c'));
    const { headSha } = apply(github, ['cancelled', 'failure']);
    // The same text again, and the one that was applied.
    world.push('main', withGroup('a', 'b'));
    apply(github, ['failure']);
    world.push('main', withGroup('a'));
    const last = apply(github, ['failure']);
    const { folder, err, outputs } = await fetchBase(github);
    expect(begunOf(folder)).toEqual([
      { commit: world.commits.get(last.headSha)?.parents[0], entries: { groups: { b: { members: ['ann'] } } } },
      { commit: headSha, entries: { groups: { b: { members: ['ann'] }, c: { members: ['ann'] } } } },
    ]);
    expect(err.match(/^Wrote 1 file of [0-9a-f]{40} too, whose apply began and did not finish\.$/gm)).toHaveLength(2);
    expect(outputs['remark']).toMatch(/^Runs (\d+ \([0-9a-f]{7}\), ){3}\d+ \(|^Runs .* and \d+ \(/);
    expect(one.headSha).not.toBe(headSha);
  });

  it('with no more requests than before where there is none', async () => {
    const github = await startGitHub({ files: file('one') });
    apply(github, ['success']);
    await fetchBase(github);
    const paths = github.requests.map(({ path: asked }) => asked.replace(/\d{4,}|[0-9a-f]{40}/g, 'X'));
    const at = '/repos/octo-org/access';
    expect(paths).toEqual([
      at,
      `${at}/actions/artifacts`,
      `${at}/actions/runs/X`,
      `${at}/actions/runs/X/jobs`,
      `${at}/activity`,
      `${at}/git/trees/X`,
      `${at}/git/blobs/X`,
    ]);
  });

  it.each<[string, Partial<Job>]>([
    ['was rejected', { conclusion: 'failure', steps: [] }],
    [
      'ended since something newer was merged',
      {
        conclusion: 'failure',
        steps: [
          { name: 'Only the newest commit is applied', conclusion: 'failure' },
          { name: 'Apply exactly that', conclusion: 'skipped' },
        ],
      },
    ],
  ])('and none that never began: it %s', async (_what, job) => {
    const github = await startGitHub({ files: file('one') });
    apply(github, ['success']);
    github.world.push('main', file('two'));
    apply(github, [], { jobs: [{ name: 'apply', conclusion: 'failure', attempt: 1, ...job }] });
    github.world.push('main', file('one'));
    const { folder, outputs } = await fetchBase(github, '--against', github.world.branches.get('main') ?? '');
    expect([outputs['changed'], outputs['remark'], begunOf(folder)]).toEqual(['false', undefined, undefined]);
  });

  it('also where GitHub does not tell the step that applies', async () => {
    const github = await startGitHub({ files: withGroup('a') });
    apply(github, ['success']);
    github.world.push('main', withGroup('b'));
    const steps = [{ name: 'Another name', conclusion: 'failure' as const }];
    apply(github, [], { jobs: [{ name: 'apply', conclusion: 'failure', attempt: 1, steps }] });
    expect(begunOf((await fetchBase(github)).folder)).toHaveLength(1);
  });

  it('also where nothing was ever applied to the end', async () => {
    const github = await startGitHub({ files: withGroup('a') });
    const { headSha } = apply(github, ['failure']);
    const { folder, outputs } = await fetchBase(github);
    expect(outputs).toMatchObject({ base: folder, 'base-sha': '' });
    expect(outputs['reason']).toMatch(/^No run of apply\.yml on main has applied the file yet\. Run \d+ \(/);
    expect(loadBase(folder, 'identity.yaml')).toMatchObject({
      missing: 'No run of apply.yml on main has applied the file yet',
      begun: [{ commit: headSha, entries: { groups: { a: {} } } }],
    });
  });

  it('and of one that can not be read the reason', async () => {
    const github = await startGitHub({ files: file('one') });
    apply(github, ['success']);
    github.world.push('main', { 'identity.yaml': undefined });
    const { headSha: gone } = apply(github, ['failure']);
    github.world.push('main', { 'identity.yaml': 'version: 7\n' });
    const { headSha: other } = apply(github, ['failure']);
    const { folder, err } = await fetchBase(github);
    expect(begunOf(folder)).toEqual([
      { commit: other, missing: expect.stringMatching(/^it has 1 error: /) as string },
      { commit: gone, missing: 'identity.yaml does not exist.' },
    ]);
    expect(err).toContain(`The file can't be read in ${gone}, whose apply began and did not finish: identity.yaml`);
  });

  it('but no commit that the branch never was at', async () => {
    const github = await startGitHub({ files: withGroup('a') });
    apply(github, ['success']);
    const { headSha } = github.world.openPull(withGroup('b'));
    apply(github, ['failure'], { headSha });
    const { folder, outputs } = await fetchBase(github);
    expect([begunOf(folder), outputs['remark']]).toEqual([undefined, undefined]);
  });
});

it.each([[[]], [['42', '--base']]])('either a pull request or --base is fetched: %j', async (given) => {
  const github = await startGitHub();
  const { code, err } = await runStep(github, ['fetch', ...given, '--out', 'x']);
  expect(code).toBe(1);
  expect(err).toContain('(flags-mismatch)');
  expect(github.requests).toEqual([]);
});
