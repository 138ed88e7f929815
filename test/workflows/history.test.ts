import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Identitystore } from '@aws-sdk/client-identitystore';
import { expect, it } from 'vitest';
import type { HistoryRecord } from '../../src/core/apply-record.ts';
import { recordsIn } from '../../src/core/record-line.ts';
import { recordText } from '../../src/formats/record.ts';
import { chainRecord, recordPath } from '../../src/history/chain.ts';
import { verifyChain } from '../../src/history/verify.ts';
import { applyRecord } from '../support/records.ts';
import { mona, type Pull } from '../support/github/index.ts';
import { applied, commentsOn, files, members, withTaro } from '../support/workflow/company.ts';
import { installHandover, installProgram } from '../support/workflow/program.ts';
import type { Repository } from '../support/workflow/repository.ts';

// The history of applies, as the workflows keep it: on a branch of its own, by a job that has no way to AWS.

const branch = 'identity-center-history';

async function withHistory(): Promise<Repository> {
  const repository = await applied();
  repository.variables['IDC_HISTORY'] = 'true';
  return repository;
}

/** Opened, planned, approved by mona and merged. */
async function merged(repository: Repository, change: Record<string, string> = withTaro): Promise<Pull> {
  const { world } = repository.github;
  const pull = world.openPull(change);
  await repository.plan(pull);
  world.addReview(pull);
  world.merge(pull, 'squash');
  return pull;
}

/** Expects that they are one chain. */
function recordsOf({ github }: Repository): HistoryRecord[] {
  const { commits, branches } = github.world;
  const tree = commits.get(branches.get(branch) ?? '')?.tree ?? {};
  const read = Object.entries(tree).map(([name, text]) => ({
    path: name,
    record: JSON.parse(text as string) as HistoryRecord,
  }));
  expect(verifyChain(read)).toEqual([]);
  return read.map(({ record }) => record);
}

it('is off unless the variable says otherwise: no job, no record, no branch', async () => {
  const repository = await applied();
  await merged(repository);
  const ran = await repository.apply();
  expect(ran.jobs, ran.log).toMatchObject({
    apply: { result: 'success' },
    history: { result: 'skipped' },
    report: { result: 'success' },
  });
  expect((await repository.expire()).jobs).toMatchObject({ history: { result: 'skipped' } });
  expect(repository.github.world.branches.has(branch)).toBe(false);
  expect(repository.artifactFolder('idc-record')).toBeUndefined();
});

it('the record of a merge names the pull request, who approved it, who applied, and what was done', async () => {
  const repository = await withHistory();
  const pull = await merged(repository);
  const ran = await repository.apply();
  expect(ran.jobs, ran.log).toMatchObject({ history: { result: 'success' }, report: { result: 'success' } });
  const [record, ...others] = recordsOf(repository);
  expect(others).toEqual([]);
  expect(record).toMatchObject({
    number: 1,
    previous: null,
    result: 'applied',
    pullRequests: [{ number: pull.number, author: 'octocat' }],
    approvals: [{ how: 'review', by: 'mona', at: pull.reviews[0]?.submittedAt, pullRequest: pull.number }],
    caller: expect.stringContaining(':user/') as string,
    workflow: { repository: 'octo-org/access', attempt: 1, commit: pull.mergedAs },
    steps: [{ action: 'create', kind: 'membership', subjects: { group: 'ops', user: 'taro' }, outcome: 'done' }],
    access: {
      people: [['taro']],
      gained: [{ permissionSet: 'Read', people: 0, accounts: ['111122223333'], groups: ['ops'] }],
      lost: [],
    },
    accounts: { '111122223333': 'production' },
  });
  // What was reviewed is what was applied.
  expect(record?.plan.reviewed).toBe(record?.plan.digest);
  // Names and ids, and nothing else of a person.
  const text = readFileSync(path.join(repository.artifactFolder('idc-record') ?? '', 'record.json'), 'utf8');
  expect(text).not.toMatch(/@example\.com|Test\b|Hanako|givenName/);

  const mark = { number: 1, digest: record?.digest };
  expect(recordsIn(commentsOn(repository, pull.number)[1] ?? '')).toEqual([mark]);
  expect(recordsIn(ran.summary)).toEqual([mark]);
});

