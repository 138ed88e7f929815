import { appendFileSync, chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { applyPatch, parsePatch } from 'diff';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, it, vi } from 'vitest';
import type { ApplyRecord, HistoryRecord } from '../../../src/core/apply-record.ts';
import type { Review } from '../../../src/core/review.ts';
import { reviewJsonSchema } from '../../../src/formats/review.ts';
import { person } from '../../support/live.ts';
import type { Io } from '../../../src/cli/io.ts';
import { inFolder } from '../../support/in-folder.ts';
import { applyRecord, historyOf, writeHistory } from '../../support/records.ts';
import { runIdc } from '../../support/run-idc.ts';
import { createLocalFolder, type LocalFolder } from '../../support/local-folder.ts';

const document = {
  accounts: {
    management: '999988887777',
    production: { id: '111122223333', owner: 'shop-team' },
    staging: '444455556666',
  },
  users: { ann: person('ann'), bob: person('bob') },
  groups: {
    ops: {
      owner: 'platform-team',
      members: ['ann', { user: 'bob', reason: '=HYPERLINK("x")', reviewed: '2026-06-01' }],
    },
  },
  permissionSets: {
    Admin: { owner: 'platform-team', managedPolicies: ['AdministratorAccess'] },
    Read: { managedPolicies: ['ReadOnlyAccess'] },
  },
  assignments: [
    { groups: ['ops'], permissionSets: ['Read'], accounts: ['production'], ticket: 'OPS-1', reviewed: '2025-01-01' },
    { groups: ['ops'], permissionSets: ['Admin'], accounts: ['staging'] },
    { users: ['ann'], permissionSets: ['Read'], accounts: ['management'], expires: '2026-12-31' },
  ],
  rules: { maxReviewAge: [{ accounts: ['production'], age: '180d' }] },
};

/** Without the rule, by which the first apply would have been refused. */
async function start(): Promise<LocalFolder> {
  const { rules: _, ...free } = document;
  const local = createLocalFolder(free);
  expect((await local.idc(['apply', '--yes'])).code).toBe(0);
  local.write(document);
  return local;
}

/** Without the breaks of lines. */
const flat = (text: string): string => text.replaceAll(/\s+/g, ' ');
const pagesOf = (text: string): Review['pages'] => (JSON.parse(text) as Review).pages;

