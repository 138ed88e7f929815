import { describe, expect, it } from 'vitest';
import {
  actionsBot,
  ghost,
  mona,
  octocat,
  startGitHub,
  webFlow,
  type Account,
  type Artifact,
  type GitHubStandIn,
  type Hands,
  type Pull,
  type Review,
  type Run,
  type World,
} from '../../../support/github/index.ts';
import { runStep } from '../../../support/github/run.ts';

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

const nothing = { 'run-id': '', artifact: '', 'artifact-id': '', reason: expect.stringMatching(/^\S.*\.$/) as string };

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
      'pull-requests': '1',
      'run-id': String(runId),
      artifact: nameOf(pull),
      'artifact-id': String(id),
      reason: '',
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
    planned(github, pull, { event: 'pull_request' });
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

  it('may be of a run that was started by hand, for a pull request whose opening started none', async () => {
    const github = await startGitHub();
    const pull = github.world.openPull({ a: '1' });
    const runId = planned(github, pull, { event: 'workflow_dispatch' });
    github.world.push('main', { b: '2' });
    expect((await find(github, approveAndMerge(github, pull))).outputs['run-id']).toBe(String(runId));
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
    [
      'a run by hand for another branch',
      { event: 'workflow_dispatch', headBranch: 'other' },
      {},
      'a run of other, not of main',
    ],
    [
      'a run by hand for a tag with the name of the branch',
      { event: 'workflow_dispatch', headSha: 'f'.repeat(40) },
      {},
      `a run of commit ${'f'.repeat(40)}, at which main never was`,
    ],
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
    expect({ code, outputs }).toEqual({ code: 0, outputs: { 'pull-request': '1', 'pull-requests': '1', ...nothing } });
    expect(err).toContain('No reviewed plan was found. The plan of pull request #1 in artifact');
    expect(err).toContain(message);
  });

  it('a direct push', async () => {
    const github = await startGitHub();
    const sha = github.world.push('main', { a: '1' });
    const { code, err, outputs } = await find(github, sha);
    expect({ code, outputs }).toEqual({ code: 0, outputs: { 'pull-request': '', 'pull-requests': '', ...nothing } });
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
    // GitHub does not tell every token of a membership that is not public.
    ['of a member who is not shown as one', ({ world }, pull) => world.addReview(pull, { association: 'NONE' })],
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
    ['their own', { author: octocat }, 'octocat approved it, but opened the pull request.'],
    ['a bot', { author: actionsBot }, 'github-actions[bot] approved it, but is not a person (Bot).'],
    ['an account that is gone', { author: null }, 'an account that is gone approved it, which does not count.'],
    ['ghost, an account that is gone', { author: ghost }, 'an account that is gone approved it, which does not count.'],
    ['of a commit that is gone', { commitId: null }, 'mona approved an earlier commit, which is gone'],
    ['dismissed since', { state: 'DISMISSED' }, 'the review of mona was dismissed'],
    ['not sent off', { state: 'PENDING' }, 'the pull request has no approval.'],
    ['a comment only', { state: 'COMMENTED' }, 'the pull request has no approval.'],
    ['a request for changes', { state: 'CHANGES_REQUESTED' }, 'the pull request has no approval.'],
  ])('but not %s', async (_what, review, message) => {
    const github = await startGitHub();
    const pull = github.world.openPull({ a: '1' });
    planned(github, pull);
    const { id } = [...github.world.artifacts.values()].at(-1) ?? {};
    github.world.addReview(pull, review);
    const { code, outputs, err } = await find(github, github.world.merge(pull));
    expect({ code, outputs }).toEqual({ code: 0, outputs: { 'pull-request': '1', 'pull-requests': '1', ...nothing } });
    expect(err).toContain(
      `No reviewed plan was found. The plan of pull request #1 in artifact ${id} is not approved: ${message}`,
    );
  });

  it.each<[string, (github: GitHubStandIn, pull: Pull) => void, string]>([
    ['where there is none', () => {}, 'is not approved: the pull request has no approval.'],
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
        world.addReview(pull, { author: octocat });
        world.addReview(pull, { author: octocat });
        world.addReview(pull, { author: { login: 'hubot', type: 'Bot' } });
      },
      'is not approved: octocat approved it, but opened the pull request; hubot approved it, but is not a person (Bot).',
    ],
  ])('but not %s', async (_what, review, message) => {
    const github = await startGitHub();
    const pull = github.world.openPull({ a: '1' });
    planned(github, pull);
    review(github, pull);
    const { outputs, err } = await find(github, github.world.merge(pull));
    expect(outputs).toEqual({ 'pull-request': '1', 'pull-requests': '1', ...nothing });
    expect(err).toContain(message);
  });

  it('but not from after the merge', async () => {
    const github = await startGitHub();
    const pull = github.world.openPull({ a: '1' });
    planned(github, pull);
    const sha = github.world.merge(pull);
    github.world.addReview(pull, { author: mona });
    const { outputs, err } = await find(github, sha);
    expect(outputs).toEqual({ 'pull-request': '1', 'pull-requests': '1', ...nothing });
    expect(err).toContain('mona approved after the merge.');
  });
});

