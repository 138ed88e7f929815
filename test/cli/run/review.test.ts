import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import type { Review } from '../../../src/core/review.ts';
import { reviewJsonSchema } from '../../../src/formats/review.ts';
import { person } from '../../support/live.ts';
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

  it('asks about what is not live yet, of which no one has anything', async () => {
    const { idc } = createLocalFolder(document);
    const { out } = await idc(['review', '--owner', 'shop-team', '--format', 'json']);
    expect(pagesOf(out)[0]?.items.map(({ holders }) => holders)).toEqual([[]]);
  });
});