it('follows the records before, and a night on which nothing expired is not among them', async () => {
  const repository = await withHistory();
  await merged(repository);
  await repository.apply();
  await merged(
    repository,
    files({ groups: { ops: { members: [{ user: 'hanako', expires: '2020-01-31' }, 'taro'] } } }),
  );
  expect((await repository.expire()).jobs).toMatchObject({
    expire: { result: 'success' },
    history: { result: 'success' },
  });
  const night = await repository.expire();
  expect(night.jobs, night.log).toMatchObject({ history: { result: 'success' } });
  const [, expired, ...others] = recordsOf(repository);
  expect(others).toEqual([]);
  expect(expired).toMatchObject({
    number: 2,
    only: 'expired',
    pullRequests: [],
    approvals: [],
    access: { people: [['hanako']], gained: [], lost: [{ permissionSet: 'Read' }] },
  });
});

it('names who approved in the environment where the merge waited', async () => {
  const repository = await withHistory();
  const { world } = repository.github;
  const pull = world.openPull(withTaro);
  world.merge(pull);
  const ran = await repository.apply({
    onEnvironment: async (name) => {
      const run = [...world.runs.values()].at(-1);
      if (name === 'identity-center-approve' && run) world.runApprovals.set(run.id, [{ environment: name, by: mona }]);
    },
  });
  expect(ran.environments).toEqual(['identity-center-plan', 'identity-center-approve']);
  expect(recordsOf(repository)).toMatchObject([{ approvals: [{ how: 'environment', by: 'mona' }] }]);
});

it('says that the approval which the run asked for was bypassed, where GitHub shows no one who gave it', async () => {
  const repository = await withHistory();
  const { world } = repository.github;
  world.merge(world.openPull(withTaro));
  const ran = await repository.apply();
  expect(ran.environments).toEqual(['identity-center-plan', 'identity-center-approve']);
  expect(recordsOf(repository)).toMatchObject([{ approvals: [], gate: 'bypassed' }]);
});

it('has access that a pull request adopts, though nothing is to be done for it', async () => {
  const repository = await withHistory();
  const { groups, users, instance } = repository.emulator.world;
  const [ops] = groups.rows();
  const taro = users.rows().find(({ UserName }) => UserName === 'taro');
  // By hand, in the console.
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const store = new Identitystore({ endpoint: repository.emulator.url, region: 'us-east-1', credentials });
  await store.createGroupMembership({
    IdentityStoreId: instance.IdentityStoreId,
    GroupId: ops?.GroupId ?? '',
    MemberId: { UserId: taro?.UserId ?? '' },
  });
  const pull = await merged(repository);
  const ran = await repository.apply();
  expect(ran.jobs, ran.log).toMatchObject({ apply: { result: 'success' }, history: { result: 'success' } });
  expect(recordsOf(repository)).toMatchObject([
    {
      result: 'nothing',
      steps: [],
      pullRequests: [{ number: pull.number }],
      gate: 'not-asked',
      access: {
        people: [['taro']],
        adopted: [{ permissionSet: 'Read', people: 0, accounts: ['111122223333'], groups: ['ops'] }],
      },
      users: { taro: taro?.UserId },
    },
  ]);
});

it('a public repository is refused, and the apply stays one that succeeded', async () => {
  const repository = await withHistory();
  const { world } = repository.github;
  const pull = await merged(repository);
  world.visibility = 'public';
  const ran = await repository.apply();
  expect(ran.jobs, ran.log).toMatchObject({
    apply: { result: 'success' },
    history: { result: 'failure' },
    report: { result: 'success' },
  });
  expect(ran.log).toContain('octo-org/access is public');
  expect(world.branches.has(branch)).toBe(false);
  expect(commentsOn(repository, pull.number)[1]).toContain('## Done: 1 created');
  // It is the base of the next merge.
  world.visibility = 'private';
  world.push('main', { 'README.md': 'new' });
  const next = await repository.apply();
  expect(next.summary).toContain(`Nothing of the file has changed since ${pull.mergedAs}, which is applied.`);
});