/** Merges, and says why the newest plan is not approved, in the words behind "is not approved: ". */
async function whyNotApproved(github: GitHubStandIn, pull: Pull): Promise<string | undefined> {
  const { code, outputs, err } = await find(github, github.world.merge(pull));
  expect({ code, outputs }).toEqual({ code: 0, outputs: { 'pull-request': '1', 'pull-requests': '1', ...nothing } });
  expect(err).toBe(`No reviewed plan was found. ${outputs['reason']}\n`);
  return / is not approved: (.*)\.$/.exec(outputs['reason'] ?? '')?.[1];
}

/** What "Update with rebase", and `git rebase main && git push -f`, make of a pull request: the same changes as new commits. */
function rebase(world: World, pull: Pull, actor: Account = octocat): void {
  const before = pull.headSha;
  let parent = world.branches.get('main') ?? '';
  pull.commits = pull.commits.map((sha) => {
    const { tree = {}, author = null } = world.commits.get(sha) ?? {};
    return (parent = world.commit(tree, [parent], { author, committer: webFlow }));
  });
  pull.headSha = parent;
  world.addActivity(pull, { type: 'force_push', before, actor });
}

describe('the approval of one who made the pull request does not count', () => {
  const forged: Hands = { pusher: mona, author: octocat, committer: webFlow };

  it.each<[string, (github: GitHubStandIn, pull: Pull) => string]>([
    [
      'who pushed its last commit, in the name of its author',
      ({ world }, pull) => `pushed commit ${world.pushTo(pull, { a: 'mona is administrator' }, forged)}`,
    ],
    [
      'who pushed a commit before the last one',
      ({ world }, pull) => {
        const sha = world.pushTo(pull, { a: 'mona is administrator' }, forged);
        world.pushTo(pull, { b: '2' });
        world.pushTo(pull, { b: '3' });
        return `pushed commit ${sha}`;
      },
    ],
    [
      'who updated the branch',
      ({ world }, pull) =>
        `pushed commit ${world.pushTo(pull, {}, { pusher: mona, author: mona, committer: webFlow })}`,
    ],
    [
      'who pushed by force',
      ({ world }, pull) => {
        const before = pull.headSha;
        pull.headSha = world.commit({ a: '2' }, [], { author: octocat });
        pull.commits = [pull.headSha];
        world.addActivity(pull, { type: 'force_push', before, actor: mona });
        return `pushed commit ${pull.headSha}`;
      },
    ],
    [
      'who pushed what its author rebased',
      ({ world }, pull) => {
        const sha = world.pushTo(pull, { a: 'mona is administrator' }, forged);
        rebase(world, pull);
        return `pushed commit ${sha}, which a force push replaced`;
      },
    ],
    [
      'who pushed what its author continued, rebased twice, and continued again',
      ({ world }, pull) => {
        const sha = world.pushTo(pull, { a: 'mona is administrator' }, forged);
        world.pushTo(pull, { b: '2' });
        rebase(world, pull);
        world.pushTo(pull, { b: '3' });
        rebase(world, pull);
        world.pushTo(pull, { b: '4' });
        return `pushed commit ${sha}, which a force push replaced`;
      },
    ],
    [
      'who pushed what its author pushed again, after a reset of the branch to where it began',
      ({ world }, pull) => {
        const sha = world.pushTo(pull, { a: 'mona is administrator' }, forged);
        const base = world.branches.get('main') ?? '';
        world.addActivity(pull, { type: 'force_push', before: sha, after: base });
        pull.headSha = world.commit({ a: 'mona is administrator' }, [base]);
        pull.commits = [pull.headSha];
        world.addActivity(pull, { before: base });
        return `pushed commit ${sha}, which a force push replaced`;
      },
    ],
    [
      'who pushed something that was dropped',
      ({ world }, pull) => {
        const start = pull.headSha;
        const sha = world.pushTo(pull, { a: '2' }, forged);
        pull.headSha = world.commit({ a: '3' }, [start]);
        pull.commits = [start, pull.headSha];
        world.addActivity(pull, { type: 'force_push', before: sha });
        return `pushed commit ${sha}, which a force push replaced`;
      },
    ],
    [
      'who pushed it first, though its author pushed it again',
      ({ world }, pull) => {
        const sha = world.pushTo(pull, { a: 'mona is administrator' }, forged);
        const aside = world.commit({ a: '3' });
        world.addActivity(pull, { type: 'force_push', before: sha, after: aside });
        world.addActivity(pull, { type: 'force_push', before: aside, after: sha });
        return `pushed commit ${sha}`;
      },
    ],
    [
      'who pushed it before the branch was deleted and restored',
      ({ world }, pull) => {
        const sha = world.pushTo(pull, { a: 'mona is administrator' }, forged);
        world.deleteBranch(pull);
        world.addActivity(pull, { type: 'branch_creation', before: '0'.repeat(40) });
        return `pushed commit ${sha}`;
      },
    ],
    [
      'who is the author of a commit that another pushed',
      ({ world }, pull) => `is the author of commit ${world.pushTo(pull, { b: '2' }, { author: mona })}`,
    ],
    [
      'who is its committer',
      ({ world }, pull) => `is the committer of commit ${world.pushTo(pull, { b: '2' }, { committer: mona })}`,
    ],
  ])('%s', async (_what, push) => {
    const github = await startGitHub();
    const pull = github.world.openPull({ a: '1' });
    const deed = push(github, pull);
    planned(github, pull);
    github.world.addReview(pull);
    expect(await whyNotApproved(github, pull)).toBe(`mona approved it, but ${deed}`);
  });

  it('who made the branch that another opened it from', async () => {
    const github = await startGitHub();
    const pull = github.world.openPull({ a: 'mona is administrator' }, {}, forged);
    planned(github, pull);
    github.world.addReview(pull);
    expect(await whyNotApproved(github, pull)).toBe(`mona approved it, but pushed commit ${pull.headSha}`);
  });

  it('who has another name by now', async () => {
    const github = await startGitHub();
    const { world } = github;
    const before: Account = { login: 'mona-before', type: 'User', id: 7 };
    const pull = world.openPull({ a: '1' }, {}, { pusher: before, author: octocat });
    planned(github, pull);
    world.roles.set('mona', { name: 'write', permission: 'write', id: 7 });
    world.addReview(pull, { author: { ...mona, id: 7 } });
    expect(await whyNotApproved(github, pull)).toBe(`mona approved it, but pushed commit ${pull.headSha}`);
  });
});

