import { describe, expect, it } from 'vitest';
import { approvalRule, startGitHub, type GitHubStandIn, type World } from '../../../support/github/index.ts';
import { runIdc, type Ran } from '../../../support/run-idc.ts';
import { teamFiles } from '../../../support/team-files.ts';
import type { Io } from '../../../../src/cli/io.ts';

const files = { '.github/CODEOWNERS': '* @octo-org/security\n', 'identity.yaml': 'version: 1\n' };

const fresh = (): Promise<GitHubStandIn> => startGitHub({ files });

const setup = (github: GitHubStandIn, args: readonly string[] = ['--yes'], options: Partial<Io> = {}): Promise<Ran> =>
  runIdc(['github', 'setup', ...args], { env: github.env(), ...options });

const check = (github: GitHubStandIn, args: readonly string[] = [], token?: string): Promise<Ran> =>
  runIdc(['github', 'check', ...args], { env: github.env(token) });

const writes = (github: GitHubStandIn): string[] =>
  github.requests.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`);

/** A repository that `idc github setup` has set up, with a team that approves. */
async function settled(): Promise<GitHubStandIn> {
  const github = await fresh();
  const { code, err } = await setup(github, ['--yes', '--reviewer', 'octo-org/security']);
  expect(code, err).toBe(0);
  github.requests.length = 0;
  return github;
}

const environment = ({ environments }: World, name: string) => {
  const found = environments.get(`identity-center-${name}`);
  if (!found) throw new Error(`no ${name}`);
  return found;
};

const ruleset = ({ rulesets }: World) => {
  const [found] = rulesets.values();
  if (!found) throw new Error('no ruleset');
  return found;
};

const reviews = (world: World): Record<string, unknown> =>
  ruleset(world).rules.find(({ type }) => type === 'pull_request')?.parameters as Record<string, unknown>;

describe('a repository without settings', () => {
  it('is weaker, is set up, and then all is right; a second set-up writes nothing', async () => {
    const github = await fresh();
    const before = await check(github);
    expect(before.code).toBe(2);
    expect(before.out).toContain(
      '! the environment does not exist; a job that names it makes one that any branch can use',
    );
    const first = await setup(github, ['--yes', '--reviewer', 'octo-org/security', '--reviewer', 'mona']);
    expect(first.err).toContain('In a private repository, required reviewers need GitHub Enterprise.');
    expect(first.out).toBe(
      [
        '+ identity-center-approve: make the environment',
        '+ identity-center-approve: let only selected branches use it',
        '+ identity-center-approve: require the approval of security, mona',
        '+ identity-center-approve: prevent self-review',
        '+ identity-center-approve: let administrators not bypass it',
        '+ identity-center-approve: let main use it',
        '+ identity-center-plan: make the environment',
        '+ identity-center-plan: let only selected branches use it',
        '+ identity-center-plan: let main use it',
        '+ identity-center-apply: make the environment',
        '+ identity-center-apply: let only selected branches use it',
        '+ identity-center-apply: let main use it',
        '+ ruleset "idc: default branch": make it, for the default branch',
        '+ ruleset "idc: default branch": require a pull request with an approval',
        '+ ruleset "idc: default branch": dismiss approvals when something is pushed after them',
        '+ ruleset "idc: default branch": require the approval of the last push by another person',
        '+ ruleset "idc: default branch": require the approval of code owners',
        '+ ruleset "idc: default branch": require the status check plan',
        '+ ruleset "idc: default branch": forbid force pushes',
        '+ ruleset "idc: default branch": forbid its deletion',
        '+ workflow permissions: a job that names no permissions can only read',
        '+ actions: each has to be named by a commit, in every workflow of the repository',
        "octo-org/access: 20 settings are right, 0 weaker, and 0 can't be seen with this token.",
        '',
      ].join('\n'),
    );
    expect(first.code).toBe(0);
    expect((await check(github)).code).toBe(0);
    github.requests.length = 0;
    const second = await setup(github);
    expect([second.code, writes(github)]).toEqual([0, []]);
    expect(second.err).toContain('Nothing to change in octo-org/access.');
  });

  it('is set up without required reviewers, and says who approves then', async () => {
    const github = await fresh();
    github.world.plan = 'team';
    const { code, err } = await setup(github);
    expect(code, err).toBe(0);
    expect(err).toContain(
      'a merge that waits is applied by a second person, who starts the apply workflow with the digest',
    );
    const { out } = await check(github);
    expect(out).toContain('it has no required reviewers; a second person applies a merge that waits');
    expect((await check(github, ['--require-reviewers'])).out).toContain('! it has no required reviewers\n');
    github.world.visibility = 'internal';
    expect((await check(github)).code).toBe(2);
  });
});

describe('each setting that is loosened is found, and set-up mends that one alone', () => {
  const approve = 'PUT /repos/octo-org/access/environments/identity-center-approve';
  const policies = '/repos/octo-org/access/environments/identity-center-apply/deployment-branch-policies';
  const ofRuleset = /^PUT \/repos\/octo-org\/access\/rulesets\/\d+$/;

  it.each<[string, (world: World) => void, string, (string | RegExp)[]]>([
    [
      'an environment that any branch can use',
      (world) => void delete environment(world, 'apply').branches,
      'any branch and tag can use the environment, not only main',
      ['PUT /repos/octo-org/access/environments/identity-center-apply', `POST ${policies}`],
    ],
    [
      'an environment of all protected branches',
      (world) => void (environment(world, 'apply').branches = 'protected'),
      'any protected branch can use the environment, not only main',
      ['PUT /repos/octo-org/access/environments/identity-center-apply', `POST ${policies}`],
    ],
    [
      'another branch',
      (world) => void (environment(world, 'apply').branches as object[]).push({ id: 7, name: 'x/*', type: 'branch' }),
      'x/* can use the environment, not only main',
      [`DELETE ${policies}/7`],
    ],
    [
      'a tag of the same name',
      (world) => void (environment(world, 'apply').branches as object[]).push({ id: 7, name: 'main', type: 'tag' }),
      'tag main can use the environment, not only main',
      [`DELETE ${policies}/7`],
    ],
    [
      'no branch at all',
      (world) => void (environment(world, 'apply').branches = []),
      'no branch can use the environment',
      [`POST ${policies}`],
    ],
    [
      'self-review',
      (world) => void (environment(world, 'approve').preventSelfReview = false),
      'the person who started a run can approve it',
      [approve],
    ],
    [
      'administrators',
      (world) => void (environment(world, 'approve').adminsBypass = true),
      'administrators can bypass it',
      [approve],
    ],
    [
      'an environment that is gone',
      (world) => void world.environments.delete('identity-center-apply'),
      'the environment does not exist',
      ['PUT /repos/octo-org/access/environments/identity-center-apply', `POST ${policies}`],
    ],
    [
      'the last push',
      (world) => void (reviews(world)['require_last_push_approval'] = false),
      'the person who pushed last can approve',
      [ofRuleset],
    ],
    [
      'stale approvals',
      (world) => void (reviews(world)['dismiss_stale_reviews_on_push'] = false),
      'a push keeps the approvals before it',
      [ofRuleset],
    ],
    [
      'no approval',
      (world) => void (reviews(world)['required_approving_review_count'] = 0),
      'a change needs no pull request with an approval',
      [ofRuleset],
    ],
    [
      'code owners',
      (world) => void (reviews(world)['require_code_owner_review'] = false),
      'files with owners need no approval of an owner',
      [ofRuleset],
    ],
    [
      'the required check',
      (world) => {
        const own = ruleset(world);
        own.rules = own.rules.filter(({ type }) => type !== 'required_status_checks');
      },
      'the status check plan is not required',
      [ofRuleset],
    ],
    [
      'force pushes',
      (world) => {
        const own = ruleset(world);
        own.rules = own.rules.filter(({ type }) => type !== 'non_fast_forward');
      },
      'it can be force-pushed',
      [ofRuleset],
    ],
    [
      'someone who bypasses',
      (world) => void (ruleset(world).bypass = [{ actor_id: 5, actor_type: 'RepositoryRole', bypass_mode: 'always' }]),
      'some can bypass the pull request',
      [ofRuleset],
    ],
    [
      'a ruleset that is off',
      (world) => void (ruleset(world).enforcement = 'disabled'),
      'a change needs no pull request with an approval',
      [ofRuleset],
    ],
    [
      'a ruleset that leaves the branch out',
      (world) => void ruleset(world).exclude.push('refs/heads/main'),
      'it can be deleted',
      [ofRuleset],
    ],
    [
      'a token that writes',
      (world) => void (world.workflowPermissions.byDefault = 'write'),
      'a job that names no permissions can write',
      ['PUT /repos/octo-org/access/actions/permissions/workflow'],
    ],
    [
      'workflows that approve',
      (world) => void (world.workflowPermissions.approves = true),
      'workflows can open and approve pull requests',
      ['PUT /repos/octo-org/access/actions/permissions/workflow'],
    ],
    [
      'actions that a tag can name',
      (world) => void (world.pinsActions = false),
      'they can be named by a tag, which can be moved',
      ['PUT /repos/octo-org/access/actions/permissions'],
    ],
  ])('%s', async (_what, loosen, message, expected) => {
    const github = await settled();
    loosen(github.world);
    const found = await check(github);
    expect([found.code, found.out]).toEqual([2, expect.stringContaining(`! ${message}`)]);
    const { code, err } = await setup(github);
    expect(code, err).toBe(0);
    const written = writes(github);
    expect(written).toHaveLength(expected.length);
    for (const [index, one] of expected.entries()) expect(written[index]).toMatch(one);
    expect(environment(github.world, 'approve').reviewers).toEqual([{ type: 'Team', name: 'security' }]);
    github.requests.length = 0;
    expect((await setup(github)).code).toBe(0);
    expect(writes(github)).toEqual([]);
  });

  it('and keeps what is there besides', async () => {
    const github = await settled();
    const { world } = github;
    Object.assign(environment(world, 'approve'), { preventSelfReview: false, waitTimer: 30 });
    Object.assign(reviews(world), { required_approving_review_count: 2, require_last_push_approval: false });
    const own = ruleset(world);
    own.rules.push({ type: 'required_linear_history' });
    const checks = own.rules.find(({ type }) => type === 'required_status_checks')?.parameters ?? {};
    (checks['required_status_checks'] as object[]).push({ context: 'test' });
    own.include.push('refs/heads/release');
    expect((await setup(github)).code).toBe(0);
    expect(environment(world, 'approve')).toMatchObject({ waitTimer: 30, reviewers: [{ name: 'security' }] });
    expect(reviews(world)['required_approving_review_count']).toBe(2);
    expect(ruleset(world)).toMatchObject({ include: ['~DEFAULT_BRANCH', 'refs/heads/release'] });
    expect(ruleset(world).rules).toContainEqual({ type: 'required_linear_history' });
    expect(JSON.stringify(ruleset(world).rules)).toContain('[{"context":"plan"},{"context":"test"}]');
  });
});

it('a stricter ruleset that is there already is enough', async () => {
  const github = await settled();
  const [own] = github.world.rulesets.values();
  if (own) own.name = 'of the organization';
  expect((await setup(github)).code).toBe(0);
  expect(writes(github)).toEqual([]);
});

describe('asking', () => {
  it('asks, and changes nothing where the answer is not yes', async () => {
    const github = await fresh();
    let asked = '';
    const ask = (question: string): Promise<string> => {
      asked = question;
      return Promise.resolve('no');
    };
    const { code, err, out } = await setup(github, [], { canAsk: true, ask });
    expect([code, writes(github)]).toEqual([3, []]);
    expect(asked).toBe('\nMake these 20 changes to octo-org/access? Type "yes" to make them: ');
    expect(out).toContain('+ identity-center-plan: make the environment');
    expect(err).toContain('Nothing was changed, because the answer was not "yes".');
    expect((await setup(github, [], { canAsk: true, ask: () => Promise.resolve('yes') })).code).toBe(0);
  });

  it('shows the changes and refuses without a terminal; --dry-run only shows them', async () => {
    const github = await fresh();
    const { code, err, out } = await setup(github, []);
    expect([code, writes(github)]).toEqual([3, []]);
    expect(err).toContain('Add --yes to change the settings without a question.');
    expect(await setup(github, ['--dry-run'])).toMatchObject({ code: 0, out });
    expect(writes(github)).toEqual([]);
  });
});

describe('refuses, and changes nothing', () => {
  it.each<[string, (github: GitHubStandIn) => void, string[], string]>([
    ['a public repository', ({ world }) => void (world.visibility = 'public'), [], 'octo-org/access is public'],
    [
      'reviewers that the plan does not have',
      ({ world }) => void (world.plan = 'team'),
      ['--reviewer', 'mona'],
      'run it again without --reviewer: a second person then applies a merge that waits',
    ],
    [
      'a plan without rulesets',
      ({ world }) => void (world.plan = 'free'),
      [],
      'has no environments and rulesets for private repositories',
    ],
    [
      'a repository without a commit',
      ({ world }) => world.branches.clear(),
      [],
      'octo-org/access has no commit on its default branch main yet.',
    ],
    ['a reviewer that does not exist', () => {}, ['--reviewer', 'nemo'], 'nemo is not a user of GitHub'],
  ])('%s', async (_what, change, args, message) => {
    const github = await fresh();
    change(github);
    const { code, err } = await setup(github, ['--yes', ...args]);
    expect(code, err).toBe(3);
    expect(err).toContain(message);
    expect(err).toContain('Refused: ');
    expect(github.world.environments.size + github.world.rulesets.size).toBe(0);
  });

  it('a token that is not an administrator’s', async () => {
    const github = await fresh();
    const token = github.grant({ actions: 'read', contents: 'read' });
    const { code, err } = await setup(github, ['--yes'], { env: github.env(token) });
    expect([code, writes(github)]).toEqual([3, []]);
    expect(err).toContain('GITHUB_TOKEN=$(gh auth token) idc github setup');
  });

  it('a default branch that GitHub takes for a pattern', async () => {
    const github = await startGitHub({ files, defaultBranch: 'release[1]' });
    const { code, err } = await setup(github);
    expect([code, writes(github)]).toEqual([3, []]);
    expect(err).toContain('The default branch is release[1]');
  });

  it('a team that does not exist, and more reviewers than GitHub takes', async () => {
    const github = await fresh();
    expect((await setup(github, ['--yes', '--reviewer', 'octo-org/nobody'])).err).toContain('(github-not-found)');
    const many = Array.from({ length: 7 }, () => ['--reviewer', 'mona']).flat();
    expect((await setup(github, ['--yes', ...many])).err).toContain('GitHub takes 6 reviewers at most.');
    expect(writes(github)).toEqual([]);
  });
});

it('says how far it came where GitHub fails half-way, and continues there', async () => {
  const github = await fresh();
  github.fail({ route: 'POST /repos/{owner}/{repo}/rulesets', status: 422, message: 'Validation Failed' });
  const { code, err } = await setup(github);
  expect(code).toBe(1);
  expect(err).toContain('6 of 9 requests were carried out.');
  expect(err).toContain('Run `idc github setup` again: it continues with what is missing.');
  github.requests.length = 0;
  expect((await setup(github)).code).toBe(0);
  expect(writes(github)).toHaveLength(3);
});

it('makes one ruleset where GitHub’s answer is lost', async () => {
  const github = await fresh();
  github.fail({ route: 'POST /repos/{owner}/{repo}/rulesets', status: 502, carriedOut: true });
  expect((await setup(github)).code).toBe(0);
  expect(github.world.rulesets.size).toBe(1);
});

it('claims nothing that GitHub does not answer', async () => {
  const github = await settled();
  delete environment(github.world, 'approve').adminsBypass;
  const { code, out } = await setup(github);
  expect([code, writes(github)]).toEqual([0, []]);
  expect(out).toContain('? GitHub does not say whether administrators can bypass it');
  expect(out).toContain('"Allow administrators to bypass configured protection rules"');
});

it('lets workflows open pull requests where a team asks for it', async () => {
  const github = await fresh();
  expect((await setup(github, ['--yes', '--workflows-open-pull-requests', '--no-required-plan'])).code).toBe(0);
  expect(github.world.workflowPermissions).toEqual({ byDefault: 'read', approves: true });
  expect(JSON.stringify(ruleset(github.world).rules)).not.toContain('plan');
  expect((await check(github)).code).toBe(2);
  expect((await check(github, ['--workflows-open-pull-requests', '--no-required-plan'])).code).toBe(0);
});

describe('a repository with the workflow that opens pull requests for reviews', () => {
  const review = { '.github/workflows/review.yml': teamFiles()['.github/workflows/review.yml'] ?? '' };

  it('is told how to let it, and by default is not', async () => {
    const github = await startGitHub({ files: { ...files, ...review } });
    await setup(github);
    expect(github.world.workflowPermissions.approves).toBe(false);
    const { out } = await check(github);
    expect(out).toContain(
      'workflows cannot open or approve pull requests; review.yml needs that: `idc github setup --workflows-open-pull-requests`',
    );
  });

  it('keeps the setting once it is on, without a word of it', async () => {
    const github = await startGitHub({ files: { ...files, ...review } });
    await setup(github, ['--yes', '--workflows-open-pull-requests']);
    await setup(github);
    expect(github.world.workflowPermissions.approves).toBe(true);
    expect((await check(github)).out).toContain('workflows can open pull requests, as review.yml needs');
  });
});

describe('the branch with the history', () => {
  const branch = 'identity-center-history';
  const withHistory = { ...teamFiles({ history: 'true' }), 'package-lock.json': '{}' };

  it('is protected where the workflows keep a history, and left alone where they do not', async () => {
    const without = await startGitHub({ files: { ...withHistory, ...teamFiles() } });
    expect((await check(without)).out).not.toContain(branch);
    expect((await setup(without, ['--dry-run'])).out).not.toContain(branch);

    const github = await startGitHub({ files: withHistory });
    expect((await check(github)).out).toMatch(/! it can be force-pushed\s+run `idc github setup`/);
    const { out } = await setup(github);
    expect(out).toContain(`+ ruleset "idc: history": forbid force pushes of ${branch}`);
    expect(out).toContain(`+ ruleset "idc: history": forbid the deletion of ${branch}`);
    const made = [...github.world.rulesets.values()].find(({ name }) => name === 'idc: history');
    expect(made).toMatchObject({
      enforcement: 'active',
      include: [`refs/heads/${branch}`],
      bypass: [],
      rules: [{ type: 'deletion' }, { type: 'non_fast_forward' }],
    });
    expect((await setup(github, ['--dry-run'])).out).not.toContain('idc: history');
  });

  it('is protected where it is there, and a rule that keeps the job from adding to it is told', async () => {
    const github = await settled();
    const { world } = github;
    world.branches.set(branch, world.commit({}));
    world.rules.set(branch, [approvalRule({ lastPush: false })]);
    const { out } = await check(github);
    expect(out).toContain('the job `history` cannot add to it');
    expect(out).toContain('! it can be deleted');
  });
});
