import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { renderJson } from '../../../support/render-json.ts';
import { buildPlan, buildStep } from '../../../render/plan-builder.ts';
import {
  actionsBot,
  ghost,
  mona,
  octocat,
  startGitHub,
  type Account,
  type GitHubStandIn,
  type Run,
} from '../../../support/github/index.ts';
import { createFolder, runStep } from '../../../support/github/run.ts';

const plan = buildPlan([buildStep('create', 'user/hanako')]);
const hubot: Account = { login: 'hubot', type: 'User' };

const tip = ({ world }: GitHubStandIn): string => world.branches.get('main') ?? '';

/** Whether a run that someone started approves the plan. */
async function check(
  github: GitHubStandIn,
  since: string,
  run: Partial<Run> = {},
  { digest = plan.digest, token = github.token } = {},
) {
  const file = path.join(createFolder(), 'plan.json');
  writeFileSync(file, renderJson(plan));
  const { id } = github.world.addRun({
    event: 'workflow_dispatch',
    path: '.github/workflows/apply.yml',
    actor: mona,
    ...run,
  });
  const flags = ['--plan', file, '--digest', digest, '--commit', tip(github), '--since', since];
  return runStep(github, ['check-dispatch', String(id), ...flags], { GITHUB_TOKEN: token });
}

describe('a person who starts the run', () => {
  it('approves what another person made, also where they merged it', async () => {
    const github = await startGitHub();
    const { world } = github;
    const since = tip(github);
    world.merge(world.openPull({ a: '1' }), 'squash');
    const token = github.grant({ actions: 'read', contents: 'read', 'pull-requests': 'read' });
    const { code, err, outputs } = await check(github, since, {}, { token });
    expect(code, err).toBe(0);
    expect(outputs).toEqual({ approved: 'true', reason: '' });
  });

  it('approves what has drifted, where nothing is new since the last apply', async () => {
    const github = await startGitHub();
    expect((await check(github, tip(github), { actor: octocat })).outputs['approved']).toBe('true');
  });

  it.each<[string, (github: GitHubStandIn) => void, string]>([
    [
      'they opened it',
      ({ world }) => world.merge(world.openPull({ a: '1' }, { author: mona })),
      'mona opened the pull request (pull request #1), so another person has to approve this.',
    ],
    [
      'they pushed to it, in the name of its author',
      ({ world }) => {
        const pull = world.openPull({ a: '1' });
        world.pushTo(pull, { b: '2' }, { pusher: mona, author: octocat });
        world.merge(pull, 'squash');
      },
      'mona pushed commit ',
    ],
    [
      'an earlier merge that was not applied is theirs',
      ({ world }) => {
        world.merge(world.openPull({ a: '1' }, { author: mona }));
        world.merge(world.openPull({ b: '2' }));
      },
      'mona opened the pull request (pull request #1)',
    ],
    [
      'they pushed to the default branch',
      ({ world }) => {
        world.push('main', { a: '1' });
        const pushed = world.activities.at(-1);
        if (pushed) pushed.actor = mona;
        world.merge(world.openPull({ b: '2' }));
      },
      'mona pushed commit ',
    ],
    [
      'an app opened it',
      ({ world }) => world.merge(world.openPull({ a: '1' }, { author: actionsBot }, { pusher: octocat })),
      'GitHub does not show who made the change: of pull request #1, github-actions[bot] opened the pull request',
    ],
    [
      'an account that is gone pushed to the default branch',
      ({ world }) => {
        world.push('main', { a: '1' });
        const pushed = world.activities.at(-1);
        if (pushed) pushed.actor = ghost;
      },
      'GitHub does not show who made the change: an account that is gone pushed commit ',
    ],
    [
      'a merge is of no pull request that is known',
      ({ world }) => {
        const pull = world.openPull({ a: '1' });
        world.merge(pull);
        world.pulls.delete(pull.number);
      },
      'GitHub does not show who made the change: no pull request is known that became commit ',
    ],
  ])('does not where %s', async (_what, change, reason) => {
    const github = await startGitHub();
    const since = tip(github);
    change(github);
    const { code, outputs } = await check(github, since);
    expect([code, outputs['approved']]).toEqual([0, 'false']);
    expect(outputs['reason']).toContain(reason);
  });

  it.each<[string, Partial<Run>, string]>([
    ['a push', { event: 'push' }, 'No person started this run by hand.'],
    ['a run that is run again', { attempt: 2 }, 'This run was run again, which another person can do'],
    ['a run that another person set off', { triggeringActor: octocat }, 'and GitHub does not say for whom.'],
    ['an app, for anyone who can start it', { actor: actionsBot }, 'github-actions[bot] started this run'],
    ['an account that is gone', { actor: ghost }, 'an account that is gone started this run'],
    ['a person who can only read', { actor: hubot }, "hubot can't write to the repository (role: read)."],
  ])('is not %s', async (_what, run, reason) => {
    const github = await startGitHub();
    const since = tip(github);
    github.world.merge(github.world.openPull({ a: '1' }));
    const { outputs } = await check(github, since, run);
    expect(outputs['approved']).toBe('false');
    expect(outputs['reason']).toContain(reason);
  });

  it('approves exactly the plan with the digest, and nothing is asked for another', async () => {
    const github = await startGitHub();
    const digest = `sha256:${'0'.repeat(64)}`;
    const { code, err, outputs } = await check(github, tip(github), {}, { digest });
    expect([code, outputs['approved']]).toEqual([0, 'false']);
    expect(err).toContain(`That approves nothing. The digest is not that of the plan, which is now ${plan.digest}.`);
    expect(github.requests).toEqual([]);
  });
});

describe('where nothing was applied before', () => {
  it('all that was ever pushed and merged counts, also what the branch began with', async () => {
    const github = await startGitHub();
    github.world.merge(github.world.openPull({ a: '1' }, { author: hubot }));
    github.world.roles.set('hubot', { name: 'write', permission: 'write' });
    expect((await check(github, '', { actor: mona })).outputs['approved']).toBe('true');
    expect((await check(github, '', { actor: hubot })).outputs['reason']).toContain('hubot opened the pull request');
    expect((await check(github, '', { actor: octocat })).outputs['reason']).toContain('octocat pushed commit');
  });

  it('no one can approve where GitHub does not show how the branch began', async () => {
    const github = await startGitHub();
    github.world.activities.length = 0;
    github.world.push('main', { a: '1' });
    const { outputs } = await check(github, '');
    expect(outputs['reason']).toContain('the activity of main does not show how it became');
  });
});