describe('no approval counts where one person could be behind it all', () => {
  it.each<[string, (github: GitHubStandIn) => Pull, (pull: Pull, world: World) => string]>([
    [
      'with no push that made the last commit',
      ({ world }) => {
        const pull = world.openPull({ a: '1' });
        pull.headSha = world.commit({ a: '2' }, [pull.headSha]);
        pull.commits.push(pull.headSha);
        return pull;
      },
      ({ headSha }) => `GitHub does not show who pushed commit ${headSha}`,
    ],
    [
      'with none that made what the last push began from',
      ({ world }) => {
        const pull = world.openPull({ a: '1' });
        world.activities.pop();
        world.pushTo(pull, { a: '2' });
        return pull;
      },
      ({ commits }) => `GitHub does not show who pushed commit ${commits[0]}`,
    ],
    [
      'with the push of another branch or repository only',
      ({ world }) => {
        const pull = world.openPull({ a: '1' });
        world.activities.pop();
        world.addActivity(pull, { branch: 'other' });
        world.addActivity(pull, { repository: 'mona/access' });
        return pull;
      },
      ({ headSha }) => `GitHub does not show who pushed commit ${headSha}`,
    ],
    [
      'with a thousand pushes since',
      ({ world }) => {
        const pull = world.openPull({ a: '1' });
        for (let count = 0; count < 1000; count += 1) world.addActivity(pull, { after: String(count) });
        return pull;
      },
      ({ headSha }) => `GitHub does not show who pushed commit ${headSha}`,
    ],
    [
      'with no push that made what a force push replaced',
      ({ world }) => {
        const pull = world.openPull({ a: '1' });
        world.pushTo(pull, { a: '2' });
        world.activities.pop();
        rebase(world, pull);
        return pull;
      },
      (_pull, world) => `GitHub does not show who pushed commit ${world.activities.at(-1)?.before}`,
    ],
    [
      'rebased after the push of an app',
      ({ world }) => {
        const pull = world.openPull({ a: '1' });
        world.pushTo(pull, { a: '2' }, { pusher: actionsBot, author: octocat });
        rebase(world, pull);
        return pull;
      },
      (_pull, world) =>
        `github-actions[bot] pushed commit ${world.activities.at(-1)?.before}, which a force push replaced, and GitHub does not say for whom`,
    ],
    [
      'pushed by an app, as any workflow can',
      ({ world }) => world.openPull({ a: '1' }, {}, { pusher: actionsBot, author: octocat }),
      ({ headSha }) => `github-actions[bot] pushed commit ${headSha}, and GitHub does not say for whom`,
    ],
    [
      'pushed by GitHub itself',
      ({ world }) => world.openPull({ a: '1' }, {}, { pusher: webFlow, author: octocat }),
      ({ headSha }) => `web-flow pushed commit ${headSha}, and GitHub does not say for whom`,
    ],
    [
      'pushed by an account that is gone',
      ({ world }) => world.openPull({ a: '1' }, {}, { pusher: null, author: octocat }),
      ({ headSha }) => `an account that is gone pushed commit ${headSha}, and GitHub does not say for whom`,
    ],
    [
      'pushed by ghost, for an account that is gone',
      ({ world }) => world.openPull({ a: '1' }, {}, { pusher: ghost, author: octocat }),
      ({ headSha }) => `an account that is gone pushed commit ${headSha}, and GitHub does not say for whom`,
    ],
    ...[ghost, { ...ghost, login: 'renamed' }, { ...ghost, id: 7 }].map(
      (author): [string, (github: GitHubStandIn) => Pull, () => string] => [
        `opened by ${author.login} (${author.id}), for an account that is gone`,
        ({ world }) => world.openPull({ a: '1' }, { author }, { pusher: octocat }),
        () => 'an account that is gone opened the pull request, and GitHub does not say for whom',
      ],
    ),
    [
      'pushed by GitHub itself, by its id',
      ({ world }) =>
        world.openPull({ a: '1' }, {}, { pusher: { login: 'flow', type: 'User', id: 19_864_447 }, author: octocat }),
      ({ headSha }) => `flow pushed commit ${headSha}, and GitHub does not say for whom`,
    ],
    [
      'opened by an app',
      ({ world }) => world.openPull({ a: '1' }, { author: actionsBot }, { pusher: octocat }),
      () => 'github-actions[bot] opened the pull request, and GitHub does not say for whom',
    ],
    [
      'from a fork that is gone',
      ({ world }) => world.openPull({ a: '1' }, { headRepository: null }),
      ({ headSha }) => `GitHub does not show who pushed commit ${headSha}`,
    ],
    [
      'of more commits than GitHub lists',
      ({ world }) => {
        const pull = world.openPull({ a: '1' });
        for (let count = 0; count < 250; count += 1) world.pushTo(pull, { a: String(count) });
        return pull;
      },
      () => 'the pull request has 250 commits or more, and GitHub lists no more than that',
    ],
    [
      'whose last commit GitHub does not list',
      ({ world }) => {
        const pull = world.openPull({ a: '1' });
        world.pushTo(pull, { a: '2' });
        pull.commits.pop();
        return pull;
      },
      ({ headSha }) => `GitHub does not list ${headSha} among the pull request's commits`,
    ],
  ])('%s', async (_what, open, message) => {
    const github = await startGitHub();
    const pull = open(github);
    const why = message(pull, github.world);
    planned(github, pull);
    github.world.addReview(pull);
    expect(await whyNotApproved(github, pull)).toBe(`mona approved it, but ${why}`);
  });
});

