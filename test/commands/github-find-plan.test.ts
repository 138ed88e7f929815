import { describe, expect, it } from 'vitest';
import {
  actionsBot,
  mona,
  octocat,
  startGitHub,
  type Artifact,
  type GitHubStandIn,
  type Pull,
  type Review,
  type Run,
} from '../support/github/index.ts';
import { runStep } from '../support/github/run.ts';

const nameOf = (pull: Pull, sha = pull.headSha): string => `idc-plan-${pull.number}-${sha}`;

/** A plan of the pull request's last commit, as plan.yml leaves it. */
function planned(github: GitHubStandIn, pull: Pull, run: Partial<Run> = {}, artifact: Partial<Artifact> = {}): number {
  const { id } = github.world.addRun(run);
  github.world.addArtifact({ name: nameOf(pull), runId: id, ...artifact });
  return id;
}

/** Approved as it is now, and merged. */
function approveAndMerge({ world }: GitHubStandIn, pull: Pull, method?: 'merge' | 'squash' | 'rebase'): string {
  world.addReview(pull);
  return world.merge(pull, method);
}

const nothing = { 'run-id': '', artifact: '', 'artifact-id': '' };

const find = (github: GitHubStandIn, sha: string, ...flags: string[]): ReturnType<typeof runStep> =>
  runStep(github, ['find-plan', sha, ...flags]);

describe('the reviewed plan', () => {
  it.each(['merge', 'squash', 'rebase'] as const)('of a %s of several commits is found', async (method) => {
    const github = await startGitHub();
    const { world } = github;
    const pull = world.openPull({ a: '1' });
    planned(github, pull);
    world.pushTo(pull, { b: '2' });
    const runId = planned(github, pull);
    const { code, err, outputs } = await find(github, approveAndMerge(github, pull, method));
    expect(code, err).toBe(0);
    const { id } = [...world.artifacts.values()].at(-1) ?? {};
    expect(outputs).toEqual({
      'pull-request': '1',
      'run-id': String(runId),
      artifact: nameOf(pull),
      'artifact-id': String(id),
    });
    expect(err).toBe(`Pull request #1 was planned in run ${runId}, and approved after that.\n`);
  });

  it('is the newest one that was there before the merge', async () => {
    const github = await startGitHub();
    const { world } = github;
    const pull = world.openPull({ a: '1' });
    planned(github, pull);
    const before = planned(github, pull);
    const sha = approveAndMerge(github, pull);
    planned(github, pull);
    const { outputs } = await find(github, sha);
    expect(outputs['run-id']).toBe(String(before));
  });

  it('is an older one where the newest is of no use', async () => {
    const github = await startGitHub();
    const pull = github.world.openPull({ a: '1' });
    const good = planned(github, pull);
    planned(github, pull, { conclusion: 'failure' });
    planned(github, pull, { event: 'workflow_dispatch' });
    const { outputs, err } = await find(github, approveAndMerge(github, pull));
    expect(outputs['run-id']).toBe(String(good));
    expect(err).not.toContain('no reviewed plan');
  });

  it.each([
    ['without a branch', '.github/workflows/plan.yml'],
    ['with the branch', '.github/workflows/plan.yml@main'],
    ['with the whole ref', '.github/workflows/plan.yml@refs/heads/main'],
  ])('may be of a run whose path is given %s', async (_what, path) => {
    const github = await startGitHub();
    const pull = github.world.openPull({ a: '1' });
    planned(github, pull, { path, headRepository: 'Octo-Org/Access' });
    expect((await find(github, approveAndMerge(github, pull))).outputs['artifact']).toBe(nameOf(pull));
  });

  it('may be of another workflow and another branch, if asked for', async () => {
    const github = await startGitHub({ defaultBranch: 'trunk' });
    const pull = github.world.openPull({ a: '1' });
    planned(github, pull, { path: '.github/workflows/review.yml@trunk' });
    const { outputs } = await find(
      github,
      approveAndMerge(github, pull),
      '--workflow',
      'review.yml',
      '--branch',
      'trunk',
    );
    expect(outputs['artifact']).toBe(nameOf(pull));
    expect(github.requests.map(({ path }) => path)).not.toContain('/repos/octo-org/access');
  });

  it('is found among many', async () => {
    const github = await startGitHub();
    const pull = github.world.openPull({ a: '1' });
    const runId = planned(github, pull);
    for (let count = 0; count < 120; count += 1) planned(github, pull, {}, { expired: true });
    expect((await find(github, approveAndMerge(github, pull))).outputs['run-id']).toBe(String(runId));
  });
});