it('an apply that fails half-way has a record of what was done, and the next one follows', async () => {
  const repository = await withHistory();
  const both = files({
    groups: { ops: { members: ['hanako', 'taro'] }, dev: { members: ['taro'] } },
  });
  const pull = await merged(repository, both);
  const failing = await repository.apply({
    onEnvironment: async (name) => {
      if (name !== 'identity-center-apply') return;
      const script = [{ at: { operation: 'CreateGroup', nth: 1 }, fault: 'internal' as const, times: Infinity }];
      repository.emulator.setFaults({ seed: 1, script });
    },
  });
  repository.emulator.setFaults(undefined);
  expect(failing.jobs, failing.log).toMatchObject({
    apply: { result: 'failure' },
    history: { result: 'success' },
    report: { result: 'success' },
  });
  expect(members(repository)).toBe(2);
  const again = await repository.apply({ event: 'workflow_dispatch', digest: '' });
  expect(again.jobs, again.log).toMatchObject({ history: { result: 'success' } });
  const [failed, done] = recordsOf(repository);
  expect(failed).toMatchObject({
    result: 'failed',
    steps: expect.arrayContaining([
      expect.objectContaining({ kind: 'membership', subjects: { group: 'ops', user: 'taro' }, outcome: 'done' }),
      expect.objectContaining({ kind: 'group', subjects: { group: 'dev' }, outcome: 'unknown' }),
      expect.objectContaining({ kind: 'membership', subjects: { group: 'dev', user: 'taro' }, outcome: 'skipped' }),
    ]) as unknown,
    access: { gained: [{ permissionSet: 'Read' }] },
  });
  expect(done).toMatchObject({ result: 'applied', previous: failed?.digest });
  // The comment is updated in place, and still names the first one.
  const named = recordsIn(commentsOn(repository, pull.number)[1] ?? '').map(({ number }) => number);
  expect(new Set(named)).toEqual(new Set([1, 2]));
});

it('where the apply stops before its first step, there is nothing to record, and the job is not red', async () => {
  const repository = await withHistory();
  await merged(repository);
  const ran = await repository.apply({ isDenied: true });
  expect(ran.jobs, ran.log).toMatchObject({ apply: { result: 'failure' }, history: { result: 'success' } });
  expect(repository.github.world.branches.has(branch)).toBe(false);
});

it('where another run adds its record meanwhile, this one follows it', async () => {
  const repository = await withHistory();
  const { world } = repository.github;
  await merged(repository);
  const { commit } = world;
  world.commit = (tree, parents, by) => {
    if (by?.message?.startsWith('Record ') && !world.branches.has(branch)) {
      const night = chainRecord(applyRecord('night'), { pullRequests: [], approvals: [] }, undefined);
      world.branches.set(branch, commit({ [recordPath(night)]: recordText(night) }));
    }
    return commit(tree, parents, by);
  };
  const ran = await repository.apply();
  expect(ran.jobs, ran.log).toMatchObject({ history: { result: 'success' } });
  expect(ran.log).toContain(`Record 2 was added to ${branch}, after 1 that another run added meanwhile.`);
  expect(recordsOf(repository)).toHaveLength(2);
});

it('an apply that is cancelled, and ended while AWS has not answered, has a record that says what is not known', async () => {
  const repository = await applied(installWithPid);
  repository.variables['IDC_HISTORY'] = 'true';
  const pull = await merged(repository);
  const { emulator } = repository;
  const { memberships } = emulator.world;
  const { put } = memberships;
  const ran = await repository.apply({
    onEnvironment: async (name) => {
      if (name !== 'identity-center-apply') return;
      const script = [{ at: { operation: 'CreateGroupMembership', nth: 1 }, fault: 'silent' as const }];
      emulator.setFaults({ seed: 1, script });
      memberships.put = (row) => {
        put(row);
        // As GitHub cancels a job: it asks once, and then it insists.
        for (const signal of ['SIGINT', 'SIGTERM'] as const)
          process.kill(Number(readFileSync(pidFile, 'utf8')), signal);
      };
    },
  });
  expect(ran.jobs, ran.log).toMatchObject({ apply: { result: 'failure' }, history: { result: 'success' } });
  expect(recordsOf(repository)).toMatchObject([
    {
      result: 'interrupted',
      pullRequests: [{ number: pull.number }],
      steps: [{ kind: 'membership', outcome: 'unknown' }],
      access: { gained: [], lost: [], perhaps: { gained: [{ permissionSet: 'Read', groups: ['ops'] }], lost: [] } },
    },
  ]);
});

let pidFile = '';

/** The apply is a process of its own, as it is published, which notes its id. */
async function installWithPid(folder: string): Promise<string> {
  const program = path.join(await installProgram(path.join(folder, 'program')), 'idc');
  const bin = await installHandover(folder);
  const handover = path.join(bin, 'idc');
  pidFile = path.join(folder, 'pid');
  const apply = `if [ "$1" = apply ]; then echo $$ > '${pidFile}'; exec '${program}' "$@"; fi\n`;
  writeFileSync(
    handover,
    readFileSync(handover, 'utf8').replace('\n', () => `\n${apply}`),
  );
  return bin;
}
