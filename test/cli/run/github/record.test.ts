import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { digestOfRecord, type ApplyRecord, type HistoryRecord } from '../../../../src/core/apply-record.ts';
import { recordText } from '../../../../src/formats/record.ts';
import { chainRecord, recordPath } from '../../../../src/history/chain.ts';
import { applyRecord, uuidOf } from '../../../support/records.ts';
import { mona, octocat, startGitHub, type GitHubStandIn, type Job } from '../../../support/github/index.ts';
import { createFolder, runStep } from '../../../support/github/run.ts';

const branch = 'identity-center-history';

/** Writes a record to a file and runs the step that adds it. */
function add(
  github: GitHubStandIn,
  record: ApplyRecord,
  rest: readonly string[] = [],
  env: Record<string, string> = {},
) {
  const file = path.join(createFolder(), 'record.json');
  writeFileSync(file, recordText(record));
  return runStep(github, ['record', file, ...rest], env);
}

/** The records of the branch, by their paths. */
function kept({ world }: GitHubStandIn): Record<string, HistoryRecord> {
  const tree = world.commits.get(world.branches.get(branch) ?? '')?.tree ?? {};
  return Object.fromEntries(
    Object.entries(tree).map(([name, text]) => [name, JSON.parse(text as string) as HistoryRecord]),
  );
}

it('makes the branch without a parent for the first record, and links the next one to it', async () => {
  const github = await startGitHub({ files: { 'identity.yaml': 'version: 1' } });
  const first = await add(github, applyRecord('one'));
  expect(first).toMatchObject({ code: 0, err: expect.stringContaining(`Record 1 was added to ${branch}`) as string });
  const second = await add(github, applyRecord('two', { startedAt: '2026-11-01T00:00:00.000Z' }));
  expect(second.code, second.err).toBe(0);
  const records = kept(github);
  expect(Object.keys(records)).toEqual([
    `records/2026/10/000001-${uuidOf('one')}.json`,
    `records/2026/11/000002-${uuidOf('two')}.json`,
  ]);
  const [one, two] = Object.values(records) as [HistoryRecord, HistoryRecord];
  expect(one).toMatchObject({ number: 1, previous: null, pullRequests: [], approvals: [] });
  expect(two).toMatchObject({ number: 2, previous: one.digest });
  for (const record of [one, two]) expect(digestOfRecord(record)).toBe(record.digest);
  expect(first.outputs).toEqual({ record: `1 ${one.digest}` });
  const { commits, branches } = github.world;
  const tip = commits.get(branches.get(branch) ?? '');
  expect(tip).toMatchObject({ message: 'Record 2: applied, 1 step' });
  expect(commits.get(tip?.parents[0] ?? '')?.parents).toEqual([]);
});

it('is in the branch once, however often the job is run again', async () => {
  const github = await startGitHub();
  const first = await add(github, applyRecord('one'));
  await add(github, applyRecord('two'));
  const again = await add(github, applyRecord('one'));
  expect(again.err).toContain('Record 1 is in identity-center-history already.');
  expect(again.outputs).toEqual(first.outputs);
  expect(Object.keys(kept(github))).toHaveLength(2);
});

it('vouches for no other record of the same run that someone has pushed', async () => {
  const github = await startGitHub();
  const record = applyRecord('one');
  const forged = [
    chainRecord(record, { pullRequests: [], approvals: [{ how: 'environment', by: 'mona', id: 1 }] }, undefined),
    chainRecord({ ...record, steps: [] }, { pullRequests: [], approvals: [] }, undefined),
  ];
  for (const one of forged) {
    github.world.branches.set(branch, github.world.commit({ [recordPath(one)]: recordText(one) }));
    const summary = path.join(createFolder(), 'summary.md');
    const ran = await add(github, record, [], { GITHUB_STEP_SUMMARY: summary });
    expect(ran).toMatchObject({ code: 1, err: expect.stringContaining('record-differs') as string });
    expect([ran.outputs['record'], existsSync(summary)]).toEqual([undefined, false]);
  }
});

it('tells the number and the digest in the summary of the run', async () => {
  const github = await startGitHub();
  const summary = path.join(createFolder(), 'summary.md');
  await add(github, applyRecord('one'), [], { GITHUB_STEP_SUMMARY: summary });
  const [record] = Object.values(kept(github));
  expect(readFileSync(summary, 'utf8')).toBe(`Record 1 of the history: \`${record?.digest}\`\n`);
});

