import { describe, expect, it } from 'vitest';
import { approvalRule, startGitHub, type GitHubStandIn } from '../../../support/github/index.ts';
import { runStep } from '../../../support/github/run.ts';

const warning = 'Warning: a reviewer who starts a run can also approve it';

describe('an environment with required reviewers passes', () => {
  it.each([
    ['a person', ['User'], 'one reviewer'],
    ['a team', ['Team'], 'one reviewer'],
    ['both', ['User', 'Team'], 'one of 2 reviewers'],
  ] as const)('%s', async (_what, reviewers, message) => {
    const github = await startGitHub();
    github.world.addEnvironment({ name: 'approve', reviewers: [...reviewers] });
    github.world.rules.set('main', [approvalRule({ lastPush: true })]);
    const { code, err, out } = await runStep(github, ['check-approvers', 'approve']);
    expect({ code, err, out }).toEqual({ code: 0, err: `The environment approve waits for ${message}.\n`, out: '' });
  });

  it('with a warning where they may approve their own run', async () => {
    const github = await startGitHub();
    github.world.addEnvironment({ name: 'approve', preventSelfReview: false });
    const { code, err } = await runStep(github, ['check-approvers', 'approve']);
    expect(code).toBe(0);
    expect(err).toContain(warning);
    expect(err).toContain('"Prevent self-review"');
  });

  it('by its very name', async () => {
    const github = await startGitHub();
    github.world.addEnvironment({ name: 'prod/eu ü%2F?#', reviewers: ['User'] });
    github.world.addEnvironment({ name: 'prod', reviewers: [] });
    const { code, err } = await runStep(github, ['check-approvers', 'prod/eu ü%2F?#']);
    expect(code, err).toBe(0);
  });
});

describe('approval of the most recent push', () => {
  const setting = '"Require approval of the most recent reviewable push" in Settings > Rules > Rulesets';
  const check = async (change: (github: GitHubStandIn) => void): Promise<{ code: number; err: string }> => {
    const github = await startGitHub();
    github.world.addEnvironment({ name: 'approve' });
    change(github);
    const token = github.grant({ actions: 'read' });
    return runStep(github, ['check-approvers', 'approve'], { GITHUB_TOKEN: token });
  };

  it('is required where one of several rulesets does', async () => {
    const { code, err } = await check(({ world }) => {
      const rules = [approvalRule({ lastPush: false }), { type: 'deletion' }, approvalRule({ lastPush: true })];
      world.rules.set('main', rules);
    });
    expect({ code, err }).toEqual({ code: 0, err: 'The environment approve waits for one reviewer.\n' });
  });

  it('is warned of where a ruleset accepts a pull request without it', async () => {
    const { code, err } = await check(({ world }) => world.rules.set('main', [approvalRule({ lastPush: false })]));
    expect(code).toBe(0);
    expect(err).toContain('Warning: GitHub lets the person who pushed last approve a pull request into main.');
    expect(err).toContain(setting);
  });

  it.each<[string, (github: GitHubStandIn) => void]>([
    ['no ruleset asks for a pull request', ({ world }) => world.rules.set('main', [{ type: 'deletion' }])],
    ['only another branch has one', ({ world }) => world.rules.set('dev', [approvalRule({ lastPush: true })])],
    [
      "GitHub's plan has no rulesets",
      (github) =>
        github.fail({
          route: 'GET /repos/{owner}/{repo}/rules/branches/{branch}',
          status: 403,
          message: 'Upgrade to GitHub Pro or make this repository public to enable this feature.',
        }),
    ],
  ])('is warned of, as not known, where %s', async (_what, change) => {
    const { code, err } = await check(change);
    expect(code).toBe(0);
    expect(err).toContain('Warning: no ruleset of main requires a pull request, and classic branch protection');
    expect(err).toContain(setting);
    expect(err).toContain('The environment approve waits for one reviewer.');
  });
});

describe('an environment is refused', () => {
  it.each([
    ['that has other rules only', {}],
    ['whose rule names nobody', { reviewers: [] }],
  ])('%s', async (_what, rest) => {
    const github = await startGitHub();
    const environment = github.world.addEnvironment({ name: 'approve', ...rest });
    if (!('reviewers' in rest)) delete environment.reviewers;
    const { code, err } = await runStep(github, ['check-approvers', 'approve']);
    expect(code).toBe(3);
    expect(err).toContain('Refused: The environment approve has no required reviewers');
    expect(err).toContain('Settings > Environments > approve, turn on "Required reviewers"');
    expect(err).toContain("Depending on GitHub's plan, a private repository");
    expect(err).not.toContain(warning);
  });

  it('that is not there', async () => {
    const github = await startGitHub();
    const { code, err } = await runStep(github, ['check-approvers', 'approve']);
    expect(code).toBe(3);
    expect(err).toContain("Refused: The environment approve does not exist, or the token can't see it");
    expect(err).toContain('Settings > Environments > New environment');
  });
});

it('a token that may not ask is a failure that names the permission', async () => {
  const github = await startGitHub();
  github.world.addEnvironment({ name: 'approve' });
  const token = github.grant({ contents: 'read' });
  const { code, err } = await runStep(github, ['check-approvers', 'approve'], { GITHUB_TOKEN: token });
  expect(code).toBe(1);
  expect(err).toContain('the job needs `permissions: { actions: read }`');
});

describe('where a second person may start the workflow instead', () => {
  it.each<[string, (github: GitHubStandIn) => void, string]>([
    ['no environment', () => {}, 'dispatch'],
    [
      'an environment without a rule',
      ({ world }) => void delete world.addEnvironment({ name: 'approve' }).reviewers,
      'dispatch',
    ],
    [
      'a rule that names no one',
      ({ world }) => void world.addEnvironment({ name: 'approve', reviewers: [] }),
      'dispatch',
    ],
    ['required reviewers', ({ world }) => void world.addEnvironment({ name: 'approve' }), 'reviewers'],
  ])('%s', async (_what, make, waitsFor) => {
    const github = await startGitHub();
    make(github);
    const { code, err, outputs } = await runStep(github, ['check-approvers', 'approve', '--or-dispatch']);
    expect([code, outputs]).toEqual([0, { 'waits-for': waitsFor }]);
    expect(err.includes('a second person has to start the workflow with the digest of the plan')).toBe(
      waitsFor === 'dispatch',
    );
  });
});