describe('idc review', () => {
  it('asks the owner of the account, else of the set, else of the group, and says who has it', async () => {
    const { idc } = await start();
    const { out, code } = await idc(['review', '--format', 'json']);
    expect(code).toBe(0);
    const short = pagesOf(out).map(({ owner, items }) => [
      owner,
      items.map(({ what, holders, due }) => [what, holders.join(' '), due.length]),
    ]);
    expect(short).toEqual([
      [
        'platform-team',
        [
          ['ann in group ops', 'ann', 1],
          ['bob in group ops', 'bob', 0],
          ['Admin in staging to group ops', 'ann bob', 0],
        ],
      ],
      ['shop-team', [['Read in production to group ops', 'ann bob', 1]]],
      [null, [['Read in management to ann', 'ann', 0]]],
    ]);
    const ajv = new Ajv({ strict: false });
    addFormats.default(ajv);
    const validate = ajv.compile(reviewJsonSchema() as object);
    expect(validate(JSON.parse(out)), JSON.stringify(validate.errors)).toBe(true);
    const published = readFileSync(new URL('../../../schemas/review.schema.json', import.meta.url), 'utf8');
    expect(JSON.parse(published)).toEqual(reviewJsonSchema());
  });

  it('says what a membership gives by its group, and what an assignment gives, the gravest first', async () => {
    const { idc } = await start();
    const { out } = await idc(['review', '--format', 'json']);
    const gives = Object.fromEntries(
      pagesOf(out).flatMap(({ items }) => items.map((item) => [item.what, item.gives] as const)),
    );
    const admin = { permissionSet: 'Admin', power: 'administrator', accounts: 1 };
    const read = { permissionSet: 'Read', power: 'read', accounts: 1 };
    expect(gives).toEqual({
      'ann in group ops': [admin, read],
      'bob in group ops': [admin, read],
      'Admin in staging to group ops': [admin],
      'Read in production to group ops': [read],
      'Read in management to ann': [read],
    });
    const text = await idc(['review', '--owner', 'platform-team']);
    expect(flat(text.out)).toContain('gives Admin (administrator) in 1 account and Read (read) in 1 account');
    const [head = '', first = ''] = (await idc(['review', '--format', 'csv'])).out.split('\r\n');
    expect(head).toMatch(/^owner,what,power,gives,also_asked,due,/);
    expect(first).toMatch(/^platform-team,.*,administrator,"Admin \(administrator\) in 1 account and Read/);
  });

  it('says each fault once, by the strictest of the rules that find it', async () => {
    const local = createLocalFolder({
      ...document,
      rules: {
        requireReason: [{ administrators: true }, { permissionSets: ['Admin'] }],
        maxReviewAge: [
          { age: '180d' },
          { accounts: ['production'], age: '90d' },
          { permissionSets: ['Read'], age: '120d' },
        ],
      },
    });
    const { out } = await runIdc(['review', '-f', local.file, '--offline', '--format', 'json']);
    const due = Object.fromEntries(
      pagesOf(out).flatMap(({ items }) => items.map((item) => [item.what, item.due] as const)),
    );
    expect(due).toMatchObject({
      'Read in production to group ops': ['was reviewed on 2025-01-01, more than 90d ago'],
      'Admin in staging to group ops': ['has neither reason nor ticket', 'was never reviewed'],
      'Read in management to ann': ['was never reviewed'],
    });
  });

  it('says who else is asked, and for whom a date answers too', async () => {
    const shared = { ...document.accounts, staging: { id: '444455556666', owner: 'data-team' } };
    const local = createLocalFolder({
      ...document,
      accounts: shared,
      assignments: [{ groups: ['ops'], permissionSets: ['Admin'], accounts: ['production', 'staging'] }],
    });
    const { out } = await runIdc(['review', '-f', local.file, '--offline']);
    expect(out).toContain('1 entry is asked of several owners.');
    expect(out).toMatch(/For data-team\n[^]*also asked: shop-team\n[^]*For shop-team\n[^]*also asked: data-team\n/);
    const write = ['review', '-f', local.file, '--offline', '--write'];
    const one = await runIdc([...write, '--owner', 'shop-team']);
    expect(flat(one.err)).toContain(': the date answers for data-team too.');
    const both = await runIdc([...write, '--owner', 'shop-team', '--owner', 'data-team']);
    expect(both.err).not.toContain('answers for');
  });

  it('lists only what is due, or what one owner is asked about', async () => {
    const { idc } = await start();
    const due = await idc(['review', '--due', '--format', 'json']);
    expect(pagesOf(due.out).map(({ owner, items }) => [owner, items.map(({ due: lacks }) => lacks)])).toEqual([
      ['platform-team', [['was never reviewed']]],
      ['shop-team', [['was reviewed on 2025-01-01, more than 180d ago']]],
    ]);
    const one = await idc(['review', '--owner', 'shop-team']);
    expect(one.out).toContain('For shop-team\n  ! Read in production to group ops');
    expect(one.out).not.toContain('platform-team');
    const nobody = await idc(['review', '--owner', 'shop-taem']);
    expect(nobody.code).toBe(1);
    expect(nobody.err).toContain('did you mean "shop-team"?');
  });

  it('is a page of Markdown, and a sheet that no spreadsheet takes for formulas', async () => {
    const { idc } = await start();
    const { out } = await idc(['review', '--owner', 'shop-team', '--format', 'markdown']);
    expect(out).toContain('## For shop-team: 1 entry, 1 due');
    expect(out).toContain('| `OPS-1` | `2025-01-01` |');
    const sheet = (await idc(['review', '--format', 'csv'])).out.split('\r\n');
    expect(sheet).toHaveLength(7);
    expect(sheet[2]).toContain(`"'=HYPERLINK(""x"")"`);
  });

  it('is a page to look at and to print, for its owner alone', async () => {
    const { idc, folder } = await start();
    const page = path.join(folder, 'review.html');
    const { code, out, err } = await idc(['review', '--due', '--format', 'html', '--out', page]);
    expect({ code, out }).toEqual({ code: 0, out: '' });
    expect(err).toContain('review.html, readable by you alone');
    expect(readFileSync(page, 'utf8')).toContain('Access to review: 2 entries, 2 due');
    expect(statSync(page).mode & 0o777).toBe(0o600);
    for (const args of [
      ['--format', 'html'],
      ['--out', page],
    ]) {
      expect((await idc(['review', ...args])).err).toContain('--format html goes with --out');
    }
  });

  it('asks about what is not live yet, of which no one has anything', async () => {
    const { idc } = createLocalFolder(document);
    const { out } = await idc(['review', '--owner', 'shop-team', '--format', 'json']);
    expect(pagesOf(out)[0]?.items.map(({ holders }) => holders)).toEqual([[]]);
  });
});

describe('idc review with a history', () => {
  /** Three applies, the last of them of another instance; the groups and the sets were there before the first. */
  async function withHistory(): Promise<{ local: LocalFolder; records: HistoryRecord[] }> {
    const { rules: _, assignments, groups, ...rest } = document;
    const [read, admin, direct] = assignments;
    const local = createLocalFolder({ ...rest, groups: { ops: { members: ['ann'] } }, assignments: [direct] });
    expect((await local.idc(['apply', '--yes'])).code).toBe(0);
    const records: ApplyRecord[] = [];
    const apply = async (day: string, change: object): Promise<void> => {
      local.write({ ...rest, ...change });
      const file = path.join(local.folder, 'record.json');
      const { code, err } = await local.idc(['apply', '--yes', '--record', file]);
      expect(code, err).toBe(0);
      const record = JSON.parse(readFileSync(file, 'utf8')) as ApplyRecord;
      records.push({ ...record, startedAt: `${day}T10:00:00.000Z`, endedAt: `${day}T10:05:00.000Z` });
    };
    await apply('2026-03-01', { groups: { ops: { members: ['ann'] } }, assignments: [direct, read] });
    await apply('2026-10-03', { groups, assignments: [direct, read, admin] });
    const elsewhere = {
      arn: 'arn:aws:sso:::instance/ssoins-fedcba9876543210',
      identityStoreId: 'd-fedcba9876',
      region: 'eu-west-1',
    };
    records.push(
      applyRecord('elsewhere', {
        instance: elsewhere,
        access: {
          people: [['ann']],
          gained: [{ permissionSet: 'Read', people: 0, accounts: ['999988887777'] }],
          lost: [],
        },
        users: {},
      }),
    );
    local.write(document);
    return { local, records: historyOf(records) };
  }
  const since = (text: string): Record<string, unknown> =>
    Object.fromEntries(pagesOf(text).flatMap(({ items }) => items.map((item) => [item.what, item.since] as const)));

  it('says since when each person has it, and of whom no record does; not by the records of another instance', async () => {
    const { local, records } = await withHistory();
    const dir = path.join(local.folder, 'history');
    writeHistory(dir, records);
    const ask = (...args: string[]) => local.idc(['review', '--history-dir', dir, ...args]);
    const { out, err } = await ask('--format', 'json');
    expect(err).toBe('');
    expect(since(out)).toEqual({
      'Read in production to group ops': [
        { since: '2026-10-03', holders: ['bob'] },
        { since: '2026-03-01', holders: ['ann'] },
      ],
      'Admin in staging to group ops': [{ since: '2026-10-03', holders: ['ann', 'bob'] }],
      // What the group gives: the first of it.
      'ann in group ops': [{ since: '2026-03-01', holders: ['ann'] }],
      'bob in group ops': [{ since: '2026-10-03', holders: ['bob'] }],
      'Read in management to ann': [{ since: null, holders: ['ann'] }],
    });
    const text = flat((await ask()).out);
    expect(text).toContain('Since when: by the history in the folder');
    expect(text).toContain('2 applies, 2026-03-01 to 2026-10-03.');
    expect(text).toContain('held by ann and bob since 2026-10-03: bob; 2026-03-01: ann');
    expect(text).toContain('held by ann since when is not recorded');
    const markdown = (await ask('--owner', 'shop-team', '--format', 'markdown')).out;
    expect(markdown).toContain('| Due | What it gives | Who has it now | Since | Why |');
    expect(markdown).toContain('| ann and bob | `2026-10-03`: bob; `2026-03-01`: ann |');
    const pages = (await ask('--format', 'markdown')).out;
    expect(pages.match(/^## For /gm)).toHaveLength(2);
    expect(pages.match(/Since when: by the history/g)).toHaveLength(1);
    const sheet = (await ask('--format', 'csv')).out;
    expect(sheet).toContain('"ann; bob","2026-10-03: bob; 2026-03-01: ann",');
    const page = path.join(local.folder, 'review.html');
    await ask('--format', 'html', '--out', page);
    expect(readFileSync(page, 'utf8')).toMatch(/2026-10-03: bob.*2026-03-01: ann/);
    // A file alone has no ids, and names no instance.
    const offline = (folder: string) =>
      runIdc(['review', '-f', local.file, '--offline', '--history-dir', folder, '--format', 'json']);
    expect(JSON.parse((await offline(dir)).out)).toMatchObject({
      history: { unknown: 'Its records are of several instances, and the file names none.' },
    });
    const own = path.join(local.folder, 'own');
    writeHistory(own, records.slice(0, 2));
    expect(since((await offline(own)).out)).toEqual(since(out));
  });

  it('says on the page itself that the records are not as they were written, so that a day may be wrong', async () => {
    const { local, records } = await withHistory();
    const dir = path.join(local.folder, 'history');
    const forged = records.map((record) => ({ ...record, endedAt: '2020-01-01T00:00:00.000Z' }));
    writeHistory(dir, forged);
    const ask = (...args: string[]) => local.idc(['review', '--history-dir', dir, ...args]);
    const wrong = '3 things are wrong with this history, so a day may be wrong';
    expect(flat((await ask()).out)).toContain(wrong);
    expect((await ask('--format', 'markdown')).out).toContain(wrong);
    expect(JSON.parse((await ask('--format', 'json')).out)).toMatchObject({ history: { faults: 3 } });
    writeHistory(path.join(local.folder, 'elsewhere'), historyOf(records.slice(2)));
    const none = await local.idc(['review', '--history-dir', path.join(local.folder, 'elsewhere'), '--format', 'json']);
    expect(JSON.parse(none.out)).toMatchObject({
      history: { unknown: 'The history has no readable record of this instance.' },
    });
  });

  it('says once that it is not known, and leaves it out, without a branch of records', async () => {
    const { idc, folder } = await start();
    const inFolderOf = (...args: string[]) => inFolder(folder, () => idc(['review', ...args]));
    const { out, err, code } = await inFolderOf();
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out.match(/Since when people have it is not known\./g)).toHaveLength(1);
    expect((await inFolderOf('--format', 'markdown')).out).not.toContain('Since');
    // What is asked for has to be there.
    const asked = await idc(['review', '--history-dir', path.join(folder, 'nowhere')]);
    expect([asked.code, asked.err]).toEqual([1, expect.stringContaining('no-history')]);
  });
});

describe('idc review --write', () => {
  const text = `version: 1
identityCenter: { region: us-east-1 }
accounts: { production: { id: "111122223333", owner: shop-team } }
users:
  ann: { givenName: Ann, familyName: A, email: ann@example.com }
groups:
  ops: { owner: dev-leads, members: [ann] } # all of them
permissionSets: { Read: { managedPolicies: [ReadOnlyAccess] } }
assignments:
  - { groups: [ops], permissionSets: [Read], accounts: [production], reason: Reads }
  - users: [ann]
    permissionSets: [Read]
    accounts: [production]
    expires: 2026-01-31
rules:
  maxReviewAge: [{ permissionSets: [Read], age: 180d }]
  requireReason: [{ permissionSets: [Read] }]
`;
  const at = (time: string) => ({ now: () => new Date(time) });
  const write = (content = text): LocalFolder => {
    const local = createLocalFolder({});
    writeFileSync(local.file, content);
    return local;
  };
  const run = ({ file }: LocalFolder, args: readonly string[], io: Partial<Io>) =>
    runIdc(['review', '-f', file, '--offline', ...args], io);
  const review = (local: LocalFolder, args: readonly string[]) => run(local, args, at('2026-11-30T23:59:59Z'));
  const dated = text
    .replace('members: [ann]', 'members: [{ user: ann, reviewed: 2026-11-30 }]')
    .replace('reason: Reads }', 'reason: Reads, reviewed: 2026-11-30 }');

  it('sets the day in UTC in what is due, and changes nothing else, not even the mode', async () => {
    const local = write();
    chmodSync(local.file, 0o664);
    const { code, out, err } = await review(local, ['--due', '--write', '--yes']);
    expect({ code, err }).toMatchObject({ code: 0 });
    expect(readFileSync(local.file, 'utf8')).toBe(dated);
    expect(statSync(local.file).mode & 0o777).toBe(0o664);
    expect(err).toContain('+  ops: { owner: dev-leads, members: [{ user: ann, reviewed: 2026-11-30 }] } # all of them');
    expect(out).toContain('due: never reviewed');
    const again = await review(local, ['--due', '--write', '--yes']);
    // The membership still lacks a reason, which a date does not give.
    expect(again).toMatchObject({ code: 0 });
    expect(flat(again.err)).toMatch(
      /^! ann in group ops .* gets no date: it lacks something else.*There is no date to set\. $/,
    );
    expect(readFileSync(local.file, 'utf8')).toBe(dated);
  });

  it('says that nothing is due', async () => {
    const local = write(dated.replace(/ {2}requireReason.*\n/, ''));
    expect(await review(local, ['--due', '--write', '--yes'])).toMatchObject({ code: 0, err: 'Nothing is due.\n' });
  });

  it('writes only what one owner is asked about, and names what is expired', async () => {
    const local = write();
    const { err } = await review(local, ['--owner', 'shop-team', '--write', '--yes']);
    expect(readFileSync(local.file, 'utf8')).toBe(text.replace('Reads }', 'Reads, reviewed: 2026-11-30 }'));
    expect(flat(err)).toMatch(/identity\.yaml:\d+\) gets no date: it has expired\. Remove it\. /);
  });

  it('leaves the date of someone who is further east, and mends one that is too late to count', async () => {
    const local = write(dated.replace(/reason: Reads, reviewed: \S+/, 'reason: Reads, reviewed: 2026-12-01'));
    const { err } = await review(local, ['--owner', 'shop-team', '--write', '--yes']);
    expect(err).toContain('There is no date to set.');
    const late = write(dated.replace(/reason: Reads, reviewed: \S+/, 'reason: Reads, reviewed: 2027-12-01'));
    await review(late, ['--owner', 'shop-team', '--write', '--yes']);
    expect(readFileSync(late.file, 'utf8')).toBe(dated);
  });

  it('asks first, and writes nothing without a yes', async () => {
    const local = write();
    const refused = await review(local, ['--write']);
    expect(refused.code).toBe(3);
    expect(refused.err).toContain('Add --yes');
    const asked: string[] = [];
    const answer = (text: string) => ({
      ...at('2026-11-30T00:00:00Z'),
      canAsk: true,
      ask: (question: string) => {
        asked.push(question);
        return Promise.resolve(text);
      },
    });
    expect((await run(local, ['--write'], answer('no'))).code).toBe(3);
    expect(readFileSync(local.file, 'utf8')).toBe(text);
    expect((await run(local, ['--write'], answer('yes'))).code).toBe(0);
    expect(readFileSync(local.file, 'utf8')).toBe(dated);
    expect(asked[0]).toContain('Write reviewed: 2026-11-30 in 2 entries of ');
  });

  it('writes nothing where a file changes while it asks', async () => {
    const local = write();
    const { code, err } = await run(local, ['--write'], {
      canAsk: true,
      ask: () => {
        appendFileSync(local.file, '# new\n');
        return Promise.resolve('yes');
      },
    });
    expect(code).toBe(1);
    expect(err).toContain('has been changed since it was read. (file-changed)');
    expect(readFileSync(local.file, 'utf8')).toBe(`${text}# new\n`);
  });

  it('writes a patch instead, by the path from here', async () => {
    const local = write(text.replaceAll('\n', '\r\n'));
    const patch = path.join(local.folder, 'dates.patch');
    vi.spyOn(process, 'cwd').mockReturnValue(local.folder);
    const { code, err } = await review(local, ['--due', '--patch', patch]).finally(() => vi.restoreAllMocks());
    expect({ code, err }).toMatchObject({ code: 0 });
    expect(readFileSync(local.file, 'utf8')).toBe(text.replaceAll('\n', '\r\n'));
    const [one] = parsePatch(readFileSync(patch, 'utf8'));
    expect(one).toMatchObject({ oldFileName: 'a/identity.yaml', newFileName: 'b/identity.yaml' });
    expect(applyPatch(readFileSync(local.file, 'utf8'), one ?? '')).toBe(dated.replaceAll('\n', '\r\n'));
  });

  it('takes no standard input', async () => {
    expect((await runIdc(['review', '--offline', '--write', '-f', '-'])).err).toContain('flags-mismatch');
  });
});
