import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { actionsBot, mona, octocat, type Account, type Pull } from '../support/github/index.ts';
import { plant } from '../support/organisation.ts';
import { installProgram } from '../support/workflow/program.ts';
import { createRepository, type Repository } from '../support/workflow/repository.ts';

// The workflow that asks each month whether access is still needed, run as GitHub would run it.

const hubot: Account = { login: 'hubot', type: 'User' };
const person = (name: string): object => ({ givenName: name, familyName: 'Test', email: `${name}@example.com` });
const planted = (name: string): object => ({
  Name: { GivenName: name, FamilyName: 'Test' },
  DisplayName: `${name} Test`,
  Emails: [{ Value: `${name}@example.com` }],
});
const rules = { maxReviewAge: [{ permissionSets: ['Read'], age: '180d' }] };
const company = {
  version: 1,
  identityCenter: { region: 'us-east-1', instanceArn: 'arn:aws:sso:::instance/ssoins-0123456789abcdef' },
  cli: { startUrl: 'https://company.awsapps.com/start' },
  accounts: { management: '999988887777', production: { id: '111122223333', owner: '@mona' } },
  users: { hanako: person('Hanako'), taro: person('Taro') },
  groups: { ops: { owner: '@octo-org/security', members: ['hanako'] } },
  permissionSets: { Read: { inlinePolicy: { file: 'policies/read.json' } } },
  assignments: [{ groups: ['ops'], permissionSets: ['Read'], accounts: ['production'] }],
  rules,
};
const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] };
const text = (change: object = {}): string => stringify({ ...company, ...change });

/** A repository whose file has been applied, and two of whose entries were never reviewed. */
async function start(install?: typeof installProgram): Promise<Repository> {
  const repository = await createRepository(
    { 'identity.yaml': text(), 'policies/read.json': JSON.stringify(policy, null, 2) },
    install,
  );
  await plant(repository.emulator, {
    users: { hanako: planted('Hanako'), taro: planted('Taro') },
    groups: { ops: { members: ['hanako'] } },
    permissionSets: { Read: { inlinePolicy: policy } },
    assignments: ['GROUP ops Read 111122223333'],
  });
  const { world } = repository.github;
  world.workflowPermissions.approves = true;
  world.roles.set(hubot.login, { name: 'write', permission: 'write' });
  const { id } = world.addRun({
    event: 'push',
    path: '.github/workflows/apply.yml',
    jobs: [{ name: 'apply', conclusion: 'success', attempt: 1 }],
  });
  world.addArtifact({ name: 'idc-merged-plan', runId: id });
  return repository;
}

const pullsOf = ({ github }: Repository): Pull[] => [...github.world.pulls.values()];
const onlyPull = (repository: Repository): Pull => {
  const [pull, ...others] = pullsOf(repository);
  if (!pull || others.length > 0) throw new Error(`there are ${others.length + (pull ? 1 : 0)} pull requests`);
  return pull;
};
/** Besides others, that people have opened. */
const onlyReview = (repository: Repository): Pull => {
  const [pull] = pullsOf(repository).filter(({ branch }) => branch.startsWith('idc/review/'));
  if (!pull) throw new Error('there is no pull request of the review');
  return pull;
};
const fileIn = ({ github }: Repository, sha: string, file = 'identity.yaml'): string => {
  const entry = github.world.commits.get(sha)?.tree[file];
  return typeof entry === 'string' ? entry : '';
};
const mainOf = ({ github }: Repository): string => github.world.branches.get('main') ?? '';
const results = ({ jobs }: { jobs: Record<string, { result: string }> }): string =>
  Object.values(jobs)
    .map(({ result }) => result)
    .join(' ');
const withTaro = (content: string): string =>
  content.replace('members:\n      - ', 'members:\n      - { user: taro, reviewed: 2026-06-15 }\n      - ');
const members = ({ emulator }: Repository): number => emulator.world.memberships.size;

/** Merges the pull request, and says in which environments apply.yml runs then. */
async function merge(
  repository: Repository,
  pull: Pull,
): Promise<{ environments: string[]; log: string; summary: string }> {
  repository.github.world.merge(pull, 'squash');
  return repository.apply({ onEnvironment: async (name) => name !== 'identity-center-approve' });
}