it('adds nothing of an apply that did nothing', async () => {
  const github = await startGitHub();
  const ran = await add(github, applyRecord('one', { result: 'nothing', steps: [] }));
  expect(ran).toMatchObject({ code: 0, outputs: { record: '' } });
  expect(github.requests).toEqual([]);
});

it('refuses a public repository, and takes an internal one', async () => {
  const github = await startGitHub();
  github.world.visibility = 'public';
  const refused = await add(github, applyRecord('one'));
  expect(refused.code).toBe(3);
  expect(refused.err).toContain('octo-org/access is public: anyone could read who has had access to what');
  expect(github.world.branches.has(branch)).toBe(false);
  github.world.visibility = 'internal';
  expect((await add(github, applyRecord('one'))).code).toBe(0);
});

it('refuses what is not a record, and any member that a record does not have', async () => {
  const github = await startGitHub();
  for (const wrong of [{}, { email: 'hanako@example.com' }, { runId: '../../main' }]) {
    const text = { ...applyRecord('one'), ...wrong } as ApplyRecord;
    if (Object.keys(wrong).length === 0) text.steps = [{ ...text.steps[0], email: 'hanako@example.com' } as never];
    const ran = await add(github, text);
    expect(ran.code, JSON.stringify(wrong)).toBe(1);
    expect(ran.err).toContain('bad-record');
  }
  expect(github.requests).toEqual([]);
});

it('follows no record of a newer version of idc, and says which one to upgrade to', async () => {
  const github = await startGitHub();
  const newer = { ...applyRecord('newer'), formatVersion: 2, toolVersion: '9.1.0' };
  github.world.branches.set(
    branch,
    github.world.commit({ [`records/2026/10/000001-${uuidOf('newer')}.json`]: recordText(newer) }),
  );
  const ran = await add(github, applyRecord('one'));
  expect(ran.code).toBe(1);
  expect(ran.err).toContain('record-format');
  expect(ran.err).toContain('written by idc 9.1.0');
});

