import { writeFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { expect, it } from 'vitest';
import type { AccessAnswer } from '../../../src/core/access-answer.ts';
import { accessJsonSchema } from '../../../src/formats/access.ts';
import { accounts, person } from '../../support/live.ts';
import { createLocalFolder } from '../../support/local-folder.ts';
import { runIdc } from '../../support/run-idc.ts';

// What entries say of why stands wherever their line does.

const hostile = '=cmd|<img src=x> [a](http://x.example) @team \u{202e}';

/** Two entries ask for the same, two stand in one line, and the reason of one would act on what shows it. */
const file = `version: 1
identityCenter: {}
accounts: ${JSON.stringify(accounts)}
users:
  ann: ${JSON.stringify(person('ann'))}
  bob: ${JSON.stringify(person('bob'))}
groups:
  ops:
    members:
      - { user: ann, reason: Leads it, ticket: HR-7, reviewed: 2026-05-02 }
      - bob
permissionSets:
  Admin: { managedPolicies: [AdministratorAccess] }
  Read: {}
assignments:
  - { groups: [ops], permissionSets: [Admin], accounts: [production], reason: On call, ticket: OPS-12, reviewed: 2026-05-01 }
  - { groups: [ops], permissionSets: [Admin], accounts: [production], reason: Migration }
  [ONE LINE]
`.replace(
  '[ONE LINE]',
  `- { users: [bob], permissionSets: [Read], accounts: [staging], reason: ${JSON.stringify(hostile)} }`,
);

/** The sections in the order of the file, all in its first line. */
const inOneLine = JSON.stringify({
  version: 1,
  identityCenter: {},
  accounts,
  users: { ann: person('ann'), bob: person('bob') },
  groups: {},
  permissionSets: { Read: {} },
  assignments: [
    { users: ['ann'], permissionSets: ['Read'], accounts: ['staging'], reason: 'One' },
    { users: ['bob'], permissionSets: ['Read'], accounts: ['staging'], reason: 'Two' },
  ],
});

async function ask(text: string, ...flags: string[]): Promise<string> {
  const local = createLocalFolder({});
  writeFileSync(local.file, text);
  const { code, out, err } = await runIdc(['access', '-f', local.file, '--offline', ...flags]);
  expect(code, err).toBe(0);
  return out;
}

it('is in the text in a line of its own, and where nothing is said there is none', async () => {
  const whole = await ask(file);
  expect(whole).toContain('ops: ann and bob\n        why: On call (OPS-12), reviewed 2026-05-01; Migration\n');
  expect(whole).toContain(String.raw`why: =cmd|<img src=x> [a](http://x.example) @team \u202e`);
  expect(whole).not.toContain('Leads it');
  const own = await ask(file, '--user', 'ann');
  expect(own.replaceAll(/\s+/g, ' ')).toContain(
    'why: On call (OPS-12), reviewed 2026-05-01; Migration; why a member: Leads it (HR-7), reviewed 2026-05-02',
  );
  expect(own.split('\n').filter((line) => line.length > 80)).toEqual([]);
  expect(await ask(file.replaceAll(/, reason: .*/g, ' }'))).not.toContain('why');
});

it('is in JSON at the place of each entry, by the published schema', async () => {
  const answer = JSON.parse(await ask(file, '--format', 'json')) as AccessAnswer;
  const validate = addFormats.default(new Ajv({ strict: false })).compile(accessJsonSchema() as object);
  expect(validate(answer), JSON.stringify(validate.errors)).toBe(true);
  const [admin, read] = answer.grants;
  const [first, second, ...others] = admin?.places ?? [];
  expect(first).toMatchObject({ reason: 'On call', ticket: 'OPS-12', reviewed: '2026-05-01' });
  expect(second).toEqual({ file: first?.file, line: 17, column: second?.column, reason: 'Migration' });
  expect(others).toEqual([]);
  expect(read?.places).toMatchObject([{ reason: hostile }]);
  expect(answer.groups[0]?.members.map(({ places }) => places[0]?.reason)).toEqual(['Leads it', undefined]);
});

it('is that of the entry and not of the line', async () => {
  const { grants } = JSON.parse(await ask(inOneLine, '--format', 'json')) as AccessAnswer;
  expect(grants.map(({ users, places }) => [users, places.map(({ line, reason }) => [line, reason])])).toEqual([
    [['ann'], [[1, 'One']]],
    [['bob'], [[1, 'Two']]],
  ]);
});

it('has columns of CSV, of which no spreadsheet runs any', async () => {
  const out = await ask(file, '--format', 'csv');
  const [heads = '', ...rows] = out.split('\r\n').slice(0, -1);
  const at = heads.split(',').indexOf('reason');
  expect(
    heads
      .split(',')
      .slice(at, at + 9)
      .join(),
  ).toBe(
    'reason,ticket,last_reviewed,membership_status,membership_ends,membership_lines,membership_reason,membership_ticket,membership_last_reviewed',
  );
  expect(rows[0]?.split(',').slice(at).join()).toMatch(
    /^"On call; Migration",OPS-12,2026-05-01,declared,,[^,]*:10,"Leads it",HR-7,2026-05-02,/,
  );
  expect(out).toContain(`"'=cmd|`);
  expect(out).not.toMatch(/(^|,)"?[=+@-]/m);
});

it('is in Markdown as text alone', async () => {
  const out = await ask(file, '--format', 'markdown');
  expect(out).toContain('why: On call');
  const row = out.split('\n').find((line) => line.startsWith('| Read |')) ?? '';
  expect(row).toContain('why: ');
  expect(row.replaceAll(/`[^`]*`/g, '')).not.toMatch(/[<@[\]]|http/);
  expect(row.replaceAll('\\|', '').split('|')).toHaveLength(8);
});