describe('the review of access', () => {
  it('says since when people have what they have, where the repository keeps a history', async () => {
    const repository = await start();
    repository.variables['IDC_HISTORY'] = 'true';
    const { world } = repository.github;
    const none = await repository.review();
    expect(none.summary).toContain("The history can't be fetched");
    const pull = world.openPull({ 'identity.yaml': withTaro(text()) });
    await repository.plan(pull);
    world.addReview(pull);
    world.merge(pull);
    const applied = await repository.apply();
    expect(applied.jobs, applied.log).toMatchObject({ history: { result: 'success' } });
    const reviewed = await repository.review();
    expect(results(reviewed), reviewed.log).toBe('success success success success');
    const body = world.issues.get(onlyReview(repository).number)?.body ?? '';
    expect(body).toMatch(/\| hanako and taro \| `\d{4}-\d\d-\d\d`: taro; not recorded: hanako \|/);
  });

  it('comes as one pull request with its plan; run again it is the same one, and its merge sets the dates', async () => {
    const repository = await start();
    const { world } = repository.github;
    const first = await repository.review();
    expect(results(first), first.log).toBe('success success success success');
    const pull = onlyPull(repository);
    expect(pull).toMatchObject({
      author: actionsBot,
      branch: expect.stringMatching(/^idc\/review\/\d{4}-\d{2}$/) as string,
      asked: ['mona'],
    });
    const body = world.issues.get(pull.number)?.body ?? '';
    expect(body).toMatch(/^<!-- idc:review -->\n\nA merge confirms that this access is still needed/);
    expect(body).toContain('## For `@mona`: 1 entry, 1 due');
    expect(body).toContain('## For `@octo-org/security`: 1 entry, 1 due');
    expect(body).toContain(
      '| **never reviewed** | Read in production to group ops: Read (read) in 1 account | hanako | | never | |',
    );
    expect(first.summary).toContain('## For `@mona`: 1 entry, 1 due');
    const dated = fileIn(repository, pull.headSha);
    const [day] = /\d{4}-\d{2}-\d{2}/.exec(dated) ?? [];
    expect(parse(dated)).toEqual({
      ...company,
      groups: { ops: { ...company.groups.ops, members: [{ user: 'hanako', reviewed: day }] } },
      assignments: [{ ...company.assignments[0], reviewed: day }],
    });

    const [planned] = await repository.dispatched();
    expect(planned?.jobs, planned?.log).toMatchObject({ plan: { result: 'success' }, status: { result: 'success' } });
    expect(world.statuses.get(`${pull.headSha} plan`)).toBe('success');
    expect(world.issues.get(pull.number)?.comments.map((one) => one.body)).toEqual([
      expect.stringContaining('## No changes') as string,
    ]);

    const head = pull.headSha;
    const again = await repository.review();
    expect(results(again), again.log).toBe('success success success success');
    expect(again.log).toContain('has these dates already');
    expect(onlyPull(repository).headSha).toBe(head);
    world.dispatches.length = 0;

    world.addReview(pull);
    const applied = await merge(repository, pull);
    // There is nothing to ask for, and no step to apply.
    expect(applied.environments, applied.log).toEqual(['identity-center-plan', 'identity-center-apply']);
    expect(applied.log).toContain('No changes. Identity Center matches the file.');
    expect(fileIn(repository, mainOf(repository))).toBe(dated);
    const next = await repository.review();
    expect(results(next), next.log).toBe('success skipped skipped skipped');
    expect(next.summary).toContain('There is no date to set.');
    expect(pullsOf(repository)).toHaveLength(1);
  });

  it('is made by the program as it is published', async () => {
    const repository = await start(installProgram);
    const ran = await repository.review();
    expect(results(ran), ran.log).toBe('success success success success');
    const [day] = new Date().toISOString().split('T');
    expect(fileIn(repository, onlyPull(repository).headSha)).toContain(`- { user: hanako, reviewed: ${day} }`);
  });

  it('is updated where the file has changed since, without replacing a commit', async () => {
    const repository = await start();
    const { world } = repository.github;
    await repository.review();
    const pull = onlyPull(repository);
    const [before] = pull.commits;
    world.push('main', { 'README.md': 'new' });
    await repository.review();
    // Nothing of the file has changed.
    expect(onlyPull(repository).commits).toEqual([before]);
    world.push('main', { 'identity.yaml': text({ users: { ...company.users, mio: person('Mio') } }) });
    const again = await repository.review();
    expect(results(again), again.log).toBe('success success success success');
    expect(onlyPull(repository).commits).toHaveLength(2);
    expect(pull.commits[0]).toBe(before);
    expect(fileIn(repository, pull.headSha)).toContain('mio');
    expect(fileIn(repository, pull.headSha, 'README.md')).toBe('new');
    expect(world.activities.map(({ type }) => type)).not.toContain('force_push');
    world.addReview(pull);
    expect((await merge(repository, pull)).environments).toContain('identity-center-plan');
  });

  it('stays in the pull request of an earlier month that is open still', async () => {
    const repository = await start();
    const { world } = repository.github;
    await repository.review();
    const pull = onlyPull(repository);
    const { branch, headSha } = pull;
    pull.branch = 'idc/review/2025-12';
    world.branches.delete(branch);
    world.branches.set(pull.branch, headSha);
    world.push('main', { 'identity.yaml': text({ users: { ...company.users, mio: person('Mio') } }) });
    const again = await repository.review();
    expect(results(again), again.log).toBe('success success success success');
    expect(fileIn(repository, onlyPull(repository).headSha)).toContain('mio');
  });

  it('of one owner has a branch of its own, and asks that owner alone', async () => {
    const repository = await start();
    const ran = await repository.review({ actor: octocat, owner: '@octo-org/security' });
    expect(results(ran), ran.log).toBe('success success success success');
    const pull = onlyPull(repository);
    expect(pull.branch).toMatch(/^idc\/review\/octo-org-security-[0-9a-f]{8}\/\d{4}-\d{2}$/);
    expect(pull.asked).toBeUndefined();
    expect(parse(fileIn(repository, pull.headSha))).toMatchObject({ assignments: company.assignments });
    const other = await repository.review({ actor: octocat, owner: '$(id) "@mona"' });
    expect(results(other)).toBe('failure skipped skipped skipped');
    expect(other.log).toContain('unknown-owner');
  });

  it('says what to do where workflows may open no pull request', async () => {
    const repository = await start();
    repository.github.world.workflowPermissions.approves = false;
    const ran = await repository.review();
    expect(results(ran)).toBe('success success failure skipped');
    expect(ran.log).toContain('idc github setup --workflows-open-pull-requests');
    repository.github.world.workflowPermissions.approves = true;
    const again = await repository.review();
    expect(results(again), again.log).toBe('success success success success');
  });

  it('is not opened again where a person has closed it, until its branch is gone', async () => {
    const repository = await start();
    const { world } = repository.github;
    await repository.review();
    const pull = onlyPull(repository);
    pull.closed = true;
    const again = await repository.review();
    expect(results(again), again.log).toBe('success success skipped skipped');
    expect(again.log).toContain('was closed without a merge');
    world.deleteBranch(pull);
    await repository.review();
    expect(pullsOf(repository)).toHaveLength(2);
  });

  it.each([
    ['a branch', 'change', 'skipped'],
    ['a tag with the name of the default branch', 'refs/tags/main', 'skipped'],
  ])('does nothing where a person starts it from %s', async (_what, branch, result) => {
    const repository = await start();
    const ran = await repository.review({ actor: octocat, branch });
    expect(new Set(Object.values(ran.jobs).map((job) => job.result))).toEqual(new Set([result]));
  });
});