describe('there is none, and it is said why', () => {
  it.each<[string, Partial<Run>, Partial<Artifact>, string]>([
    ['a run of a pull request’s own workflow', { event: 'pull_request' }, {}, 'a run of the event pull_request, not'],
    ['a run by hand', { event: 'workflow_dispatch' }, {}, 'a run of the event workflow_dispatch'],
    ['another workflow', { path: '.github/workflows/ci.yml' }, {}, 'a run of .github/workflows/ci.yml, not of'],
    ['the workflow of another branch', { path: '.github/workflows/plan.yml@evil' }, {}, 'plan.yml@evil, not of'],
    ['a branch that looks alike', { path: '.github/workflows/plan.yml@refs/tags/main' }, {}, 'refs/tags/main, not of'],
    ['another repository', { repository: 'someone/access' }, {}, 'a run of another repository'],
    ['the run of a fork', { headRepository: 'someone/access' }, {}, 'a run of another repository'],
    ['the run of a fork that is gone', { headRepository: null }, {}, 'a run of another repository'],
    ['a run that failed', { conclusion: 'failure' }, {}, 'a run that ended as failure'],
    ['a run that was cancelled', { conclusion: 'cancelled' }, {}, 'a run that ended as cancelled'],
    ['a run that goes on', { conclusion: null }, {}, 'a run that ended as nothing yet'],
    ['an artifact that expired', {}, { expired: true }, 'has expired'],
    ['an artifact of no run', {}, { runId: null }, 'is of no known run'],
  ])('%s', async (_what, run, artifact, message) => {
    const github = await startGitHub();
    const pull = github.world.openPull({ a: '1' });
    planned(github, pull, run, artifact);
    const { code, err, outputs } = await find(github, approveAndMerge(github, pull));
    expect({ code, outputs }).toEqual({ code: 0, outputs: { 'pull-request': '1', ...nothing } });
    expect(err).toContain('There is no reviewed plan. The plan of pull request #1 in artifact');
    expect(err).toContain(message);
  });

  it('a direct push', async () => {
    const github = await startGitHub();
    const sha = github.world.push('main', { a: '1' });
    const { code, err, outputs } = await find(github, sha);
    expect({ code, outputs }).toEqual({ code: 0, outputs: { 'pull-request': '', ...nothing } });
    expect(err).toContain(`No pull request was merged into main as ${sha}: it was pushed directly.`);
  });

  it('a commit of a pull request that is not merged, or that is not its merge', async () => {
    const github = await startGitHub();
    const pull = github.world.openPull({ a: '1' });
    planned(github, pull);
    expect((await find(github, pull.headSha)).err).toContain('pushed directly');
    approveAndMerge(github, pull, 'squash');
    expect((await find(github, pull.headSha)).err).toContain('pushed directly');
  });

  it('a merge into another branch', async () => {
    const github = await startGitHub();
    const pull = github.world.openPull({ a: '1' });
    planned(github, pull);
    pull.baseRef = 'release';
    github.world.branches.set('release', github.world.branches.get('main') ?? '');
    expect((await find(github, approveAndMerge(github, pull))).err).toContain('pushed directly');
  });

  it('several pull requests that claim the merge', async () => {
    const github = await startGitHub();
    const [one, two] = [github.world.openPull({ a: '1' }), github.world.openPull({ b: '1' })];
    planned(github, one);
    const sha = approveAndMerge(github, one);
    Object.assign(two, { mergedAs: sha, mergedAt: github.world.tick(), closed: true });
    const { outputs, err } = await find(github, sha);
    expect(outputs['artifact']).toBe('');
    expect(err).toContain('#1 and #2');
  });

  it('never planned', async () => {
    const github = await startGitHub();
    const pull = github.world.openPull({ a: '1' });
    const { err } = await find(github, approveAndMerge(github, pull));
    expect(err).toContain(`The last commit of pull request #1, ${pull.headSha}, was never planned.`);
  });

  it('planned before its last push', async () => {
    const github = await startGitHub();
    const pull = github.world.openPull({ a: '1' });
    planned(github, pull);
    github.world.pushTo(pull, { a: '2' });
    expect((await find(github, approveAndMerge(github, pull))).err).toContain('was never planned');
  });

  it('planned only after the merge', async () => {
    const github = await startGitHub();
    const pull = github.world.openPull({ a: '1' });
    const sha = approveAndMerge(github, pull);
    planned(github, pull);
    expect((await find(github, sha)).err).toContain('was made after the merge');
  });
});