describe('the approval of a second person counts', () => {
  /** Plans, approves and merges; what is found, or why nothing is. */
  const findApproved = async (github: GitHubStandIn, pull: Pull): Promise<Record<'artifact' | 'reason', unknown>> => {
    planned(github, pull);
    const { artifact, reason } = (await find(github, approveAndMerge(github, pull))).outputs;
    return { artifact, reason };
  };

  it.each<[string, (github: GitHubStandIn) => Pull]>([
    ['of what was committed in the browser', ({ world }) => world.openPull({ a: '1' }, {}, { committer: webFlow })],
    [
      'of commits with an e-mail address of no account',
      ({ world }) => world.openPull({ a: '1' }, {}, { author: null, committer: null }),
    ],
    [
      'whose suggestion its author committed in the browser',
      ({ world }) => {
        const pull = world.openPull({ a: '1' });
        const message = 'Update a\n\nCo-authored-by: mona <mona@users.noreply.github.com>';
        world.pushTo(pull, { a: '2' }, { committer: webFlow, message });
        return pull;
      },
    ],
    ['of a pull request from a fork', ({ world }) => world.openPull({ a: '1' }, { headRepository: 'octocat/access' })],
    [
      'of what its author rebased',
      ({ world }) => {
        const pull = world.openPull({ a: '1' });
        world.pushTo(pull, { a: '2' });
        rebase(world, pull);
        return pull;
      },
    ],
    [
      'who pushed to the branch what the default branch has by now',
      ({ world }) => {
        const base = world.branches.get('main') ?? '';
        const pull = world.openPull({ a: '1' });
        world.activities.pop();
        const start = '1'.repeat(40);
        world.addActivity(pull, { type: 'branch_creation', before: '0'.repeat(40), after: start, actor: mona });
        world.addActivity(pull, { before: start, after: base, actor: mona });
        world.addActivity(pull, { before: base });
        return pull;
      },
    ],
    [
      'who made the branch, which had nothing of its own yet',
      ({ world }) => {
        const pull = world.openPull({ a: '1' });
        world.activities.pop();
        const base = world.branches.get('main') ?? '';
        world.addActivity(pull, { type: 'branch_creation', before: '0'.repeat(40), after: base, actor: mona });
        world.addActivity(pull, { before: base });
        return pull;
      },
    ],
    [
      'on a branch with hundreds of pushes since',
      ({ world }) => {
        const pull = world.openPull({ a: '1' });
        for (let count = 0; count < 250; count += 1) world.addActivity(pull, { after: String(count) });
        return pull;
      },
    ],
  ])('%s', async (_what, open) => {
    const github = await startGitHub();
    const pull = open(github);
    expect(await findApproved(github, pull)).toEqual({ artifact: nameOf(pull), reason: '' });
  });

  it.each(['kept', 'empty', 'unknown'] as const)(
    'after the branch is deleted, its activity by name being %s',
    async (activity) => {
      const github = await startGitHub();
      const { world } = github;
      world.activityOfDeleted = activity;
      const pull = world.openPull({ a: '1' });
      planned(github, pull);
      const sha = approveAndMerge(github, pull);
      world.deleteBranch(pull);
      for (let count = 0; count < 150; count += 1) world.push('main', { b: String(count) });
      const { outputs, err } = await find(github, sha);
      expect(outputs['artifact'], err).toBe(nameOf(pull));
    },
  );

  it.each([
    ['admin', 'admin'],
    ['maintain', 'write'],
    ['a role of the organization that can write', 'write'],
  ] as const)('with the role %s', async (name, permission) => {
    const github = await startGitHub();
    github.world.roles.set('mona', { name, permission });
    const pull = github.world.openPull({ a: '1' });
    expect(await findApproved(github, pull)).toEqual({ artifact: nameOf(pull), reason: '' });
  });

  it.each([
    ['triage', 'read'],
    ['read', 'read'],
    ['write-nothing', 'read'],
    ['none', 'none'],
  ] as const)('but not with the role %s', async (name, permission) => {
    const github = await startGitHub();
    github.world.roles.set('mona', { name, permission });
    const pull = github.world.openPull({ a: '1' });
    planned(github, pull);
    github.world.addReview(pull);
    expect(await whyNotApproved(github, pull)).toBe(
      `mona approved it, but can't write to the repository (role: ${name})`,
    );
  });

  it.each<[string, (github: GitHubStandIn) => void]>([
    [
      'another account has their name by now',
      ({ world }) => {
        world.roles.set('mona', { name: 'admin', permission: 'admin', id: 7 });
      },
    ],
    [
      'GitHub no longer knows their name',
      (github) => {
        github.fail({ route: 'GET /repos/{owner}/{repo}/collaborators/{username}/permission', status: 404 });
      },
    ],
  ])('but not where %s', async (_what, change) => {
    const github = await startGitHub();
    const pull = github.world.openPull({ a: '1' });
    planned(github, pull);
    github.world.addReview(pull);
    change(github);
    expect(await whyNotApproved(github, pull)).toBe("mona approved it, but can't write to the repository (role: none)");
  });

  it('beside those that do not count', async () => {
    const github = await startGitHub();
    const { world } = github;
    world.roles.set('hubot', { name: 'write', permission: 'write' });
    const pull = world.openPull({ a: '1' });
    world.pushTo(pull, { b: '2' }, { pusher: mona });
    planned(github, pull);
    world.addReview(pull);
    world.addReview(pull, { author: { login: 'stranger', type: 'User' } });
    world.addReview(pull, { author: { login: 'hubot', type: 'User' } });
    const { outputs, err } = await find(github, world.merge(pull));
    expect(outputs['artifact'], err).toBe(nameOf(pull));
  });
});