describe('what a person has pushed to the branch of a review', () => {
  it('stays, and the person does not approve it: who is in the plan beside the dates', async () => {
    const repository = await start();
    const { world } = repository.github;
    await repository.review();
    const pull = onlyPull(repository);
    const pushed = world.pushTo(
      pull,
      { 'identity.yaml': withTaro(fileIn(repository, pull.headSha)) },
      { pusher: mona, author: actionsBot },
    );
    const again = await repository.review();
    expect(results(again), again.log).toBe('success success skipped skipped');
    expect(again.log).toContain('has a commit that no review has made, so it is left as it is.');
    expect(onlyPull(repository).headSha).toBe(pushed);
    const planned = await repository.planByHand(pull);
    expect(planned.jobs, planned.log).toMatchObject({ plan: { result: 'success' } });
    world.addReview(pull, { author: mona });
    const applied = await merge(repository, pull);
    expect(applied.environments, applied.log).toEqual(['identity-center-plan', 'identity-center-approve']);
    expect(applied.log).toContain(`mona approved it, but pushed commit ${pushed}`);
    expect(members(repository)).toBe(1);
  });

  it('is applied where another person has approved it', async () => {
    const repository = await start();
    const { world } = repository.github;
    await repository.review();
    const pull = onlyPull(repository);
    world.pushTo(pull, { 'identity.yaml': withTaro(fileIn(repository, pull.headSha)) }, { pusher: hubot });
    await repository.planByHand(pull);
    world.addReview(pull, { author: mona });
    const applied = await merge(repository, pull);
    expect(applied.environments, applied.log).toEqual(['identity-center-plan', 'identity-center-apply']);
    expect(members(repository)).toBe(2);
  });

  it('before there is a review is not taken over', async () => {
    const repository = await start();
    const { world } = repository.github;
    await repository.review();
    const { branch } = onlyPull(repository);
    const other = await start();
    other.github.world.moveTo(branch, other.github.world.commit({ 'identity.yaml': 'mine' }, [mainOf(other)]), octocat);
    const ran = await other.review();
    expect(results(ran)).toBe('success failure skipped skipped');
    expect(ran.log).toContain('Delete the branch, and run this again.');
    expect(pullsOf(other)).toEqual([]);
    expect(world.pulls.size).toBe(1);
  });
});