describe('an approval counts', () => {
  it.each<[string, (github: GitHubStandIn, pull: Pull) => void]>([
    ['of an owner', ({ world }, pull) => world.addReview(pull, { association: 'OWNER' })],
    ['of a collaborator', ({ world }, pull) => world.addReview(pull, { association: 'COLLABORATOR' })],
    [
      'that a comment follows',
      ({ world }, pull) => {
        world.addReview(pull);
        world.addReview(pull, { state: 'COMMENTED' });
      },
    ],
    [
      'after changes were asked for',
      ({ world }, pull) => {
        world.addReview(pull, { state: 'CHANGES_REQUESTED' });
        world.addReview(pull);
      },
    ],
    [
      'that follows a dismissed review',
      ({ world }, pull) => {
        world.addReview(pull, { state: 'DISMISSED' });
        world.addReview(pull);
      },
    ],
    [
      'though somebody else wants changes',
      ({ world }, pull) => {
        world.addReview(pull);
        world.addReview(pull, { state: 'CHANGES_REQUESTED', author: { login: 'hubot', type: 'User' } });
      },
    ],
    [
      'among many reviews',
      ({ world }, pull) => {
        for (let count = 0; count < 120; count += 1) world.addReview(pull, { state: 'COMMENTED', author: octocat });
        world.addReview(pull);
      },
    ],
  ])('%s', async (_what, review) => {
    const github = await startGitHub();
    const pull = github.world.openPull({ a: '1' });
    const runId = planned(github, pull);
    review(github, pull);
    const { code, outputs, err } = await find(github, github.world.merge(pull));
    expect(code, err).toBe(0);
    expect(outputs['run-id'], err).toBe(String(runId));
  });

  it('for the plan that was there, and not for a later one', async () => {
    const github = await startGitHub();
    const pull = github.world.openPull({ a: '1' });
    const read = planned(github, pull);
    const { id } = [...github.world.artifacts.values()].at(-1) ?? {};
    github.world.addReview(pull);
    planned(github, pull);
    const { outputs } = await find(github, github.world.merge(pull));
    expect(outputs).toMatchObject({ 'run-id': String(read), 'artifact-id': String(id) });
  });

  it.each<[string, Partial<Review>, string]>([
    ['their own', { author: octocat }, 'octocat approved their own pull request'],
    ['a bot', { author: actionsBot }, 'github-actions[bot] approved it and is no person (Bot)'],
    ['an account that is gone', { author: null }, 'somebody whose account is gone approved it, which does not count'],
    ['somebody from outside', { association: 'CONTRIBUTOR' }, 'mona approved it as CONTRIBUTOR, and not as OWNER'],
    ['anybody at all', { association: 'NONE' }, 'mona approved it as NONE'],
    ['of a commit that is gone', { commitId: null }, 'mona approved an earlier commit, which is gone'],
    ['dismissed since', { state: 'DISMISSED' }, 'the review of mona was dismissed'],
    ['not sent off', { state: 'PENDING' }, 'nobody approved it'],
    ['a comment only', { state: 'COMMENTED' }, 'nobody approved it'],
    ['a request for changes', { state: 'CHANGES_REQUESTED' }, 'nobody approved it'],
  ])('but not %s', async (_what, review, message) => {
    const github = await startGitHub();
    const pull = github.world.openPull({ a: '1' });
    planned(github, pull);
    const { id } = [...github.world.artifacts.values()].at(-1) ?? {};
    github.world.addReview(pull, review);
    const { code, outputs, err } = await find(github, github.world.merge(pull));
    expect({ code, outputs }).toEqual({ code: 0, outputs: { 'pull-request': '1', ...nothing } });
    expect(err).toContain(
      `There is no reviewed plan. The plan of pull request #1 in artifact ${id} is not approved: ${message}`,
    );
  });

  it.each<[string, (github: GitHubStandIn, pull: Pull) => void, string]>([
    ['where there is none', () => {}, 'is not approved: nobody approved it.'],
    [
      'of an earlier commit',
      (github, pull) => {
        github.world.addReview(pull);
        github.world.pushTo(pull, { a: '2' });
        planned(github, pull);
      },
      'mona approved an earlier commit, ',
    ],
    [
      'from before the plan',
      ({ world }, pull) => {
        world.addReview(pull);
        for (const artifact of world.artifacts.values()) artifact.createdAt = world.tick();
      },
      'mona approved before this plan was made.',
    ],
    [
      'in the second of the plan',
      ({ world }, pull) => {
        for (const { createdAt } of world.artifacts.values()) world.addReview(pull, { submittedAt: createdAt });
      },
      'mona approved before this plan was made.',
    ],
    [
      'with changes asked for afterwards',
      ({ world }, pull) => {
        world.addReview(pull);
        world.addReview(pull, { state: 'CHANGES_REQUESTED' });
        world.addReview(pull, { state: 'COMMENTED' });
      },
      'mona approved and took it back.',
    ],
    [
      'whose confirmation was dismissed',
      ({ world }, pull) => {
        world.addReview(pull);
        world.addReview(pull, { state: 'DISMISSED' });
      },
      'mona approved and took it back; the review of mona was dismissed.',
    ],
    [
      'of several who do not count, each once',
      ({ world }, pull) => {
        world.addReview(pull, { association: 'NONE' });
        world.addReview(pull, { association: 'NONE' });
        world.addReview(pull, { author: { login: 'hubot', type: 'Bot' } });
      },
      'COLLABORATOR; hubot approved it and is no person (Bot).',
    ],
  ])('but not %s', async (_what, review, message) => {
    const github = await startGitHub();
    const pull = github.world.openPull({ a: '1' });
    planned(github, pull);
    review(github, pull);
    const { outputs, err } = await find(github, github.world.merge(pull));
    expect(outputs).toEqual({ 'pull-request': '1', ...nothing });
    expect(err).toContain(message);
  });

  it('but not from after the merge', async () => {
    const github = await startGitHub();
    const pull = github.world.openPull({ a: '1' });
    planned(github, pull);
    const sha = github.world.merge(pull);
    github.world.addReview(pull, { author: mona });
    const { outputs, err } = await find(github, sha);
    expect(outputs).toEqual({ 'pull-request': '1', ...nothing });
    expect(err).toContain('mona approved after the merge.');
  });
});

it.each([
  ['actions', { contents: 'read', 'pull-requests': 'read' }],
  ['pull-requests', { contents: 'read', actions: 'read' }],
] as const)('that GitHub can not be asked for want of %s is a failure, and no answer', async (missing, permissions) => {
  const github = await startGitHub();
  const pull = github.world.openPull({ a: '1' });
  planned(github, pull);
  const sha = approveAndMerge(github, pull);
  const token = github.grant(permissions);
  const { code, err, outputs } = await runStep(github, ['find-plan', sha], { GITHUB_TOKEN: token });
  expect({ code, outputs }).toEqual({ code: 1, outputs: {} });
  expect(err).toContain(`the job needs \`permissions: { ${missing}: read }\``);
});
