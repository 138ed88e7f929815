import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import type { Plan } from '../../src/core/plan.ts';
import { parsePlan } from '../../src/formats/plan.ts';
import { renderJson } from '../support/render-json.ts';
import { actionsBot, mona, octocat, type Pull } from '../support/github/index.ts';
import { plant } from '../support/organisation.ts';
import {
  applied,
  commentsOn,
  company,
  files,
  live,
  members,
  person,
  policy,
  withTaro,
} from '../support/workflow/company.ts';
import { createRepository, ran, type Repository } from '../support/workflow/repository.ts';
import { installProgram } from '../support/workflow/program.ts';
import type { Step } from '../support/workflow/runner.ts';
import { teamFiles } from '../support/team-files.ts';

// The workflows themselves, run as GitHub would run them: every command for real, against the emulator and a GitHub whose
// requests and answers are held against GitHub's own description of its API.

describe('a pull request', () => {
  it('gets its plan as one comment, which the next push updates; the merge applies exactly that', async () => {
    const repository = await applied(installProgram);
    const { world } = repository.github;
    const pull = world.openPull({
      'identity.yaml': files({ groups: { ops: { members: ['taro'] } } })['identity.yaml'],
    });
    const planned = await repository.plan(pull);
    expect(planned.jobs, planned.log).toMatchObject({ plan: { result: 'success' }, comment: { result: 'success' } });
    expect(commentsOn(repository, pull.number)).toEqual([
      expect.stringMatching(/^<!-- idc:plan -->\n## Plan: taro gains access; hanako loses the last access\n/),
    ]);
    expect(planned.summary).toContain('## Plan: taro gains access; hanako loses the last access');

    world.pushTo(pull, withTaro);
    const again = await repository.plan(pull);
    expect(again.jobs, again.log).toMatchObject({ plan: { result: 'success' }, comment: { result: 'success' } });
    const [comment = '', ...others] = commentsOn(repository, pull.number);
    expect(others).toEqual([]);
    expect(comment).toContain('### Steps: 1 to create (');
    // The lines of the file are links to what was planned: the test merge of the last commit.
    const line = `https://github.example/octo-org/access/blob/${world.testMerge(pull)}/identity.yaml#L`;
    expect(comment).toMatch(/\| \[`identity\.yaml:\d+`\]\(/);
    expect(comment).toContain(`](${line}`);
    expect(planned.summary).not.toContain('/blob/');

    world.addReview(pull);
    world.merge(pull, 'squash');
    const merged = await repository.apply();
    expect(merged.jobs, merged.log).toMatchObject({
      apply: { result: 'success' },
      announce: { result: 'skipped' },
      report: { result: 'success' },
    });
    expect(merged.environments).toEqual(['identity-center-plan', 'identity-center-apply']);
    // There is no reason to tell, and no empty one is told.
    expect(merged.summary).toMatch(/^<!-- idc:plan -->\n## Plan: taro gains access.*\n\nNo .*\n\n[^`]/);
    expect(members(repository)).toBe(2);
    expect(commentsOn(repository, pull.number)[1]).toMatch(
      /^<!-- idc:apply -->\n## Done: 1 created, 0 updated, 0 deleted/,
    );
    expect(readdirSync(repository.artifactFolder('idc-profiles') ?? '').sort()).toEqual([
      'hanako.config',
      'taro.config',
    ]);

    await plant(repository.emulator, { groups: { stray: {} } });
    const night = await repository.drift();
    expect(night.jobs, night.log).toMatchObject({ plan: { result: 'success' }, issue: { result: 'success' } });
    const [issue] = [...world.issues.values()].filter(({ isPull }) => !isPull);
    expect(issue).toMatchObject({ state: 'open', body: expect.stringContaining('- stray') as string });
  });

  it('of which the live state has moved since waits for an approval, and says what differs', async () => {
    const repository = await applied();
    repository.variables['IDC_HISTORY'] = 'true';
    const { world } = repository.github;
    const pull = world.openPull(withTaro);
    await repository.plan(pull);
    world.addReview(pull);
    await plant(repository.emulator, { groups: { stray: {} } });
    world.merge(pull);

    let waiting = '';
    const merged = await repository.apply({
      onEnvironment: async (environment) => {
        if (environment === 'identity-center-approve') waiting = commentsOn(repository, pull.number)[1] ?? '';
      },
    });
    expect(merged.environments).toEqual(['identity-center-plan', 'identity-center-approve']);
    expect(merged.jobs, merged.log).toMatchObject({ announce: { result: 'success' }, apply: { result: 'success' } });
    expect(waiting).toMatch(/^<!-- idc:apply -->\n## This is not the reviewed plan\n/);
    expect(waiting).toContain('### New since the review');
    expect(waiting).toContain('- stray');
    // The comment that said where to approve it becomes the result.
    expect(commentsOn(repository, pull.number)).toHaveLength(2);
    expect(commentsOn(repository, pull.number)[1]).toContain('## Done: 1 created, 0 updated, 1 deleted');
  });

  it('is not applied where the live state moves while it waits for the approval', async () => {
    const repository = await applied();
    const { world } = repository.github;
    const pull = world.openPull(withTaro);
    await repository.plan(pull);
    world.addReview(pull);
    world.merge(pull, 'rebase');
    const merged = await repository.apply({
      onEnvironment: async (environment) => {
        if (environment === 'identity-center-apply') await plant(repository.emulator, { groups: { stray: {} } });
      },
    });
    expect(merged.jobs).toMatchObject({ apply: { result: 'failure' }, report: { result: 'success' } });
    expect(members(repository)).toBe(1);
    const result = commentsOn(repository, pull.number)[1] ?? '';
    expect(result).toMatch(/^<!-- idc:apply -->\n## This is not the reviewed plan\n/);
    expect(result).toContain('Nothing was applied');
    expect(result).toContain('- stray');
  });

  it('that was merged before it was planned waits, with all of its plan; rejected, nothing is applied', async () => {
    const repository = await applied();
    const { world } = repository.github;
    const pull = world.openPull(withTaro);
    world.merge(pull);
    let waiting = '';
    const merged = await repository.apply({
      onEnvironment: async (environment) => {
        if (environment !== 'identity-center-approve') return true;
        waiting = commentsOn(repository, pull.number)[0] ?? '';
        return false;
      },
    });
    expect(merged.jobs, merged.log).toMatchObject({ announce: { result: 'success' }, apply: { result: 'failure' } });
    expect(waiting).toMatch(/^<!-- idc:apply -->\n## Plan: taro gains access\n/);
    expect(waiting).toContain('It waits for approval in the workflow run. The last commit of pull request `#1`');
    expect(waiting).toContain('was never planned.');
    expect(commentsOn(repository, pull.number)).toEqual([expect.stringContaining('## Not applied')]);
    expect(members(repository)).toBe(1);
  });

  it('whose plan another version of the tool made waits for an approval', async () => {
    const repository = await applied();
    const { world } = repository.github;
    const pull = world.openPull(withTaro);
    await repository.plan(pull);
    const file = path.join(repository.artifactFolder(`idc-plan-${pull.number}-${pull.headSha}`) ?? '', 'plan.json');
    writeFileSync(file, renderJson({ ...parsePlan(readFileSync(file, 'utf8')), toolVersion: '0.0.1' }));
    world.addReview(pull);
    world.merge(pull);
    let waiting = '';
    const merged = await repository.apply({
      onEnvironment: async (name) => {
        if (name !== 'identity-center-approve') return true;
        waiting = commentsOn(repository, pull.number)[1] ?? '';
        return false;
      },
    });
    expect(merged.environments).toEqual(['identity-center-plan', 'identity-center-approve']);
    const reason = 'the reviewed plan was made by idc 0.0.1, but this one by idc';
    for (const text of [merged.log, merged.summary, waiting]) expect(text.replaceAll('`', '')).toContain(reason);
  });

  it('that was merged without an approval waits for one after the merge', async () => {
    const repository = await applied();
    const { world } = repository.github;
    const pull = world.openPull(withTaro);
    await repository.plan(pull);
    world.merge(pull);
    const merged = await repository.apply({ onEnvironment: async (name) => name !== 'identity-center-approve' });
    expect(merged.environments).toEqual(['identity-center-plan', 'identity-center-approve']);
  });

  it('whose reviewed plan can not be read waits with all of its plan, and says what is wrong with that one', async () => {
    const repository = await applied();
    const { world } = repository.github;
    const pull = world.openPull(withTaro);
    await repository.plan(pull);
    const file = path.join(repository.artifactFolder(`idc-plan-${pull.number}-${pull.headSha}`) ?? '', 'plan.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('taro', 'rin'));
    world.addReview(pull);
    world.merge(pull);
    let waiting = '';
    const merged = await repository.apply({
      onEnvironment: async (name) => {
        if (name !== 'identity-center-approve') return true;
        waiting = commentsOn(repository, pull.number)[1] ?? '';
        return false;
      },
    });
    expect(merged.jobs, merged.log).toMatchObject({ announce: { result: 'success' } });
    expect(waiting).toMatch(/^<!-- idc:apply -->\n## Plan: taro gains access\n/);
    expect(waiting).toContain('There is no reviewed plan: This plan has been edited or damaged');
  });

  it('to which its approver pushed, in the name of its author, waits for an approval and says why', async () => {
    const repository = await applied();
    const { world } = repository.github;
    const pull = world.openPull({ 'README.md': 'harmless' });
    await repository.plan(pull);
    const sha = world.pushTo(pull, withTaro, { pusher: mona, author: octocat });
    await repository.plan(pull);
    world.addReview(pull, { author: mona });
    world.merge(pull, 'squash');
    world.deleteBranch(pull);
    let waiting = '';
    const merged = await repository.apply({
      onEnvironment: async (environment) => {
        if (environment !== 'identity-center-approve') return true;
        waiting = commentsOn(repository, pull.number)[1] ?? '';
        return false;
      },
    });
    expect(merged.environments).toEqual(['identity-center-plan', 'identity-center-approve']);
    expect(members(repository)).toBe(1);
    const reason = `is not approved: mona approved it, but pushed commit ${sha}.`;
    for (const text of [merged.log, merged.summary, waiting]) expect(text.replaceAll('`', '')).toContain(reason);
  });

  it('that was approved is let through once: run again, it waits, and an older one applies nothing', async () => {
    const repository = await applied();
    const { world } = repository.github;
    const pull = world.openPull(withTaro);
    await repository.plan(pull);
    world.addReview(pull);
    const sha = world.merge(pull);
    // As if it had been applied, and taken back in the console since.
    let waiting = '';
    const reject = async (name: string) => {
      waiting = commentsOn(repository, pull.number)[1] ?? '';
      return name !== 'identity-center-approve';
    };
    for (const how of [{ attempt: 2 }, { event: 'workflow_dispatch' as const }]) {
      const again = await repository.apply({ ...how, onEnvironment: reject });
      expect(again.environments).toEqual(['identity-center-plan', 'identity-center-approve']);
      expect(waiting).toContain('A reviewed plan is let through once, by the first run after the merge.');
    }
    world.push('main', { 'README.md': 'newer' });
    const old = await repository.apply({ sha });
    expect(old.jobs).toMatchObject({ plan: { result: 'failure' }, apply: { result: 'skipped' } });
    expect(old.log).toContain('is not the newest commit of main');
    expect(members(repository)).toBe(1);
  });

  it('whose apply stops before it can say anything has a comment that says so', async () => {
    const repository = await applied();
    const { world } = repository.github;
    const pull = world.openPull(withTaro);
    await repository.plan(pull);
    world.addReview(pull);
    world.merge(pull);
    const merged = await repository.apply({ isDenied: true });
    expect(merged.jobs).toMatchObject({ apply: { result: 'failure' }, report: { result: 'success' } });
    expect(commentsOn(repository, pull.number)[1]).toContain('## Not applied');
  });

  it('that breaks the file is red, has its mistakes marked on the lines, and no stale plan', async () => {
    const repository = await applied();
    const { world } = repository.github;
    const pull = world.openPull(withTaro);
    await repository.plan(pull);
    world.pushTo(pull, files({ groups: { ops: { members: ['tarro'] } } }));
    const planned = await repository.plan(pull);
    expect(planned.jobs).toMatchObject({ plan: { result: 'failure' }, comment: { result: 'success' } });
    expect(planned.log).toMatch(/^::error file=identity\.yaml,line=\d+,col=\d+,title=unknown-user::/m);
    expect(commentsOn(repository, pull.number)).toEqual([expect.stringContaining('## No plan')]);
  });

  it('that a guard refuses is red, and its comment says why; a merge of it applies nothing', async () => {
    const repository = await applied();
    const { world } = repository.github;
    const pull = world.openPull(
      files({
        users: { hanako: person('Hanako') },
        groups: {},
        permissionSets: {},
        assignments: [],
        safety: { maxRemovals: 0 },
      }),
    );
    const planned = await repository.plan(pull);
    expect(planned.jobs).toMatchObject({ plan: { result: 'failure' }, comment: { result: 'success' } });
    expect(commentsOn(repository, pull.number)).toEqual([
      expect.stringMatching(/^<!-- idc:plan -->\n## Refused: it removes too much, and 1 more reason\n/),
    ]);
    world.merge(pull);
    const merged = await repository.apply();
    expect(merged.jobs).toMatchObject({
      plan: { result: 'failure' },
      apply: { result: 'skipped' },
      report: { result: 'success' },
    });
    expect(commentsOn(repository, pull.number)[1]).toMatch(
      /^<!-- idc:apply -->\n## Refused: it removes too much, and 1 more reason\n/,
    );
    expect(repository.emulator.world.groups.size).toBe(1);
  });

  it('from a fork is checked, and not planned', async () => {
    const repository = await applied();
    const pull = repository.github.world.openPull(withTaro, { headRepository: 'somebody/access' });
    const planned = await repository.plan(pull);
    expect(planned.jobs, planned.log).toMatchObject({ plan: { result: 'success' }, comment: { result: 'success' } });
    expect(commentsOn(repository, pull.number)).toEqual([expect.stringContaining('## Not planned')]);
  });

  it('from a fork that is too costly to check is red, and its comment still says that a fork gets no plan', async () => {
    const repository = await applied();
    const names = Array.from({ length: 60 }, (_, index) => `teams/${index}.yaml`);
    const pull = repository.github.world.openPull(
      {
        ...files({ include: names }),
        ...Object.fromEntries(names.map((name) => [name, `groups: {} # ${name}\n`])),
      },
      { headRepository: 'somebody/access' },
    );
    const planned = await repository.plan(pull);
    expect(planned.jobs).toMatchObject({ plan: { result: 'failure' }, comment: { result: 'success' } });
    expect(planned.log).toContain('too-many-requests');
    expect(commentsOn(repository, pull.number)).toEqual([expect.stringContaining('## Not planned')]);
  });

  it('with other workflows and another tool in it changes nothing but the plan', async () => {
    const repository = await applied();
    const pull = repository.github.world.openPull({
      ...withTaro,
      '.github/workflows/plan.yml': 'on: pull_request_target\njobs: {}\n',
      'package.json': '{ "scripts": { "build": "exit 1" } }',
    });
    const planned = await repository.plan(pull);
    expect(planned.jobs, planned.log).toMatchObject({ plan: { result: 'success' } });
    // Nothing but the file itself: the policy is the same in the checkout.
    const asked = repository.github.requests.flatMap(({ path: one }) => /\/git\/(trees|blobs)\//.exec(one)?.[1] ?? []);
    expect(asked).toEqual(['trees', 'blobs', 'trees', 'trees']);
  });
});

describe('where nothing of the file changes', () => {
  const readme = { 'README.md': 'new' };
  it('a pull request is green at once, without a role and without a comment, so that `plan` can be required', async () => {
    const repository = await applied();
    const pull = repository.github.world.openPull(readme);
    const planned = await repository.plan(pull);
    expect(planned.jobs, planned.log).toMatchObject({ plan: { result: 'success' }, comment: { result: 'success' } });
    expect(commentsOn(repository, pull.number)).toEqual([]);
    expect(repository.artifactFolder(`idc-plan-${pull.number}-${pull.headSha}`)).toBeUndefined();
  });

  it('any more, the plan of an earlier push is taken back', async () => {
    const repository = await applied();
    const { world } = repository.github;
    const pull = world.openPull({ ...withTaro, ...readme });
    await repository.plan(pull);
    world.pushTo(pull, files());
    const planned = await repository.plan(pull);
    expect(planned.jobs, planned.log).toMatchObject({ plan: { result: 'success' }, comment: { result: 'success' } });
    expect(commentsOn(repository, pull.number)).toEqual([expect.stringContaining('## Nothing to plan')]);
  });

  it('a file anywhere that the identity file includes is planned', async () => {
    const { groups, ...others } = company;
    const repository = await createRepository({
      'identity.yaml': stringify({ ...others, include: ['data/access.yaml'] }),
      'policies/read.json': JSON.stringify(policy, null, 2),
      'data/access.yaml': stringify({ groups }),
    });
    const pull = repository.github.world.openPull({
      'data/access.yaml': stringify({ groups: { ...groups, auditors: {} } }),
    });
    const { log } = await repository.plan(pull);
    expect(commentsOn(repository, pull.number)[0], log).toContain('auditors');
  });

  it('a merge ends at once, and one that a person starts takes back what has drifted', async () => {
    const repository = await applied();
    const { world } = repository.github;
    world.merge(world.openPull(readme));
    await plant(repository.emulator, { groups: { stray: {} } });
    const merged = await repository.apply();
    expect(merged.jobs, merged.log).toMatchObject({
      plan: { result: 'success' },
      announce: { result: 'skipped' },
      apply: { result: 'skipped' },
      report: { result: 'skipped' },
      watch: { result: 'success' },
    });
    expect(merged.summary).toMatch(/^Nothing of the file has changed since [0-9a-f]{40}, which is applied\.\n$/);
    const dispatched = await repository.apply({ event: 'workflow_dispatch' });
    expect(dispatched.environments).toEqual(['identity-center-plan', 'identity-center-approve']);
    expect(dispatched.summary).toContain('- stray');
  });

  it('a merge makes up for one whose apply failed', async () => {
    const repository = await applied();
    const { world } = repository.github;
    world.push('main', withTaro);
    const failed = await repository.apply({ isDenied: true });
    expect(failed.jobs).toMatchObject({ apply: { result: 'failure' } });
    world.push('main', readme);
    const made = await repository.apply();
    expect(made.jobs, made.log).toMatchObject({ apply: { result: 'success' } });
    expect(members(repository)).toBe(2);
  });

  it('since an apply of any run, that one is the base', async () => {
    const repository = await live();
    await repository.apply();
    repository.github.world.push('main', readme);
    expect((await repository.apply()).jobs).toMatchObject({
      plan: { result: 'success' },
      apply: { result: 'skipped' },
    });
  });

  it('since the last apply, but one between failed: who knows how far it came, so the merge applies', async () => {
    const repository = await applied();
    const { world } = repository.github;
    world.push('main', withTaro);
    await repository.apply({ isDenied: true });
    world.push('main', files());
    const back = await repository.apply();
    expect(back.jobs, back.log).toMatchObject({ plan: { result: 'success' }, apply: { result: 'success' } });
  });
});

describe('an apply that fails half way, after it granted something that is ignored', () => {
  const ignoring = (assignments: object[]): Record<string, string> =>
    files({ ignore: { permissionSets: ['AWS*'] }, assignments: [...company.assignments, ...assignments] });
  const granted = { groups: ['ops'], permissionSets: ['AWSReadOnlyAccess'], accounts: ['production', 'management'] };
  const grants = ({ emulator: { world } }: Repository): number => world.assignments.size - 1;

  /** The file is applied, and the grant is merged, of which the second half can't be applied. */
  async function halfApplied(): Promise<{ repository: Repository; pull: Pull; sha: string }> {
    const repository = await applied(undefined, {});
    const { world } = repository.github;
    await plant(repository.emulator, { permissionSets: { AWSReadOnlyAccess: {} } });
    world.push('main', ignoring([]));
    expect((await repository.apply()).jobs).toMatchObject({ apply: { result: 'success' } });
    const pull = world.openPull(ignoring([granted]));
    await repository.plan(pull);
    world.addReview(pull);
    const sha = world.merge(pull);
    const failed = await repository.apply({
      onEnvironment: async (environment) => {
        if (environment !== 'identity-center-apply') return;
        const script = [
          { at: { operation: 'CreateAccountAssignment', nth: 2 }, fault: 'failed' as const, times: Infinity },
        ];
        repository.emulator.setFaults({ seed: 1, script });
      },
    });
    repository.emulator.setFaults(undefined);
    expect(failed.jobs, failed.log).toMatchObject({ apply: { result: 'failure' }, report: { result: 'success' } });
    expect(grants(repository)).toBe(1);
    return { repository, pull, sha };
  }

  it('a pull request that takes it back shows the removal and makes it, and both hear of it', async () => {
    const { repository, pull, sha } = await halfApplied();
    const { world } = repository.github;
    const back = world.openPull(ignoring([]));
    const planned = await repository.plan(back);
    const [comment = ''] = commentsOn(repository, back.number);
    expect(comment, planned.log).toContain('## Plan: hanako loses access');
    expect(comment.replaceAll('`', '')).toMatch(
      new RegExp(`Run \\d+ \\(${sha.slice(0, 7)}\\) began to apply later and did not finish\\.`),
    );
    expect(comment).toContain('(ignored by name; an apply that did not finish may have granted it)');
    world.addReview(back);
    world.merge(back);
    const merged = await repository.apply();
    expect(merged.environments, merged.log).toEqual(['identity-center-plan', 'identity-center-apply']);
    expect(merged.jobs, merged.log).toMatchObject({ apply: { result: 'success' }, report: { result: 'success' } });
    expect(grants(repository)).toBe(0);
    for (const { number } of [pull, back])
      expect(commentsOn(repository, number)[1]).toContain('## Done: 0 created, 0 updated, 1 deleted');
    // From now on it is another's business again.
    world.push('main', { 'README.md': 'new' });
    expect((await repository.apply()).jobs).toMatchObject({ apply: { result: 'skipped' } });
  });

  it('a push that takes it back removes it after an approval, and so does the next that changes nothing', async () => {
    const { repository } = await halfApplied();
    const { world } = repository.github;
    world.push('main', ignoring([]));
    const rejected = await repository.apply({ onEnvironment: async (name) => name !== 'identity-center-approve' });
    expect(rejected.summary, rejected.log).toContain('1 to delete');
    expect(grants(repository)).toBe(1);
    world.push('main', { 'README.md': 'new' });
    expect((await repository.apply()).jobs).toMatchObject({ apply: { result: 'success' } });
    expect(grants(repository)).toBe(0);
  });

  it('of a file that this version can not read any more, even an empty plan asks', async () => {
    const { repository, sha } = await halfApplied();
    const { world } = repository.github;
    const commit = world.commits.get(sha);
    if (commit) commit.tree = { ...commit.tree, 'identity.yaml': 'version: 7\n' };
    const back = world.openPull(ignoring([]));
    await repository.plan(back);
    expect(commentsOn(repository, back.number)[0]).toContain('an apply did not finish, and what it granted is unknown');
    world.addReview(back);
    world.merge(back);
    const merged = await repository.apply();
    expect(merged.environments).toEqual(['identity-center-plan', 'identity-center-approve']);
    expect(commentsOn(repository, back.number)[1]).toContain('## No changes. Identity Center matches the file\n');
  });
});

it('a pull request that is locked is planned and applied all the same, and the summary has what it can not be told', async () => {
  const repository = await applied();
  const pull = repository.github.world.openPull(withTaro, { locked: true });
  const planned = await repository.plan(pull);
  expect(planned.jobs, planned.log).toMatchObject({ plan: { result: 'success' }, comment: { result: 'success' } });
  expect(commentsOn(repository, pull.number)).toEqual([]);
  expect(planned.summary).toMatch(
    /\nPull request #1 is locked, so GitHub takes no comment on it\.\n\n<!-- idc:plan -->\n## Plan: taro gains access/,
  );
});

it('a pull request that a workflow opened is planned by its number, and has the result as a status', async () => {
  const repository = await applied();
  const { world } = repository.github;
  const pull = world.openPull(withTaro, { author: actionsBot });
  const planned = await repository.planByHand(pull);
  expect(planned.jobs, planned.log).toMatchObject({
    plan: { result: 'success' },
    comment: { result: 'success' },
    status: { result: 'success' },
  });
  expect(commentsOn(repository, pull.number)).toEqual([expect.stringContaining('## Plan: taro gains access')]);
  expect([...world.statuses]).toEqual([[`${pull.headSha} plan`, 'success']]);
  expect(repository.artifactFolder(`idc-plan-${pull.number}-${pull.headSha}`)).toBeDefined();
  for (const ref of ['other', 'refs/tags/main']) {
    const { jobs } = await repository.planByHand(pull, ref);
    expect(new Set(Object.values(jobs).map(({ result }) => result))).toEqual(new Set(['skipped']));
  }
});

it('a pull request that changes what the file allows shows it against what was applied last, and is asked for', async () => {
  const repository = await applied();
  const { world } = repository.github;
  const sha = world.branches.get('main') ?? '';
  // Not applied: the base is not the commit before.
  world.push('main', files({ safety: { maxRemovals: 20 } }));
  const pull = world.openPull(files({ safety: { maxRemovals: 60 } }));
  const planned = await repository.plan(pull);
  const [comment = ''] = commentsOn(repository, pull.number);
  expect(comment, planned.log).toContain(`### Limits of the file, against \`main at ${sha.slice(0, 7)}\``);
  expect(comment).toMatch(/`safety\.maxRemovals`.*`60`/);
  expect(comment).not.toContain('`20`');
  world.merge(pull);
  const merged = await repository.apply();
  expect(merged.environments).toEqual(['identity-center-plan', 'identity-center-approve']);
  expect(merged.jobs, merged.log).toMatchObject({ apply: { result: 'success' } });
});

it('a pull request before any apply says first that no base was found, and its merge waits', async () => {
  const repository = await live();
  const { world } = repository.github;
  const pull = world.openPull(withTaro);
  await repository.plan(pull);
  const reason = 'No run of apply.yml on main has applied the file yet.';
  const comment = commentsOn(repository, pull.number)[0]?.replaceAll('`', '');
  expect(comment).toContain(`${reason} The limits of the file were not compared with the file before.`);
  expect(comment).toContain('Merging applies exactly this');
  expect([comment?.split(reason).length, comment?.includes('none was given')]).toEqual([2, false]);
  world.addReview(pull);
  world.merge(pull);
  const merged = await repository.apply({ onEnvironment: async (name) => name !== 'identity-center-approve' });
  expect(merged.environments).toEqual(['identity-center-plan', 'identity-center-approve']);
  expect(merged.summary.replaceAll('`', '')).toContain(reason);
});

it('for the merge queue no job runs, so that the required check `plan` passes and nothing of the queue is run', async () => {
  const repository = await applied();
  const { jobs, log } = await repository.queue();
  expect(new Set(Object.values(jobs).map(({ result }) => result)), log).toEqual(new Set(['skipped']));
});

it('another version of the tool on the default branch looks for drift at once', async () => {
  const repository = await applied();
  await plant(repository.emulator, { groups: { stray: {} } });
  const { jobs, log } = await repository.drift('main', 'push');
  expect(jobs, log).toMatchObject({ plan: { result: 'success' }, issue: { result: 'success' } });
  expect([...repository.github.world.issues.values()].map(({ state }) => state)).toEqual(['open']);
});

it('a direct push waits for an approval', async () => {
  const repository = await applied();
  repository.github.world.push('main', withTaro);
  const pushed = await repository.apply();
  expect(pushed.environments).toEqual(['identity-center-plan', 'identity-center-approve']);
  expect(pushed.jobs, pushed.log).toMatchObject({ announce: { result: 'skipped' }, apply: { result: 'success' } });
});

it('two pull requests merged one after the other: the second waits, for its plan is another one, and both hear of the result', async () => {
  const repository = await applied();
  const { world } = repository.github;
  const one = world.openPull({ 'identity.yaml': withTaro['identity.yaml'] });
  const other = world.openPull({
    'policies/read.json': JSON.stringify(policy).replace('s3:GetObject', 's3:PutObject'),
  });
  await repository.plan(one);
  await repository.plan(other);
  world.addReview(one);
  world.addReview(other);
  world.merge(one);
  // Superseded while it waited for its turn: it never ran.
  world.merge(other);
  const merged = await repository.apply();
  expect(merged.environments).toEqual(['identity-center-plan', 'identity-center-approve']);
  const reviewed = JSON.parse(
    readFileSync(path.join(repository.artifactFolder('idc-merged-plan') ?? '', 'reviewed/plan.json'), 'utf8'),
  ) as Plan;
  expect(reviewed.steps.map(({ kind }) => kind)).toEqual(['permission-set']);
  expect(merged.jobs, merged.log).toMatchObject({ announce: { result: 'success' }, apply: { result: 'success' } });
  expect(members(repository)).toBe(2);
  for (const { number } of [one, other]) expect(commentsOn(repository, number)[1]).toContain('## Done: ');
});

it('where the environment can have no reviewers, a second person approves a merge by starting it with the digest', async () => {
  const repository = await applied();
  const { world } = repository.github;
  world.addEnvironment({ name: 'identity-center-approve' }).reviewers = [];
  const pull = world.openPull(withTaro);
  world.merge(pull);
  const merged = await repository.apply();
  expect(merged.jobs, merged.log).toMatchObject({
    plan: { result: 'success' },
    announce: { result: 'success' },
    apply: { result: 'skipped' },
    report: { result: 'skipped' },
  });
  const [waiting = ''] = commentsOn(repository, pull.number);
  expect(waiting).toContain('To approve exactly this, a person who made no part of it starts the workflow apply');
  const [digest = ''] = /sha256:[0-9a-f]{64}/.exec(waiting) ?? [];

  const own = await repository.apply({ digest, actor: octocat });
  expect(own.jobs, own.log).toMatchObject({ plan: { result: 'success' }, apply: { result: 'skipped' } });
  expect(commentsOn(repository, pull.number)[0]?.replaceAll('`', '')).toContain(
    'octocat opened the pull request (pull request #1), so another person has to approve this.',
  );
  expect(members(repository)).toBe(1);

  const second = await repository.apply({ digest, actor: mona });
  expect(second.jobs, second.log).toMatchObject({ apply: { result: 'success' }, report: { result: 'success' } });
  expect(second.environments).toEqual(['identity-center-plan', 'identity-center-apply']);
  expect(commentsOn(repository, pull.number)).toEqual([expect.stringContaining('## Done: 1 created')]);
});

it('where the environment has reviewers, no digest goes around them', async () => {
  const repository = await applied();
  const { world } = repository.github;
  world.merge(world.openPull(withTaro));
  const { digest = '' } =
    (await repository.apply({ onEnvironment: async (name) => name !== 'identity-center-approve' })).jobs['plan']
      ?.outputs ?? {};
  const dispatched = await repository.apply({
    digest,
    actor: mona,
    onEnvironment: async (name) => name !== 'identity-center-approve',
  });
  expect(dispatched.environments).toEqual(['identity-center-plan', 'identity-center-approve']);
  expect(members(repository)).toBe(1);
});

it('drift opens one issue, keeps it, and closes it', async () => {
  const repository = await applied();
  const open = (): string[] =>
    [...repository.github.world.issues.values()].filter(({ state }) => state === 'open').map(({ body }) => body ?? '');
  expect((await repository.drift()).jobs).toMatchObject({ issue: { result: 'success' } });
  expect(open()).toEqual([]);
  await plant(repository.emulator, { groups: { stray: {} } });
  await repository.drift();
  await repository.drift();
  expect(open()).toEqual([expect.stringContaining('- stray')]);
  await repository.apply({ event: 'workflow_dispatch' });
  const last = await repository.drift();
  expect(last.jobs, last.log).toMatchObject({ plan: { result: 'success' }, issue: { result: 'success' } });
  expect(open()).toEqual([]);
});

it('what expires between the review and the merge asks for no other approval', async () => {
  const repository = await applied();
  const { world } = repository.github;
  const { clock } = repository.emulator;
  const expires = new Date(clock.now().getTime() + 12_000).toISOString();
  const pull = world.openPull({
    'identity.yaml': files({ groups: { ops: { members: [{ user: 'hanako', expires }, 'taro'] } } })['identity.yaml'],
  });
  const planned = await repository.plan(pull);
  expect(planned.jobs, planned.log).toMatchObject({ plan: { result: 'success' } });
  world.addReview(pull);
  await clock.sleep(12_000);
  world.merge(pull);
  const merged = await repository.apply();
  expect(merged.environments).toEqual(['identity-center-plan', 'identity-center-apply']);
  expect(merged.jobs, merged.log).toMatchObject({ apply: { result: 'success' } });
  expect(members(repository)).toBe(1);
});

it('the history is red where the record of what was applied got lost, and says so; not where the apply was rejected', async () => {
  const repository = await applied();
  repository.variables['IDC_HISTORY'] = 'true';
  const { world } = repository.github;
  world.merge(world.openPull(withTaro));
  const rejected = await repository.apply({ onEnvironment: async (name) => name !== 'identity-center-approve' });
  expect(rejected.jobs, rejected.log).toMatchObject({ apply: { result: 'failure' }, history: { result: 'success' } });

  const pull = world.openPull(files({ groups: { ops: { members: ['hanako', 'taro'] }, dev: {} } }));
  world.merge(pull);
  const { addArtifact } = world;
  world.addArtifact = (artifact) => {
    if (artifact.name === 'idc-record') throw new Error('the artifact could not be uploaded');
    return addArtifact(artifact);
  };
  const ran = await repository.apply();
  expect(ran.jobs, ran.log).toMatchObject({
    apply: { result: 'success' },
    history: { result: 'failure' },
    report: { result: 'success' },
  });
  expect(ran.log).toContain('record-lost');
  expect(ran.summary).toContain('**Not in the history.**');
  expect(commentsOn(repository, pull.number).at(-1)).toContain('**Not in the history.**');
});

it('at night expired access is removed, without an approval and without any other change', async () => {
  const repository = await applied();
  repository.variables['IDC_HISTORY'] = 'true';
  const { world } = repository.github;
  const pull = world.openPull({
    'identity.yaml': files({ groups: { ops: { members: [{ user: 'hanako', expires: '2020-01-31' }, 'taro'] } } })[
      'identity.yaml'
    ],
  });
  world.merge(pull);
  const ended = await repository.expire();
  expect(ended.jobs, ended.log).toMatchObject({ expire: { result: 'success' } });
  expect(ended.summary).toContain('hanako in ops');
  expect(members(repository)).toBe(0);
});

describe('what runs at night', () => {
  const results = ({ jobs }: { jobs: Record<string, { result: string }> }): Record<string, string> =>
    Object.fromEntries(Object.entries(jobs).map(([job, { result }]) => [job, result]));

  it('needs nothing of the repository in its event, and runs from the default branch alone', async () => {
    const repository = await applied();
    expect(results(await repository.drift())).toEqual({
      plan: 'success',
      issue: 'success',
      settings: 'success',
      watch: 'success',
    });
    expect(results(await repository.expire())).toEqual({ expire: 'success', history: 'skipped', watch: 'success' });
    expect(results(await repository.drift('main'))).toMatchObject({ plan: 'success' });
    expect(results(await repository.drift('other'))).toMatchObject({ plan: 'skipped', issue: 'skipped' });
    expect(results(await repository.expire('other'))).toMatchObject({ expire: 'skipped' });
    // Anyone who can write can give a tag the name of the default branch.
    expect(results(await repository.drift('refs/tags/main'))).toMatchObject({ plan: 'skipped', issue: 'skipped' });
    expect(results(await repository.expire('refs/tags/main'))).toMatchObject({ expire: 'skipped' });
  });

  it('fails where the variable is gone that switches it on, and is silent where nothing is set up', async () => {
    const repository = await applied();
    const { world } = repository.github;
    delete repository.variables['IDC_REGION'];
    const nights = [() => repository.drift(), () => repository.expire(), () => repository.apply()];
    for (const night of nights) {
      const { jobs, log } = await night();
      const { watch, ...others } = results({ jobs });
      expect(watch).toBe('failure');
      expect(new Set(Object.values(others))).toEqual(new Set(['skipped']));
      expect(log).toContain('The environment identity-center-plan is there, but the variable');
    }
    world.environments.clear();
    for (const night of nights) expect(results(await night())).toMatchObject({ watch: 'success' });
    // A job that asks has not made it.
    expect([...world.environments.keys()]).toEqual([]);
  });

  it('fails where what protects the repository has been loosened', async () => {
    const repository = await applied();
    delete repository.github.world.environments.get('identity-center-apply')?.branches;
    const night = await repository.drift();
    expect(results(night)).toEqual({ plan: 'success', issue: 'success', settings: 'failure', watch: 'success' });
    expect(night.log).toContain('any branch and tag can use the environment, not only main');
  });

  it('says that the other has stopped, and a merge that either has, which it applies all the same', async () => {
    const repository = await applied();
    const { world } = repository.github;
    const expire = world.workflows.get('expire.yml');
    if (expire) expire.state = 'disabled_manually';
    const night = await repository.drift();
    expect(results(night)).toEqual({ plan: 'success', issue: 'success', settings: 'success', watch: 'failure' });
    expect(night.log).toContain('The workflow expire.yml is disabled');

    // As if a workflow of another branch had cancelled it, each night.
    for (const run of world.runs.values()) if (run.path.endsWith('/drift.yml')) run.conclusion = 'cancelled';
    const other = await repository.expire();
    expect(results(other)).toEqual({ expire: 'success', history: 'skipped', watch: 'failure' });
    expect(other.log).toContain('The workflow drift.yml has never run to its end by its schedule');

    world.push('main', withTaro);
    const merged = await repository.apply();
    expect(results(merged)).toMatchObject({ plan: 'success', apply: 'success', watch: 'failure' });
    expect(merged.log).toContain('The workflow drift.yml has never succeeded');
    expect(merged.log).toContain('The workflow expire.yml is disabled');
    expect(members(repository)).toBe(2);
  });
});

it('at night a user and an account that are gone keep no expired access, and the summary names their lines', async () => {
  const repository = await applied();
  const { world } = repository.github;
  const pull = world.openPull({
    'identity.yaml': files({
      users: undefined,
      accounts: { ...company.accounts, closed: '123456789012' },
      cli: { ...company.cli, accounts: { closed: { region: 'us-east-1' } } },
      groups: { ops: { members: [{ user: 'hanako', expires: '2020-01-31' }, 'leaver'] } },
    })['identity.yaml'],
  });
  world.merge(pull);
  const ended = await repository.expire();
  expect(ended.jobs, ended.log).toMatchObject({ expire: { result: 'success' } });
  expect(ended.summary).toContain('## Done: 0 created, 0 updated, 1 deleted');
  expect(ended.summary).toMatch(
    /### To do by hand\n\n- Account .* \(`unknown-account`, `identity\.yaml:\d+:\d+`\)\n- There is no user "leaver" .* \(`unknown-user`, `identity\.yaml:\d+:\d+`\)\n/,
  );
  expect(members(repository)).toBe(0);
});

describe("a team's own repository, as idc init writes it", () => {
  const lock = {
    lockfileVersion: 3,
    packages: { 'node_modules/identity-center-as-code': { version: '0.0.0', integrity: 'sha512-AAAA' } },
  };
  const ofTeam = (): Promise<Repository> =>
    applied(undefined, { ...teamFiles({ branch: 'main' }), 'package-lock.json': JSON.stringify(lock) });

  it('plans, applies and looks at night, with no variable set', async () => {
    const repository = await ofTeam();
    expect(repository.variables).toEqual({});
    const { world } = repository.github;
    const pull = world.openPull(withTaro);
    const planned = await repository.plan(pull);
    expect(planned.jobs, planned.log).toMatchObject({ plan: { result: 'success' }, comment: { result: 'success' } });
    expect(commentsOn(repository, pull.number)).toEqual([
      expect.stringMatching(/^<!-- idc:plan -->\n## Plan: taro gains access\n/),
    ]);
    world.addReview(pull);
    world.merge(pull);
    const merged = await repository.apply();
    expect(merged.jobs, merged.log).toMatchObject({ apply: { result: 'success' }, watch: { result: 'success' } });
    expect(merged.environments).toEqual(['identity-center-plan', 'identity-center-apply']);
    expect(members(repository)).toBe(2);
    for (const night of [await repository.drift(), await repository.expire()]) {
      expect(
        Object.values(night.jobs).map(({ result }) => result),
        night.log,
      ).not.toContain('failure');
      expect(
        Object.entries(night.jobs).flatMap(([job, { result }]) => (result === 'skipped' ? [job] : [])),
        night.log,
        // Off unless the team wants it.
      ).toEqual(night.jobs['history'] ? ['history'] : []);
    }
  });

  it('is not planned where the file refers to what npm obeys, and its comments are the ones that it ships', async () => {
    const repository = await ofTeam();
    const pull = repository.github.world.openPull({
      ...files({ permissionSets: { Read: { inlinePolicy: { file: '.npmrc' } } } }),
      '.npmrc': 'node-options=--import=data:text/javascript,process.exit(0)\n',
      '.github/workflows/plan.yml': 'name: other\n',
    });
    const { jobs, log } = await repository.plan(pull);
    expect(jobs).toMatchObject({ plan: { result: 'failure' }, comment: { result: 'success' } });
    expect(log).toContain('.npmrc has a name that another tool may obey');
    expect(commentsOn(repository, pull.number)).toEqual([expect.stringMatching(/^<!-- idc:plan -->\n## No plan\n/)]);
  });
});

it('every command of the workflows has been run by the stories above', () => {
  const commands = ['plan.yml', 'apply.yml', 'drift.yml', 'expire.yml'].flatMap((file) => {
    const { jobs } = parse(readFileSync(`.github/workflows/${file}`, 'utf8')) as {
      jobs: Record<string, { steps: Step[] }>;
    };
    return Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []));
  });
  expect([...ran].sort()).toEqual([...new Set(commands)].sort());
});

it('CI runs what sets the tool up', () => {
  const { runs } = parse(readFileSync('.github/actions/setup/action.yml', 'utf8')) as { runs: { steps: Step[] } };
  const lines = readFileSync('.ci/run', 'utf8').split('\n');
  const isRun = (command: string): boolean =>
    lines.some((line) => line === `run ${command}` || line.startsWith(`${command} || `));
  const commands = runs.steps.flatMap(({ run }) => run ?? []).filter((command) => !command.startsWith('rm '));
  expect(commands.filter((command) => !isRun(command))).toEqual([]);
});