describe('a review that a person has started', () => {
  /** With a grant beside the dates, that a third person has pushed, so that there is something to approve. */
  async function withGrant(repository: Repository): Promise<Pull> {
    const pull = onlyPull(repository);
    repository.github.world.pushTo(
      pull,
      { 'identity.yaml': withTaro(fileIn(repository, pull.headSha)) },
      { pusher: hubot },
    );
    await repository.planByHand(pull);
    return pull;
  }

  it('is not approved by that person', async () => {
    const repository = await start();
    const { world } = repository.github;
    await repository.review({ actor: mona });
    const made = onlyPull(repository).headSha;
    const pull = await withGrant(repository);
    world.addReview(pull, { author: mona });
    const applied = await merge(repository, pull);
    expect(applied.environments).toEqual(['identity-center-plan', 'identity-center-approve']);
    expect(applied.log).toContain(`mona approved it, but started the run that made commit ${made}`);
  });

  it('nor by one who has started its run again', async () => {
    const repository = await start();
    const { world } = repository.github;
    await repository.review({ actor: octocat });
    for (const run of world.runs.values())
      if (run.path.endsWith('review.yml')) Object.assign(run, { attempt: 2, triggeringActor: mona });
    const pull = await withGrant(repository);
    world.addReview(pull, { author: mona });
    const applied = await merge(repository, pull);
    expect(applied.environments).toEqual(['identity-center-plan', 'identity-center-approve']);
    expect(applied.log).toContain('mona approved it, but started the run that made commit');
  });

  it('is approved by another', async () => {
    const repository = await start();
    const { world } = repository.github;
    await repository.review({ actor: octocat });
    const pull = await withGrant(repository);
    world.addReview(pull, { author: mona });
    expect((await merge(repository, pull)).environments).toEqual(['identity-center-plan', 'identity-center-apply']);
  });

  it('by a workflow is approved by no one', async () => {
    const repository = await start();
    const { world } = repository.github;
    await repository.review({ actor: actionsBot });
    const pull = await withGrant(repository);
    world.addReview(pull, { author: mona });
    const applied = await merge(repository, pull);
    expect(applied.environments).toEqual(['identity-center-plan', 'identity-center-approve']);
    expect(applied.log).toContain('and github-actions[bot] started the run that made it');
  });
});

describe('a commit that passes for one of a review', () => {
  it.each([
    ['of a workflow on a branch', { headBranch: 'change' }],
    ['of another workflow', { path: '.github/workflows/other.yml' }],
    ['of an event that runs what an author wrote', { event: 'pull_request' }],
    ['of a fork', { headRepository: 'somebody/access' }],
    ['of a tag with the name of the default branch', { headSha: 'f'.repeat(40) }],
  ])('by an artifact %s is approved by no one', async (_what, origin) => {
    const repository = await start();
    const { world } = repository.github;
    await repository.review();
    const pull = onlyPull(repository);
    const sha = world.pushTo(
      pull,
      { 'identity.yaml': withTaro(fileIn(repository, pull.headSha)) },
      { pusher: actionsBot },
    );
    const run = world.addRun({
      event: 'workflow_dispatch',
      path: '.github/workflows/review.yml',
      actor: octocat,
      ...origin,
    });
    world.addArtifact({ name: `idc-made-${sha}`, runId: run.id });
    await repository.planByHand(pull);
    world.addReview(pull, { author: mona });
    const applied = await merge(repository, pull);
    expect(applied.environments, applied.log).toEqual(['identity-center-plan', 'identity-center-approve']);
    expect(applied.log).toContain(`github-actions[bot] pushed commit ${sha}, and GitHub does not say for whom`);
    expect(members(repository)).toBe(1);
  });

  it('on a pull request that a workflow of a branch has opened is counted by who pushed', async () => {
    const repository = await start();
    const { world } = repository.github;
    const pull = world.openPull({ 'identity.yaml': withTaro(text()) }, { author: actionsBot }, { pusher: octocat });
    await repository.planByHand(pull);
    world.addReview(pull, { author: mona });
    const applied = await merge(repository, pull);
    expect(applied.environments).toEqual(['identity-center-plan', 'identity-center-approve']);
    expect(applied.log).toContain('github-actions[bot] opened the pull request, and GitHub does not say for whom');
  });
});
