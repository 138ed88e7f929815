import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { expect, it, onTestFinished } from 'vitest';
import {
  digestOfRecord,
  type ApplyRecord,
  type HistoryRecord,
  type RecordedChange,
} from '../../../src/core/apply-record.ts';
import type { History, HistoryCheck } from '../../../src/core/history.ts';
import { recordLine } from '../../../src/core/record-line.ts';
import { recordText } from '../../../src/formats/record.ts';
import { recordPath } from '../../../src/history/chain.ts';
import { actionsBot, octocat, startGitHub, type GitHubStandIn } from '../../support/github/index.ts';
import { inFolder } from '../../support/in-folder.ts';
import { applyRecord, historyOf, uuidOf, writeHistory } from '../../support/records.ts';
import { runIdc, type Ran } from '../../support/run-idc.ts';

const [production, staging] = ['111122223333', '444455556666'];
const accounts = { [production]: 'production', [staging]: 'staging' };

function folder(): string {
  const made = mkdtempSync(path.join(tmpdir(), 'idc-history-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** An apply on the first day of a month. */
function on(
  month: string,
  name: string,
  rest: Partial<ApplyRecord> & { gained?: RecordedChange[]; lost?: RecordedChange[] },
): ApplyRecord {
  const { gained = [], lost = [], ...others } = rest;
  return applyRecord(name, {
    startedAt: `2026-${month}-01T10:00:00.000Z`,
    endedAt: `2026-${month}-01T10:05:00.000Z`,
    access: { people: [['hanako'], ['taro'], ['hanako', 'taro']], gained, lost },
    users: { hanako: uuidOf('hanako'), taro: uuidOf('taro') },
    accounts,
    ...others,
  });
}
const read = (people: number, ...where: string[]): RecordedChange => ({
  permissionSet: 'Read',
  people,
  accounts: where,
});
const admin = (people: number, ...where: string[]): RecordedChange => ({
  permissionSet: 'Admin',
  people,
  accounts: where,
  groups: ['ops'],
});

/** Five applies: Admin by a group and back, an unknown end, a rename, and expired access. */
const story = (): HistoryRecord[] =>
  historyOf([
    {
      ...on('01', 'one', { gained: [read(2, production, staging)] }),
      pullRequests: [{ number: 41, author: 'octocat' }],
      approvals: [{ how: 'review', by: 'mona', id: 1, at: '2025-12-31T09:00:00Z', pullRequest: 41 }],
    },
    {
      ...on('02', 'two', { gained: [admin(0, production)] }),
      pullRequests: [{ number: 42, author: 'octocat' }],
      approvals: [{ how: 'environment', by: 'hubot', id: 2 }],
    },
    on('03', 'three', {
      result: 'interrupted',
      steps: [{ ...(applyRecord('').steps[0] as ApplyRecord['steps'][number]), outcome: 'unknown' }],
      access: {
        people: [['taro']],
        gained: [],
        lost: [],
        perhaps: { gained: [{ permissionSet: 'Admin', people: 0, accounts: [production], groups: ['ops'] }], lost: [] },
      },
    }),
    on('04', 'four', {
      only: 'expired',
      access: { people: [['hanako.ito']], gained: [], lost: [admin(0, production)] },
      users: { 'hanako.ito': uuidOf('hanako') },
    }),
    on('05', 'five', { gained: [read(1, production)], users: { taro: uuidOf('taro') } }),
  ]);

const kept = (records: readonly HistoryRecord[] = story()): string => {
  const made = folder();
  writeHistory(made, records);
  return made;
};

/** What it prints, with a name for the folder that is the same each time. */
async function ask(dir: string, ...args: string[]): Promise<Ran> {
  const ran = await runIdc(['history', '--dir', dir, ...args]);
  return { ...ran, out: ran.out.replaceAll(dir, 'DIR') };
}
const json = async (dir: string, ...args: string[]): Promise<History> =>
  JSON.parse((await ask(dir, ...args, '--format', 'json')).out) as History;

it('says since when a person has what, by which pull request, and who approved it', async () => {
  const dir = kept();
  const { code, out, err } = await runIdc(['history', '--dir', dir, '--user', 'HANAKO'], { columns: () => 60 });
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out.replace(dir, 'DIR')).toMatchInlineSnapshot(`
    "History: 5 applies, 2026-01-01 to 2026-05-01
    From the folder DIR. Times are in UTC.

    Held
      Read in production and staging to hanako.ito
          since 2026-01-01 10:05
          began by record 1: pull request #41 by octocat,
          approved by mona on 2025-12-31

    Ended
      Admin in production to hanako.ito
          2026-02-01 10:05 to 2026-04-01 10:05, through ops
          began by record 2: pull request #42 by octocat,
          approved in the run by hubot
          ended by record 4: expired access

    Other applies
      5  2026-05-01 10:05  applied: 1 created
          no pull request, by idc-apply/idc-apply-1, no approval
          known
    ! 3  2026-03-01 10:05  interrupted: 1 unknown
          no pull request, by idc-apply/idc-apply-1, no approval
          known

    What was given before the first record, or outside idc,
      has no beginning in the history. A grant that was removed
      outside idc counts as held until an apply finds it gone.
    "
  `);
  for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(60);
});

it('follows a person through a rename, and finds them by either name', async () => {
  const dir = kept();
  const byOld = await json(dir, '--user', 'hanako');
  const byNew = await json(dir, '--user', 'hanako.*');
  expect(byNew.grants).toEqual(byOld.grants);
  expect(byNew.grants?.map(({ users }) => users)).toEqual([['hanako.ito'], ['hanako.ito']]);
  expect(byOld.grants?.at(-1)).toMatchObject({ permissionSet: 'Admin', began: { record: 2 }, ended: { record: 4 } });
});

it('takes the next user of a name for another person', async () => {
  const records = historyOf([
    on('01', 'one', { gained: [read(1, production)] }),
    on('02', 'two', { lost: [read(1, production)] }),
    on('03', 'three', { gained: [read(1, production)], users: { taro: uuidOf('another taro') } }),
  ]);
  const { grants } = await json(kept(records), '--user', 'taro');
  expect(grants).toHaveLength(2);
});

it('says that a step may have taken effect, and what an apply found gone', async () => {
  const { grants } = await json(kept(), '--user', 'taro');
  const { arn: instance } = applyRecord('').instance;
  expect(grants).toEqual([
    {
      instance,
      permissionSet: 'Read',
      users: ['taro'],
      accounts: [production],
      began: { record: 5, at: '2026-05-01T10:05:00.000Z' },
    },
    {
      instance,
      permissionSet: 'Admin',
      users: ['taro'],
      accounts: [production],
      groups: ['ops'],
      began: { record: 3, at: '2026-03-01T10:05:00.000Z', isUncertain: true },
    },
    {
      instance,
      permissionSet: 'Read',
      users: ['taro'],
      accounts: [staging],
      began: { record: 1, at: '2026-01-01T10:05:00.000Z' },
    },
    {
      instance,
      permissionSet: 'Read',
      users: ['taro'],
      accounts: [production],
      began: { record: 1, at: '2026-01-01T10:05:00.000Z' },
      ended: { record: 5, at: '2026-05-01T10:05:00.000Z', isOutside: true },
    },
  ]);
});

it('asks about accounts by name, id or pattern, about permission sets, and about a time, all together', async () => {
  const dir = kept();
  const recordsFor = async (...args: string[]): Promise<number[]> =>
    (await json(dir, ...args)).applies.map(({ number }) => number);
  expect(await recordsFor('--account', 'prod*', '--permission-set', 'Admin')).toEqual([4, 3, 2]);
  expect(await recordsFor('--account', production, '--permission-set', 'Admin')).toEqual([4, 3, 2]);
  // The grant began before, and it is said by what.
  expect(await recordsFor('--account', 'production', '--permission-set', 'Admin', '--since', '2026-04-01')).toEqual([
    4, 2,
  ]);
  expect(await recordsFor('--user', 'hanako', '--account', 'staging')).toEqual([1]);
  expect(await recordsFor('--since', '2026-04-02')).toEqual([5]);
  expect(await recordsFor('--user', 'nadia')).toEqual([]);
});

it('does not say of what is held from before a time that there is none', async () => {
  const dir = folder();
  writeHistory(dir, historyOf([on('01', 'one', { gained: [read(0, production)] })]));
  const { out } = await runIdc(['history', '--dir', dir, '--user', 'hanako', '--since', '2026-06-01']);
  expect(out.replaceAll(/\s+/g, ' ')).toContain(
    'No record gives or ends such access since 2026-06-01 00:00. What began before is not shown.',
  );
});

it('tells of a person who is named like a member of every object, and has no id yet', async () => {
  const dir = folder();
  const access = { people: [['constructor']], gained: [read(0, production)], lost: [] };
  writeHistory(dir, historyOf([on('01', 'one', { access, users: {} })]));
  const { out } = await runIdc(['history', '--dir', dir, '--user', 'constructor']);
  expect(out).toContain('Read in production to constructor');
});

it('says what was adopted, what was edited meanwhile, and that an approval was bypassed', async () => {
  const people = [['hanako'], ['taro']];
  const adopted = [{ ...admin(0, production), groups: ['ops'] }];
  const editOf = (...fields: string[]) => [{ permissionSet: 'Admin', people: 0, accounts: [production], fields }];
  const records = historyOf([
    {
      ...on('01', 'one', { steps: [], result: 'nothing', access: { people, gained: [], lost: [], adopted } }),
      pullRequests: [{ number: 12, author: 'octocat' }],
      approvals: [{ how: 'review', by: 'mona', id: 1, at: '2025-12-31T09:00:00Z', pullRequest: 12 }],
      gate: 'not-asked',
    },
    {
      ...on('02', 'two', { access: { people, gained: [], lost: [], edited: editOf('inlinePolicy') } }),
      pullRequests: [{ number: 13, author: 'octocat' }],
      gate: 'bypassed',
    },
    on('03', 'three', {
      access: {
        people,
        gained: [],
        lost: [],
        edited: editOf('managedPolicies').map((one) => ({ ...one, isAdopted: true })),
      },
    }),
    // What an apply gave is not adopted by a second way to it.
    on('04', 'four', { gained: [read(1, production)] }),
    on('05', 'five', { access: { people, gained: [], lost: [], adopted: [read(1, production)] } }),
  ]);
  const { out } = await ask(kept(records), '--account', 'production');
  expect(out).toMatchInlineSnapshot(`
    "History: 5 applies, 2026-01-01 to 2026-05-01
    From the folder DIR. Times are in UTC.

    Held
      Read in production to taro
          since 2026-04-01 10:05
          began by record 4: no pull request, by idc-apply/idc-apply-1, no approval
          known
      Admin in production to hanako
          since before 2026-01-01 10:05, through ops
          adopted by record 1: pull request #12 by octocat, approved by mona on
          2025-12-31; in AWS before, given outside idc
          permission set edited (inlinePolicy) by record 2: pull request #13 by
          octocat, not approved: the approval that the run asked for was bypassed
          edit outside idc adopted (managedPolicies) by record 3: no pull request,
          by idc-apply/idc-apply-1, no approval known

    What was given before the first record, or outside idc, has no beginning in
      the history. A grant that was removed outside idc counts as held until an
      apply finds it gone.
    "
  `);
  const { grants } = await json(kept(records), '--account', 'production', '--since', '2026-03-01', '--user', 'hanako');
  expect(grants).toMatchObject([{ adopted: { record: 1 }, edits: [{ record: 2 }, { record: 3, isAdopted: true }] }]);
  const sheet = (await ask(kept(records), '--account', 'production', '--format', 'csv')).out;
  expect(sheet).toContain('2 (inlinePolicy); 3 (managedPolicies)');
  expect((await ask(kept(records), '--format', 'csv')).out).toContain(',#13,octocat,,bypassed,,');
  const applies = (await ask(kept(records))).out;
  expect(applies).toContain('  1  2026-01-01 10:05  access of 1 person adopted\n');
  expect(applies).toContain('  3  2026-03-01 10:05  applied: 1 created, edits of 1 permission set adopted\n');
});

it('does not call an apply approved whose run was repeated, and of which no one can tell which attempt was', async () => {
  const approvals = [{ how: 'environment' as const, by: 'mona', id: 1 }];
  const dir = kept(historyOf([{ ...on('01', 'one', { gained: [read(0, production)] }), approvals, gate: 'unclear' }]));
  expect((await ask(dir, '--user', 'hanako')).out.replaceAll(/\s+/g, ' ')).toContain(
    'approved in the run by mona, but GitHub does not tell whether in this attempt of the run or in an earlier one',
  );
  expect((await ask(dir, '--format', 'csv')).out).toContain(',mona,unclear,');
});

it('the digests of records stay those with which they were written', () => {
  const pull = { pullRequests: [{ number: 3, author: '=cmd|x' }] };
  const approvals = [{ how: 'review' as const, by: 'mona', id: 1, at: '2026-10-03T10:00:00Z', pullRequest: 3 }];
  // By the version before gates, adopted access and edits were recorded.
  const chain = historyOf([applyRecord('one'), { ...applyRecord('three', { only: 'expired' }), ...pull, approvals }]);
  expect(chain.map(({ digest }) => digest)).toEqual([
    'sha256:d45dd16d70089077367e7be33e032c35870458977fa2e31be77239e87222f575',
    'sha256:09350f343cc2cd58aeb0aa9323c37bf19c1c7ef3dd9e6302d39c39fcddc06277',
  ]);
});

it('tells apart people of two instances, and the files, where there are several', async () => {
  const other = {
    arn: 'arn:aws:sso:::instance/ssoins-fedcba9876543210',
    identityStoreId: 'd-fedcba9876',
    region: 'eu-west-1',
  };
  const dir = kept(
    historyOf([
      on('01', 'one', { gained: [read(0, production)] }),
      on('02', 'two', {
        gained: [read(0, staging)],
        instance: other,
        file: 'sandbox.yaml',
        users: { hanako: uuidOf('other') },
      }),
      // Without an id, too.
      on('03', 'three', { gained: [admin(1, production)], instance: other, file: 'sandbox.yaml', users: {} }),
    ]),
  );
  const { grants, instances } = await json(dir, '--user', '*');
  expect(grants?.map(({ instance, users }) => [instance.slice(-4), ...users])).toEqual([
    ['3210', 'taro'],
    ['3210', 'hanako'],
    ['cdef', 'hanako'],
  ]);
  expect(instances.map(({ files }) => files)).toEqual([['identity.yaml'], ['sandbox.yaml']]);
  expect((await ask(dir, '--user', 'hanako')).out).toMatchInlineSnapshot(`
    "History: 3 applies, 2026-01-01 to 2026-03-01
    From the folder DIR. Times are in UTC.

    Held
      Read in staging to hanako (sandbox.yaml)
          since 2026-02-01 10:05
          began by record 2 (sandbox.yaml): no pull request, by
          idc-apply/idc-apply-1, no approval known
      Read in production to hanako (identity.yaml)
          since 2026-01-01 10:05
          began by record 1 (identity.yaml): no pull request, by
          idc-apply/idc-apply-1, no approval known

    Other applies
      3 (sandbox.yaml)  2026-03-01 10:05  applied: 1 created
          no pull request, by idc-apply/idc-apply-1, no approval known

    What was given before the first record, or outside idc, has no beginning in
      the history. A grant that was removed outside idc counts as held until an
      apply finds it gone.
    "
  `);
  expect((await ask(dir)).out).toContain('2 (sandbox.yaml)');
});

it('without a question lists the applies, newest first', async () => {
  const { out } = await ask(kept());
  expect(out).toMatchInlineSnapshot(`
    "History: 5 applies, 2026-01-01 to 2026-05-01
    From the folder DIR. Times are in UTC.

    Applies
      5  2026-05-01 10:05  applied: 1 created
          no pull request, by idc-apply/idc-apply-1, no approval known
      4  2026-04-01 10:05  applied: 1 created
          expired access
    ! 3  2026-03-01 10:05  interrupted: 1 unknown
          no pull request, by idc-apply/idc-apply-1, no approval known
      2  2026-02-01 10:05  applied: 1 created
          pull request #42 by octocat, approved in the run by hubot
      1  2026-01-01 10:05  applied: 1 created
          pull request #41 by octocat, approved by mona on 2025-12-31
    "
  `);
  expect((await json(kept())).grants).toBeUndefined();
});

it('prints Markdown and CSV, in which names do nothing', async () => {
  const hostile = historyOf([
    on('01', 'one', {
      gained: [{ permissionSet: '=1+1|<b>', people: 0, accounts: [production] }],
      access: {
        people: [['@mona']],
        gained: [{ permissionSet: '=1+1|<b>', people: 0, accounts: [production] }],
        lost: [],
      },
      users: {},
    }),
  ]);
  const dir = kept(hostile);
  expect((await ask(dir, '--user', '*', '--format', 'csv')).out).toMatchInlineSnapshot(`
    "user_name,permission_set,accounts,account_ids,through_groups,began,began_is,began_by_record,began_pull_requests,began_approved_by,began_approved_how,adopted,adopted_is,adopted_by_record,adopted_pull_requests,adopted_approved_by,adopted_approved_how,edited_by_records,ended,ended_is,ended_by_record,ended_pull_requests,ended_approved_by,ended_approved_how,instance
    '@mona,'=1+1|<b>,production,111122223333,,2026-01-01T10:05:00.000Z,certain,1,,,,,,,,,,,,,,,,,arn:aws:sso:::instance/ssoins-0123456789abcdef
    "
  `);
  expect((await ask(dir, '--user', '*', '--format', 'markdown')).out).toMatchInlineSnapshot(`
    "## History: 1 apply, \`2026-01-01\` to \`2026-01-01\`

    From the folder \`DIR\`. Times are in UTC.

    | Grant | When | By |
    |---|---|---|
    | \`=1+1\\|<b>\` in production to \`@mona\` | since \`2026-01-01\` \`10:05\` | began by record 1: no pull request, by \`idc-apply/idc-apply-1\`, no approval known |

    | Record | Ended | Result | For |
    |---|---|---|---|
    | 1 | \`2026-01-01 10:05\` | applied: 1 created | no pull request, by \`idc-apply/idc-apply-1\`, no approval known |

    What was given before the first record, or outside idc, has no beginning in the history. A grant that was removed outside idc counts as held until an apply finds it gone.
    "
  `);
  expect((await ask(dir, '--format', 'csv')).out).toMatch(/^record,digest,started,/);
});

it('prints JSON that its schema takes', async () => {
  const schema = JSON.parse(readFileSync('schemas/history.schema.json', 'utf8')) as object;
  const ajv = new Ajv({ strict: false });
  addFormats.default(ajv);
  const isValid = ajv.compile(schema);
  const dir = kept();
  for (const args of [[], ['--user', '*'], ['--account', 'production'], ['--verify']]) {
    expect(isValid(await json(dir, ...args)), JSON.stringify(isValid.errors)).toBe(true);
  }
  const ofRecords = ajv.compile(JSON.parse(readFileSync('schemas/record.schema.json', 'utf8')) as object);
  for (const record of story()) expect(ofRecords(record), JSON.stringify(ofRecords.errors)).toBe(true);
});

const git = (cwd: string, ...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], {
    cwd,
    encoding: 'utf8',
    stdio: 'pipe',
  });

it('reads the branch of a clone, as it was last fetched', async () => {
  const [origin, clone] = [folder(), folder()];
  git(origin, 'init', '-q', '-b', 'main');
  git(origin, 'commit', '-q', '--allow-empty', '-m', 'files');
  git(clone, 'clone', '-q', origin, '.');
  const inClone = (...args: string[]): Promise<Ran> => inFolder(clone, () => runIdc(['history', ...args]));
  const missing = await inClone();
  expect(missing.code).toBe(1);
  expect(missing.err).toContain('This clone has no branch identity-center-history.');

  git(origin, 'checkout', '-q', '--orphan', 'identity-center-history');
  writeHistory(origin, story());
  git(origin, 'add', 'records');
  git(origin, 'commit', '-q', '-m', 'records');
  const commit = git(origin, 'rev-parse', 'HEAD').trim();
  git(clone, 'fetch', '-q', 'origin', 'identity-center-history');
  const answer = JSON.parse((await inClone('--format', 'json')).out) as History;
  expect(answer.source).toEqual({ type: 'git', ref: 'origin/identity-center-history', commit });
  expect(answer.records.count).toBe(5);
  expect((await inClone('--verify')).code).toBe(0);
  expect((await inClone('--from', 'HEAD')).err).toBe('');
  for (const revision of ['nowhere', '--help'])
    expect((await inClone(`--from=${revision}`)).err).toContain(`${revision} is not a commit of this clone.`);
  const outside = await inFolder(folder(), () => runIdc(['history']));
  expect(outside.err).toContain('not a git repository');
});

it('says what folder has no records', async () => {
  const empty = folder();
  expect((await ask(empty)).err).toContain(`The folder ${empty} has no records.`);
  expect((await ask(path.join(empty, 'nowhere'))).code).toBe(1);
});

/** All that is wrong, as `PROBLEM NUMBER`. */
async function problems(
  dir: string,
  github?: GitHubStandIn,
): Promise<{ code: number; found: string[]; check: HistoryCheck }> {
  const { code, out } = await runIdc(
    ['history', '--dir', dir, '--verify', '--format', 'json'],
    github ? { env: github.env() } : {},
  );
  const check = JSON.parse(out) as HistoryCheck;
  return { code, found: check.faults.map(({ problem, number }) => `${problem} ${number}`), check };
}

const fileOf = (dir: string, { number, ...rest }: HistoryRecord): string =>
  path.join(dir, recordPath({ number, ...rest }));

const textOf = (record: HistoryRecord): string => recordText(record);

/** Puts another record into the file of one. */
const overwrite = (dir: string, record: HistoryRecord, text: string): void => writeFileSync(fileOf(dir, record), text);

it('finds nothing wrong with a history that no one has touched', async () => {
  const dir = kept();
  expect(await problems(dir)).toMatchObject({ code: 0, found: [] });
  expect((await ask(dir, '--verify')).out).toMatchInlineSnapshot(`
    "History: 5 applies, 2026-01-01 to 2026-05-01
    From the folder DIR.

    The chain of records 1 to 5 is whole.
    Not compared with the comments on pull requests, which needs GITHUB_TOKEN:
      without them, records that were cut off at the end, or written again with new
      digests, are not found.
    "
  `);
});

it('finds a record that was edited, removed, or swapped with another, without any comment', async () => {
  const records = story();
  const [, two, three] = records as [HistoryRecord, HistoryRecord, HistoryRecord];
  const edited = kept(records);
  overwrite(edited, two, textOf({ ...two, approvals: [{ how: 'review', by: 'mona', id: 1 }] }));
  expect(await problems(edited)).toMatchObject({ code: 1, found: ['edited 2'] });

  const resealed = kept(records);
  const other = { ...two, approvals: [] };
  overwrite(resealed, two, textOf({ ...other, digest: digestOfRecord(other) }));
  expect(await problems(resealed)).toMatchObject({ code: 1, found: ['unlinked 3'] });

  const removed = kept(records);
  rmSync(fileOf(removed, two));
  expect(await problems(removed)).toMatchObject({ code: 1, found: ['missing 2'] });

  const swapped = kept(records);
  overwrite(swapped, two, recordText(three));
  overwrite(swapped, three, recordText(two));
  expect(await problems(swapped)).toMatchObject({ code: 1, found: ['misplaced 3', 'misplaced 2'] });

  const renumbered = kept(records);
  for (const [record, number] of [
    [two, 3],
    [three, 2],
  ] as const) {
    const moved = { ...record, number };
    rmSync(fileOf(renumbered, record));
    writeHistory(renumbered, [{ ...moved, digest: digestOfRecord(moved) }]);
  }
  expect(await problems(renumbered)).toMatchObject({ code: 1, found: ['unlinked 2', 'unlinked 3', 'unlinked 4'] });

  const twice = kept(records);
  writeHistory(twice, [{ ...two, startedAt: '2026-12-01T00:00:00.000Z' }]);
  expect((await problems(twice)).found).toEqual(['edited 2', 'twice 2']);

  const broken = kept(records);
  overwrite(broken, two, 'not JSON');
  expect(await problems(broken)).toMatchObject({ code: 1, found: ['unreadable 2'] });
  const asked = await ask(broken, '--user', 'hanako');
  expect(asked.code).toBe(0);
  expect(asked.err).toContain('1 thing is wrong with this history');
});

it('says of a record of a newer version of idc which one wrote it', async () => {
  const records = story();
  const dir = kept(records);
  const newer = { ...records[1]!, formatVersion: 2, toolVersion: '9.1.0', more: {} };
  overwrite(dir, newer, textOf(newer));
  const { found, check } = await problems(dir);
  expect(found).toEqual(['unreadable 2']);
  expect(check.faults[0]?.why).toBe(
    'This record has format version 2, written by idc 9.1.0, but this idc reads 1. Upgrade idc to that version, or to a later one: docs/upgrading.md.',
  );
  expect((await ask(dir)).err).toContain("Record 2 can't be read");
  expect((await ask(dir, '--verify')).out.replaceAll(/\s+/g, ' ')).toContain('written by idc 9.1.0');
});

it('finds nothing wrong with a record of people and things by any name that AWS takes', async () => {
  const names = ['__proto__', 'constructor', 'toString'];
  const byName = JSON.parse(`{${names.map((name) => `"${name}": "${uuidOf(name)}"`).join()}}`) as Record<
    string,
    string
  >;
  const access = {
    people: [names],
    gained: [{ permissionSet: '__proto__', people: 0, accounts: [production], groups: names }],
    lost: [],
  };
  const dir = kept(historyOf([on('01', 'one', { access, users: byName, groups: byName, permissionSets: byName })]));
  expect(await problems(dir)).toMatchObject({ code: 0, found: [] });
  const { grants } = await json(dir, '--user', '__proto__');
  expect(grants).toMatchObject([{ users: ['__proto__'], permissionSet: '__proto__', began: { record: 1 } }]);
});

/** A GitHub on which the bot's comments name these records, as far as they have a pull request. */
async function commented(records: readonly HistoryRecord[]): Promise<GitHubStandIn> {
  const github = await startGitHub();
  const { world } = github;
  for (const record of records.filter(({ pullRequests }) => pullRequests.length > 0)) {
    const { number } = world.openPull({ 'identity.yaml': record.digest });
    const body = `<!-- idc:apply -->\nDone\n\n${recordLine(record)}\n`;
    world.addComment(number, { author: actionsBot, body });
    // Anyone can write such a text.
    world.addComment(number, { author: octocat, body: body.replace(/[0-9a-f]{64}/, '0'.repeat(64)) });
  }
  return github;
}

it('with the comments finds a chain that was written again, and records that were cut off', async () => {
  const records = story();
  const github = await commented(records);
  const whole = await problems(kept(records), github);
  expect(whole).toMatchObject({
    code: 0,
    found: [],
    check: { comments: { repository: 'octo-org/access', confirmed: [1, 2], unnamed: [3, 4, 5] } },
  });

  const [first, second, ...rest] = records as [HistoryRecord, HistoryRecord, ...HistoryRecord[]];
  const again = historyOf([first, { ...second, approvals: [] }, ...rest]);
  expect(await problems(kept(again))).toMatchObject({ code: 0, found: [] });
  expect(await problems(kept(again), github)).toMatchObject({ code: 1, found: ['differs 2'] });

  const edited = kept(records);
  overwrite(edited, second, textOf({ ...second, approvals: [] }));
  expect(await problems(edited, github)).toMatchObject({
    code: 1,
    found: ['edited 2', 'differs 2'],
    check: { comments: { confirmed: [1] } },
  });

  const cutOff = kept([first]);
  expect(await problems(cutOff)).toMatchObject({ code: 0, found: [] });
  expect(await problems(cutOff, github)).toMatchObject({ code: 1, found: ['cut-off 2'] });

  // Behind the newest record that a comment names, nothing tells.
  expect(await problems(kept([first, second]), github)).toMatchObject({ code: 0, found: [] });
});

it('asks GitHub only with --verify and a token', async () => {
  const github = await commented(story());
  const dir = kept();
  await runIdc(['history', '--dir', dir, '--user', 'hanako'], { env: github.env() });
  expect(github.requests).toEqual([]);
  expect((await ask(dir, '--verify')).out).toContain('which needs GITHUB_TOKEN');
});

it('refuses flags that say nothing together, and dates that are none', async () => {
  const dir = kept();
  for (const args of [
    ['--verify', '--user', 'hanako'],
    ['--verify', '--format', 'csv'],
    ['--since', '2026-02-30'],
    ['--since', 'yesterday'],
  ]) {
    const { code, err } = await ask(dir, ...args);
    expect(code, args.join(' ')).toBe(1);
    expect(err).not.toBe('');
  }
});

it('a file that lies elsewhere among the records is found', async () => {
  const dir = kept();
  const [name = ''] = readdirSync(path.join(dir, 'records/2026/01'));
  renameSync(path.join(dir, 'records/2026/01', name), path.join(dir, 'records/2026/01/copy.json'));
  expect((await problems(dir)).found).toEqual(['misplaced 1']);
});