it('the reason speaks of the newest plans, and counts the others', async () => {
  const github = await startGitHub();
  const pull = github.world.openPull({ a: '1' });
  for (let count = 0; count < 5; count += 1) planned(github, pull, {}, { expired: true });
  const { outputs, err } = await find(github, approveAndMerge(github, pull));
  expect(outputs['reason']).toMatch(
    /^(The plan of pull request #1 in artifact \d+ has expired\. ){3}And 2 older plans /,
  );
  expect(err.match(/has expired/g)).toHaveLength(5);
});

it.each([
  ['actions', { contents: 'read', 'pull-requests': 'read' }],
  ['contents', { actions: 'read', 'pull-requests': 'read' }],
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

describe('the pull requests that hear of the result', () => {
  const merged = (github: GitHubStandIn, file: string, isPlanned = true): { pull: Pull; sha: string } => {
    const pull = github.world.openPull({ [file]: 'new' });
    if (isPlanned) planned(github, pull);
    return { pull, sha: approveAndMerge(github, pull) };
  };
  const tip = ({ world }: GitHubStandIn): string => world.branches.get('main') ?? '';

  it('are all that were planned and merged since a commit, that of this commit first', async () => {
    const github = await startGitHub();
    merged(github, 'before');
    const since = tip(github);
    const [one, , three] = [merged(github, 'a'), merged(github, 'unplanned', false), merged(github, 'b')];
    github.world.openPull({ open: 'new' });
    const closed = github.world.openPull({ closed: 'new' }, { closed: true });
    planned(github, closed);
    const { code, err, outputs } = await find(github, three.sha, '--since', since);
    expect(code, err).toBe(0);
    expect(outputs['pull-requests']).toBe(`${three.pull.number},${one.pull.number}`);
    expect(outputs['pull-request']).toBe(String(three.pull.number));
  });

  it('are told for a direct push behind them too', async () => {
    const github = await startGitHub();
    const since = tip(github);
    const { pull } = merged(github, 'a');
    const { outputs } = await find(github, github.world.push('main', { b: 'new' }), '--since', since);
    expect(outputs).toMatchObject({ 'pull-request': '', 'pull-requests': String(pull.number) });
  });

  it.each([
    ['nothing is known of before', ''],
    ['the branch was just made', '0'.repeat(40)],
    ['the commit is gone', 'f'.repeat(40)],
  ])('are that of the commit alone, where %s', async (_what, since) => {
    const github = await startGitHub();
    merged(github, 'a');
    const { pull, sha } = merged(github, 'b');
    const { code, err, outputs } = await find(github, sha, '--since', since);
    expect(code, err).toBe(0);
    expect(outputs['pull-requests']).toBe(String(pull.number));
  });

  it('are found behind more commits than GitHub lists at once', async () => {
    const github = await startGitHub();
    const since = tip(github);
    const { pull } = merged(github, 'a');
    for (let index = 0; index < 120; index += 1) github.world.push('main', { b: String(index) });
    const { outputs } = await find(github, tip(github), '--since', since);
    expect(outputs['pull-requests']).toBe(String(pull.number));
  });
});