it('many writers at once: each record is there once, in one chain without a gap', async () => {
  const github = await startGitHub();
  const names = Array.from({ length: 6 }, (_, index) => `writer ${index}`);
  const ran = await Promise.all(names.map((name) => add(github, applyRecord(name))));
  for (const { code, err } of ran) expect(code, err).toBe(0);
  const records = Object.values(kept(github)).sort((a, b) => a.number - b.number);
  expect(records.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(new Set(records.map(({ runId }) => runId))).toEqual(new Set(names.map(uuidOf)));
  expect(records.map(({ previous }) => previous)).toEqual([null, ...records.slice(0, -1).map(({ digest }) => digest)]);
  // They have met, or this shows nothing.
  expect(github.requests.filter(({ status }) => status === 422).length).toBeGreaterThan(0);
  expect(ran.some(({ err }) => /after \d+ that another run added meanwhile/.test(err))).toBe(true);
});

it.each(['POST /repos/{owner}/{repo}/git/refs', 'POST /repos/{owner}/{repo}/git/commits'] as const)(
  'adds the record once where the answer to %s is lost',
  async (route) => {
    const github = await startGitHub();
    github.fail({ route, status: 502, carriedOut: true });
    const ran = await add(github, applyRecord('one'));
    expect(ran.code, ran.err).toBe(0);
    expect(Object.keys(kept(github))).toHaveLength(1);
  },
);

it('says what GitHub says where a rule keeps the job from writing', async () => {
  const github = await startGitHub();
  await add(github, applyRecord('one'));
  const message = 'Repository rule violations found\n\nChanges must be made through a pull request.';
  github.fail({ route: 'PATCH /repos/{owner}/{repo}/git/refs/{ref}', status: 422, message });
  const ran = await add(github, applyRecord('two'));
  expect(ran.code).toBe(1);
  expect(ran.err).toContain('Changes must be made through a pull request.');
});

it('needs contents: write, and says so', async () => {
  const github = await startGitHub();
  const token = github.grant({ contents: 'read' });
  const ran = await add(github, applyRecord('one'), [], { GITHUB_TOKEN: token });
  expect(ran.code).toBe(1);
  expect(ran.err).toContain('the job needs `permissions: { contents: write }`');
});

it('names who approved the run where its environment asked for it, else who started it by hand', async () => {
  const github = await startGitHub();
  const { world } = github;
  const pull = world.openPull({ 'identity.yaml': 'version: 1 # new' });
  const commit = world.merge(pull);
  const run = world.addRun({ event: 'push', path: '.github/workflows/apply.yml', headSha: commit });
  world.runApprovals.set(run.id, [{ environment: 'identity-center-approve', by: mona }]);
  const workflow = { repository: world.repository, runId: run.id, attempt: 1, url: 'https://github.example', commit };
  await add(github, applyRecord('one', { workflow }), ['--pull-requests', String(pull.number)]);
  const byHand = world.addRun({ event: 'workflow_dispatch', path: '.github/workflows/apply.yml', actor: mona });
  await add(github, applyRecord('two', { workflow: { ...workflow, runId: byHand.id } }), ['--pull-requests', '']);
  const [one, two] = Object.values(kept(github));
  expect(one).toMatchObject({
    pullRequests: [{ number: pull.number, author: octocat.login }],
    approvals: [{ how: 'environment', by: 'mona' }],
  });
  expect(one?.approvals[0]).not.toHaveProperty('at');
  expect(two).toMatchObject({
    pullRequests: [],
    approvals: [{ how: 'dispatch', by: 'mona', at: byHand.createdAt }],
  });
});

it('tells an approval in the environment from one that was bypassed, and from a run that was not asked', async () => {
  const github = await startGitHub();
  const { world } = github;
  const pull = world.openPull({ 'identity.yaml': 'version: 1 # new' });
  const plan = world.addRun();
  world.addArtifact({ name: `idc-plan-${pull.number}-${pull.headSha}`, runId: plan.id });
  world.addReview(pull);
  const commit = world.merge(pull);
  const run = world.addRun({ event: 'push', path: '.github/workflows/apply.yml', headSha: commit });
  const workflow = { repository: world.repository, runId: run.id, attempt: 1, url: 'https://github.example', commit };
  const asked = ['--pull-requests', String(pull.number), '--environment', 'identity-center-approve'];
  // An administrator has started the job: GitHub tells of no approval, and the review was of another plan.
  await add(github, applyRecord('bypassed', { workflow }), asked);
  const environment = 'identity-center-approve';
  world.runApprovals.set(run.id, [{ environment, by: octocat, state: 'rejected' }]);
  await add(github, applyRecord('still bypassed', { workflow }), asked);
  world.runApprovals.set(run.id, [
    { environment: 'another', by: octocat },
    { environment, by: mona },
  ]);
  await add(github, applyRecord('approved', { workflow }), asked);
  await add(github, applyRecord('reviewed', { workflow }), [...asked.slice(0, -1), 'identity-center-apply']);
  expect(
    Object.values(kept(github)).map(({ gate, approvals }) => [gate, ...approvals.map(({ how, by }) => `${how} ${by}`)]),
  ).toEqual([['bypassed'], ['bypassed'], ['approved', 'environment mona'], ['not-asked', 'review mona']]);
});

it.each<[string, ('approved' | 'rejected')[], Job['conclusion'][], string]>([
  ['approved and then bypassed', ['approved'], ['failure', 'success'], 'unclear'],
  ['approved twice', ['approved', 'approved'], ['failure', 'success'], 'approved'],
  ['rejected, and then approved', ['rejected', 'approved'], ['failure', 'success'], 'approved'],
  ['approved where the attempt before was not asked', ['approved'], ['skipped', 'success'], 'approved'],
  ['rejected, and then bypassed', ['rejected'], ['failure', 'success'], 'bypassed'],
])('of a run that was repeated says only what is certain: %s', async (_what, states, conclusions, expected) => {
  const github = await startGitHub();
  const { world } = github;
  const jobs = conclusions.map((conclusion, index): Job => ({ name: 'apply', conclusion, attempt: index + 1 }));
  const run = world.addRun({ event: 'push', path: '.github/workflows/apply.yml', jobs });
  const environment = 'identity-center-approve';
  const app = { environment, by: { ...mona, type: 'Bot' as const } };
  world.runApprovals.set(run.id, [...states.map((state) => ({ environment, by: mona, state })), app]);
  const { repository } = world;
  const workflow = { repository, runId: run.id, attempt: 2, url: 'https://github.example', commit: run.headSha };
  const ran = await add(github, applyRecord('one', { workflow }), ['--environment', environment]);
  expect(ran.code, ran.err).toBe(0);
  expect(Object.values(kept(github))).toMatchObject([{ gate: expected }]);
});

it.each<[string, Partial<Job>, number]>([
  ['began', {}, 1],
  ['was rejected', { steps: [] }, 0],
  ['stopped before', { steps: [{ name: 'Apply exactly that', conclusion: 'skipped' }] }, 0],
])('where the file is missing asks GitHub whether the run began to apply: it %s', async (_what, job, expected) => {
  const github = await startGitHub();
  const { world } = github;
  const jobs: Job[] = [{ name: 'apply', conclusion: 'failure', attempt: 1, ...job }];
  const { id } = world.addRun({ event: 'push', path: '.github/workflows/apply.yml', jobs });
  const missing = path.join(createFolder(), 'record.json');
  const ran = await runStep(github, ['record', missing], { GITHUB_RUN_ID: String(id) });
  expect(ran.code, ran.err).toBe(expected);
  expect(ran.err).toContain(expected === 0 ? 'nothing was begun' : 'record-lost');
});

it.each<[string, Job['conclusion'], number]>([
  ['failed', 'failure', 1],
  ['added its record', 'success', 0],
  ['was off', 'skipped', 0],
])(
  'of a run that was repeated tells whether the history of the attempt before %s',
  async (_what, conclusion, expected) => {
    const github = await startGitHub();
    const { world } = github;
    const jobs: Job[] = [
      { name: 'apply', conclusion: 'failure', attempt: 1 },
      { name: 'history', conclusion, attempt: 1 },
      { name: 'apply', conclusion: 'failure', attempt: 2, steps: [] },
    ];
    const run = world.addRun({ event: 'push', path: '.github/workflows/apply.yml', jobs });
    const { repository } = world;
    const workflow = { repository, runId: run.id, attempt: 2, url: 'https://github.example', commit: run.headSha };
    const env = { GITHUB_RUN_ID: String(run.id), GITHUB_RUN_ATTEMPT: '2' };
    const ran = [
      await add(github, applyRecord('two', { workflow }), [], env),
      // The newest attempt began nothing.
      await runStep(github, ['record', path.join(createFolder(), 'record.json')], env),
    ];
    for (const { code, err } of ran) {
      expect(code, err).toBe(expected);
      if (expected > 0) expect(err).toContain('Attempt 1 of this run began to apply too');
    }
    expect(Object.keys(kept(github))).toHaveLength(1);
  },
);

it('records an apply that had no step where its file adopts what was live before', async () => {
  const github = await startGitHub();
  const { gained, people } = applyRecord('').access;
  const access = { people, gained: [], lost: [], adopted: gained };
  const ran = await add(github, applyRecord('adopted', { result: 'nothing', steps: [], access }));
  expect(ran.err).toContain('Record 1 was added');
});

it('names who approved the reviewed plan, and when; no one where no approval counts', async () => {
  const github = await startGitHub();
  const { world } = github;
  const recorded: (HistoryRecord | undefined)[] = [];
  for (const author of [mona, octocat]) {
    const pull = world.openPull({ 'identity.yaml': `version: 1 # ${author.login}` });
    const { id: runId } = world.addRun();
    world.addArtifact({ name: `idc-plan-${pull.number}-${pull.headSha}`, runId });
    world.addReview(pull, { author });
    const commit = world.merge(pull);
    const run = world.addRun({ event: 'push', path: '.github/workflows/apply.yml', headSha: commit });
    const workflow = { repository: world.repository, runId: run.id, attempt: 1, url: 'https://github.example', commit };
    await add(github, applyRecord(author.login, { workflow }), ['--pull-requests', String(pull.number)]);
    recorded.push(Object.values(kept(github)).at(-1));
  }
  expect(recorded[0]?.approvals).toEqual([
    { how: 'review', by: 'mona', id: expect.any(Number) as number, at: expect.any(String) as string, pullRequest: 1 },
  ]);
  // Who opened the pull request approves nothing.
  expect(recorded[1]?.approvals).toEqual([]);
});

it('a comment keeps the records that it names when its text changes', async () => {
  const github = await startGitHub();
  const { world } = github;
  const pull = world.openPull({ 'identity.yaml': 'version: 1 # new' });
  const body = path.join(createFolder(), 'result.md');
  const digest = (digit: string): string => `sha256:${digit.repeat(64)}`;
  for (const [text, record] of [
    ['Failed', `1 ${digest('a')}`],
    ['Waits', ''],
    ['Done', `2 ${digest('b')}`],
  ]) {
    writeFileSync(body, `<!-- idc:apply -->\n${text}\n`);
    const ran = await runStep(github, ['comment', String(pull.number), '--body', body, '--record', record ?? '']);
    expect(ran.code, ran.err).toBe(0);
  }
  expect(world.issues.get(pull.number)?.comments.map((one) => one.body)).toEqual([
    `<!-- idc:apply -->\nDone\n\nRecord 2 of the history: \`${digest('b')}\`\n\nRecord 1 of the history: \`${digest('a')}\`\n`,
  ]);
});
