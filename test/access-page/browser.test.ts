import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pageOptions } from '../../scripts/bundle.mjs';
import { pageHtml, type PageAssets } from '../../src/access-page/html.ts';
import {
  differencePageOf,
  knownSetEntries,
  pageOf,
  type DifferenceNote,
  type PageNote,
} from '../support/access-page.ts';
import { findFaults } from '../support/axe.ts';
import { closeBrowser, noBrowser, openPage } from '../support/browser.ts';
import { hostileChange, hostileNames, hostileNote } from '../support/hostile-names.ts';

let folder = '';
let assets: PageAssets;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'idc-page-'));
  const { outputFiles } = await build({ ...pageOptions, outdir: folder, write: false });
  const textOf = (end: string): string => outputFiles.find((file) => file.path.endsWith(end))?.text ?? '';
  assets = { script: textOf('page.js'), style: textOf('style.css') };
});
afterAll(async () => {
  await closeBrowser();
  rmSync(folder, { recursive: true, force: true });
});

const id = (index: number): string => String(100_000_000_000 + index);

const onCall = { reason: 'On call\u{202e}', ticket: 'OPS-12', reviewed: '2026-06-01' };
const onCallSaid = String.raw`Why: On call\u202e (OPS-12), reviewed 2026-06-01`;
const leadsSaid = 'Why a member: Leads <b>pay</b>, reviewed 2026-05-01';

/** A company with two teams, each with five accounts in development and in production. */
function company(): PageNote {
  const teams = ['pay', 'shop'];
  const names = (team: string, stage: string): string[] =>
    ['api', 'web', 'db', 'job', 'edge'].map((part) => `${team}-${part}-${stage}`);
  const accounts = [
    { name: 'management' },
    ...teams.flatMap((team) => names(team, 'dev').map((name) => ({ name, unit: 'Workloads/Dev' }))),
    ...teams.flatMap((team) => names(team, 'prod').map((name) => ({ name, unit: 'Workloads/Prod' }))),
    { name: 'unused', unit: 'Sandbox' },
  ];
  const people = 'abcdefghijkl'.split('').map((letter) => `${letter}nna`);
  return {
    accounts: accounts.map((account, index) => ({ id: id(index), ...account })),
    file: {
      production: { organizationalUnits: ['Workloads/Prod'] },
      users: Object.fromEntries(people.map((name) => [name, { givenName: name, familyName: 'Example' }])),
      groups: {
        admins: { members: ['anna', { user: 'bnna', expires: '2026-06-30' }] },
        pay: { members: [{ user: 'cnna', reason: 'Leads <b>pay</b>', reviewed: '2026-05-01' }, ...people.slice(3, 6)] },
        shop: { members: people.slice(5, 9) },
        empty: { members: [] },
      },
      permissionSets: knownSetEntries,
      assignments: [
        { groups: ['admins'], permissionSets: ['Admin'], organizationalUnits: ['Workloads'] },
        { users: ['anna'], permissionSets: ['Admin'], accounts: ['management'], expires: '2026-07-01' },
        { users: ['cnna'], permissionSets: ['Raiser'], accounts: ['management'] },
        { groups: ['pay'], permissionSets: ['Writer'], accounts: ['pay-*-dev', 'pay-api-prod'], ...onCall },
        { groups: ['pay'], permissionSets: ['Reader'], accounts: ['pay-*-prod'] },
        { groups: ['shop'], permissionSets: ['Custom'], accounts: ['shop-*'] },
        { groups: ['empty'], permissionSets: ['Reader'], accounts: ['management'] },
        { users: ['jnna'], permissionSets: ['Mfa'], accounts: ['management'] },
      ],
    },
  };
}

/** The same company as it becomes: users come and go, members too, sets are edited, an end is moved. */
function change(): DifferenceNote {
  const { accounts, file } = company();
  const before = file as { users: object; groups: object; permissionSets: object; assignments: object[] };
  const [first, second, ...others] = before.assignments;
  const names = { givenName: 'Some', familyName: 'Body' };
  return {
    accounts,
    before: { ...before, users: { ...before.users, ynna: names } },
    after: {
      ...before,
      users: { ...before.users, znna: names },
      groups: { ...before.groups, pay: { members: ['dnna', 'enna', 'fnna', 'lnna'] } },
      permissionSets: {
        ...before.permissionSets,
        Custom: knownSetEntries['Writer'],
        Reader: { ...knownSetEntries['Reader'], sessionDuration: 'PT8H' },
      },
      assignments: [
        first,
        { ...second, expires: '2026-12-31' },
        ...others,
        { users: ['hnna'], permissionSets: ['Admin'], accounts: ['pay-*-prod'] },
      ],
    },
  };
}

/** Each is made once. */
type Note = PageNote | DifferenceNote;
const pages = new Map<Note, string>();
const ourCompany = company();
const ourQuestion: PageNote = { ...ourCompany, question: { actions: ['s3:DeleteBucket'] } };
const ourChange = change();
const hostile = hostileNote();
const changedHostile = hostileChange();

/** Opens the page about an organization, or about what becomes of one; what it asked the network for, and what went wrong in it. */
async function open(
  note: Note,
  options: Parameters<typeof openPage>[0] = {},
  fragment = '',
): Promise<{ page: Page; asked: string[]; wrong: string[]; address: string }> {
  const known =
    pages.get(note) ?? pageHtml((await ('after' in note ? differencePageOf(note) : pageOf(note))).data, assets);
  pages.set(note, known);
  const file = path.join(folder, 'access.html');
  writeFileSync(file, known);
  const page = await openPage({ viewport: { width: 1280, height: 800 }, ...options });
  const [asked, wrong]: string[][] = [[], []];
  page.on('request', (request) => asked?.push(request.url()));
  page.on('console', (message) => wrong?.push(message.text()));
  page.on('pageerror', (error) => wrong?.push(error.message));
  const address = pathToFileURL(file).href;
  await page.goto(address + fragment);
  return { page, asked: asked ?? [], wrong: wrong ?? [], address };
}

const facts = (page: Page): Promise<string[]> => page.locator('.facts button').allInnerTexts();
/** The texts of the widest choice that have no room in it: what a browser adds beside them is some 32 pixels. */
const cutChoices = `[...document.querySelectorAll('.filters .wide select')].flatMap((select) => {
  const pen = document.createElement('canvas').getContext('2d');
  pen.font = getComputedStyle(select).font;
  return [...select.options].map(({ text }) => text)
    .filter((text) => select.clientWidth > 0 && pen.measureText(text).width + 32 > select.clientWidth);
})`;
const sentence = (page: Page): Promise<string> => page.getByRole('status').innerText();

describe.skipIf(noBrowser)(`the page in a browser${noBrowser === undefined ? '' : ` (skipped: ${noBrowser})`}`, () => {
  it('answers the first questions without a click, and each fact shows what it counts', async () => {
    const { page, wrong } = await open(ourCompany);
    expect((await facts(page)).map((text) => text.replaceAll('\n', ' '))).toEqual([
      '12 × 22 people × accounts',
      '2 people administer an account; 1 more under a condition',
      '1 person administers the management account; 1 more under a condition; 1 more can raise rights there',
      '6 people can write in production, 10 accounts; 3 more may, by unknown policies',
      '3 grants to people directly, without a group',
      '2 people have access by a grant or membership that ends within 30 days',
    ]);
    expect(await sentence(page)).toBe(
      '10 people have access in at least one of 21 accounts of 22 (1 in all of them), by 8 grants; 2 of them administer; 3 of them perhaps, by unknown policies alone; 2 have none.',
    );
    expect(await page.getByText('No one shown here has access to 1 account: unused.').count()).toBe(1);
    const said: string[] = [];
    for (const fact of await page.locator('.facts button').all()) {
      await fact.click();
      await page.waitForFunction(
        (button) => button?.getAttribute('aria-pressed') === 'true',
        await fact.elementHandle(),
      );
      said.push(await sentence(page));
      if ((await fact.innerText()).startsWith('12')) continue;
      await fact.click();
      await page.waitForFunction(
        (button) => button?.getAttribute('aria-pressed') === 'false',
        await fact.elementHandle(),
      );
    }
    expect(said.slice(1)).toEqual([
      '3 people administer, if only under a condition, at least one of 21 accounts of 22 (1 all of them), by 3 grants; 2 of them without a condition.',
      '3 people can raise rights or more in 1 account, by 3 grants; 1 of them administers.',
      '9 people can write or more in at least one of 10 accounts (2 in all of them), by 3 grants; 2 of them administer; 3 of them perhaps, by unknown policies alone.',
      '3 people have access in 1 of 22 accounts without a group, by 3 grants; 1 of them administers.',
      '2 people have access in at least one of 21 accounts of 22 (none in all of them) by a grant or membership that ends within 30 days (2 grants); 2 of them administer.',
    ]);
    expect(wrong).toEqual([]);
  });

  it('says what was asked for, and how far each grant allows it', async () => {
    const { page, wrong } = await open(ourQuestion);
    expect(await page.locator('header').innerText()).toContain(
      'This page has a part of the access alone, since it was asked for: action s3:DeleteBucket',
    );
    expect((await facts(page))[0]?.replaceAll('\n', ' ')).toBe(
      '10 × 21 people × accounts by this question, of 12 × 22',
    );
    expect(await sentence(page)).toBe(
      '10 people may use s3:DeleteBucket in at least one of 21 accounts of 22 (1 in all of them), by 6 grants; 2 of them administer; 6 for certain; 1 in part; 3 perhaps; 2 have none of it.',
    );
    await page.getByLabel('May use it').selectOption('in-part');
    expect(await page.locator('.cell').filter({ hasText: 'may use it: in part' }).count()).toBe(1);
    await page.getByRole('link', { name: 'Grants' }).click();
    await page.getByRole('table').waitFor();
    expect(await page.locator('td.allows').allInnerTexts()).toEqual(['in part']);
    expect(wrong).toEqual([]);
  });

  it('keeps what is looked at in its address, so that it can be sent', async () => {
    const { page, address } = await open(ourCompany);
    await page.getByLabel('Person or group').fill('cnna');
    await page.getByLabel('Power at least').selectOption('write');
    await page.getByRole('link', { name: 'Grants' }).click();
    await page.getByRole('table').waitFor();
    const sent = page.url();
    expect(sent).toBe(`${address}#view=grants&who=cnna&power=write`);
    const other = await open(ourCompany, {}, new URL(sent).hash);
    expect(await sentence(other.page)).toBe('1 person can write or more in 7 of 22 accounts, by 2 grants.');
    await page.goBack();
    expect(await page.getByRole('grid').count()).toBe(1);
  });

  it('says why: by which grant, through which group and by which lines', async () => {
    const { page } = await open(ourCompany);
    const row = page.getByRole('row').filter({ hasText: 'cnna' });
    await row.locator('.cell .power.write').first().click();
    const panel = page.getByRole('complementary', { name: 'Why' });
    expect(await panel.innerText()).toMatch(
      /cnna in pay-\*-dev \(5\)[^]*write\s+Writer\s+through group pay, line \d+\s+Why: .+\s+member by line \d+/,
    );
    for (const said of [onCallSaid, leadsSaid]) expect(await panel.innerText()).toContain(said);
    await page.keyboard.press('Escape');
    expect(await panel.count()).toBe(0);
    await page.goto(`${page.url().replace(/#.*/, '')}#person/cnna`);
    for (const said of [onCallSaid, leadsSaid]) expect(await page.locator('main').innerText()).toContain(said);
    expect(await page.locator('main').innerText()).toContain('Has access to 11 of 22 accounts, by 3 grants.');
    await page.goto(`${page.url().replace(/#.*/, '')}#account/${id(11)}`);
    expect(await page.locator('main').innerText()).toMatch(
      /pay-api-prod\s+Account 100000000011, production, in Workloads\/Prod\.\s+6 people have access, by 3 grants\./,
    );
  });

  it('can be gone through by the keyboard alone', async () => {
    const { page } = await open(ourCompany);
    await page.keyboard.press('/');
    await page.keyboard.type('anna');
    expect(await page.getByLabel('Person or group').inputValue()).toBe('anna');
    await page.getByLabel('Person or group').fill('');
    const focused = page.locator(':focus');
    const grid = page.getByRole('grid');
    await grid.locator('[tabindex="0"]').focus();
    expect(await grid.locator('[tabindex="0"]').count()).toBe(1);
    for (const key of ['Control+End', 'Control+Home', 'ArrowRight', 'ArrowRight', 'ArrowDown', 'ArrowUp'])
      await page.keyboard.press(key);
    expect(await focused.getAttribute('aria-colindex')).toBe('3');
    expect(await page.locator('[role=row]:has(:focus)').getAttribute('aria-rowindex')).toBe('3');
    await page.keyboard.press('Enter');
    const panel = page.getByRole('complementary', { name: 'Why' });
    await panel.locator('h2:focus').waitFor();
    await page.keyboard.press('Escape');
    await grid.locator(':focus').waitFor();
    expect(await focused.getAttribute('aria-colindex')).toBe('3');
  });

  it('shows hostile names as text, makes nothing of them and asks no one for anything', async () => {
    const fragments = ['', '#view=grants', `#person/${encodeURIComponent(hostileNames[0] ?? '')}`, `#account/${id(0)}`];
    const tried = [hostile, changedHostile].flatMap((note) => fragments.map((fragment) => ({ note, fragment })));
    for (const { note, fragment } of tried) {
      const { page, asked, wrong, address } = await open(note, {}, fragment);
      await page.locator('details').evaluateAll((all) => all.forEach((one) => one.setAttribute('open', '')));
      await page.waitForFunction(`document.querySelectorAll('details:not(:has(.opened))').length === 0`);
      expect(asked).toEqual([address + fragment].map((one) => one.replace(/#.*/, '')));
      expect(wrong).toEqual([]);
      expect(await page.locator('script').count()).toBe(2);
      expect(await page.locator('img, iframe, base, object, form[action]').count()).toBe(0);
      const links = await page.locator('a').evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
      expect(links.filter((href) => !href.startsWith('#'))).toEqual([]);
    }
    const { page } = await open(hostile, {}, '#view=grants');
    const text = await page.locator('main').innerText();
    const seen = [
      '</script><script>fetch("http://127.0.0.1:9/script")</script>',
      '<img src=http://127.0.0.1:9/image onerror=alert(1)>',
      '__proto__',
      String.raw`a\u202egpj.exe`,
      String.raw`\u200b\u2060`,
      String.raw`line\u2028break`,
      'שלום',
    ];
    expect(seen.filter((name) => !text.includes(name))).toEqual([]);
    // Also what an attacker got into the page could do nothing.
    const attempt = (code: string): Promise<unknown> =>
      page.evaluate(`(() => { try { ${code}; return 'done'; } catch (error) { return error.name; } })()`);
    const blocked = [
      await attempt(`document.body.insertAdjacentHTML('beforeend', '<b>x</b>')`),
      await attempt(`document.createElement('script').text = 'x'`),
    ];
    expect(blocked).toEqual(['TypeError', 'TypeError']);
  });

  it('shows what changes for whom, and each fact shows what it counts', async () => {
    const { page, wrong } = await open(ourChange);
    const plain = (text: string): string => text.replaceAll('\n', ' ');
    expect((await facts(page)).map(plain)).toEqual([
      '2 people gain a permission set, in 10 accounts',
      '1 person loses a permission set, in 10 accounts',
      '1 person newly administers an account, none before: hnna',
      '2 sets edited held by 6 people before and after; 1 of them in session length alone',
      '8 people affected in 10 accounts of production',
      '1 end moved of grants and memberships',
    ]);
    const said: string[] = [];
    for (const fact of await page.locator('.facts button').all()) {
      await fact.click();
      await page.waitForFunction(
        (button) => button?.getAttribute('aria-pressed') === 'true',
        await fact.elementHandle(),
      );
      said.push(await sentence(page));
    }
    expect(said).toEqual([
      '2 people gain a permission set in 10 of 22 accounts; 3 grants differ.',
      '1 person loses a permission set in 10 of 22 accounts; 2 grants differ.',
      '1 person newly administers an account, in 5 of 22 accounts; 1 grant differs.',
      '6 people hold an edited permission set in 15 of 22 accounts; 3 grants differ.',
      '8 people’s access changes in 10 accounts; 2 gain a permission set; 1 loses one; 6 hold an edited one; 4 grants differ.',
      '1 person has access that ends at another time in 1 of 22 accounts; 1 grant differs.',
    ]);
    expect(await page.locator('.users').allInnerTexts()).toEqual([
      '1 new user: znna (holds nothing)',
      '1 removed user: ynna (held nothing)',
    ]);
    expect(wrong).toEqual([]);
  });

  it('says in a cell and in its reasons what was there before', async () => {
    const { page } = await open(ourChange, {}, '#view=matrix&change=gains');
    const row = page.getByRole('row').filter({ hasText: 'lnna' });
    const cell = row
      .locator('.cell')
      .filter({ has: page.locator('.power.write') })
      .first();
    expect(await cell.innerText()).toMatch(/\+\s+new:\s+W\s+write/);
    await cell.click();
    const panel = page.getByRole('complementary', { name: 'Why' });
    expect(await panel.innerText()).toMatch(
      /\+ new\s+write\s+Writer\s+through group pay, after\.yaml:\d+\s+Why: On call.+\s+member by/,
    );
    await page.goto(`${page.url().replace(/#.*/, '')}#person/cnna`);
    expect(await page.locator('main').innerText()).toMatch(
      /Had access to 11 of 22 accounts before, has access to 1 after\.[^]*removed[^]*Writer[^]*unchanged[^]*Raiser/,
    );
    await page.goto(`${page.url().replace(/#.*/, '')}#account/${id(11)}`);
    expect(await page.locator('main').innerText()).toMatch(
      /6 people had access before\. 7 people have access after\.[^]*new:\s+hnna[^]*No longer has access: 1 person\s+−\s+removed:\s+cnna/,
    );
  });

  it('draws only the rows that are seen, of thousands', async () => {
    const count = 2000;
    const many: PageNote = {
      accounts: Array.from({ length: 30 }, (_, index) => ({ id: id(index), name: `account-${index}` })),
      file: {
        users: Object.fromEntries(
          Array.from({ length: count }, (_, index) => [`user-${index}`, { givenName: 'a', familyName: 'b' }]),
        ),
        groups: {},
        permissionSets: knownSetEntries,
        assignments: Array.from({ length: count }, (_, index) => ({
          users: [`user-${index}`],
          permissionSets: [index % 2 === 0 ? 'Writer' : 'Reader'],
          accounts: [...new Set([id(index % 30), id(Math.floor(index / 30) % 30), id(Math.floor(index / 900))])],
        })),
      },
    };
    const { page } = await open(many);
    const grid = page.getByRole('grid');
    const rows = Number(await grid.getAttribute('aria-rowcount')) - 2;
    expect(rows).toBeGreaterThan(300);
    expect(await grid.getByRole('row').count()).toBeLessThan(60);
    await grid.locator('[tabindex="0"]').focus();
    await page.keyboard.press('Control+End');
    expect(await page.locator('[role=row]:has(:focus)').getAttribute('aria-rowindex')).toBe(String(rows + 2));
    expect(await page.locator(':focus').isVisible()).toBe(true);
    await page.getByRole('link', { name: 'Grants' }).click();
    expect(await page.getByRole('table').getByRole('row').count()).toBe(101);
    await page.getByRole('button', { name: 'Show 200 more' }).click();
    expect(await page.getByRole('table').getByRole('row').count()).toBe(301);
    await page.getByLabel('Permission set').selectOption('Writer');
    await page.evaluate(`dispatchEvent(new Event('beforeprint'))`);
    expect(await page.getByRole('table').getByRole('row').count()).toBe(301);
    const printed = await page.locator('main').innerText();
    expect(printed).toContain('Filtered by Permission set: Writer.');
    expect(printed).toContain('the 300 strongest of 1,000 grants are, and 700 are left out.');
  });

  it('prints every grant, with all names open', async () => {
    const { page } = await open(ourCompany);
    await page.evaluate(`addEventListener('beforeprint', () => {
      const count = (selector) => document.querySelectorAll(selector).length;
      document.title = count('.grants tbody tr') + ' rows, ' + count('details:not([open])') + ' closed, ' + count('[role=grid]') + ' grids';
    })`);
    const paper = await page.pdf({ preferCSSPageSize: true });
    expect(await page.title()).toBe('8 rows, 0 closed, 0 grids');
    expect(paper.subarray(0, 5).toString()).toBe('%PDF-');
    await page.getByRole('grid').waitFor();
  });

  it('says what to do where scripts do not run', async () => {
    const { page } = await open(ourCompany, { javaScriptEnabled: false });
    expect(await page.locator('body').innerText()).toContain('This page needs JavaScript');
  });

  const states: [what: string, fragment: string, act?: (page: Page) => Promise<void>][] = [
    ['the matrix', '#view=matrix'],
    ['a reason', '#view=matrix&who=nna', async (page) => page.locator('.cell .power').nth(3).click()],
    ['the grants', '#view=grants'],
    ['opened grants', '#view=grants&who=nn', async (page) => page.locator('main table summary').first().click()],
    ['nothing found', '#view=matrix&who=nobody'],
    ['a person', '#person/cnna'],
    ['an account', `#account/${id(11)}`],
    ['all changes', '#view=matrix&change=all'],
    ['changed grants', '#view=grants&change=all'],
  ];
  it.each([
    ['a screen', { width: 1280, height: 800 }],
    ['a phone', { width: 390, height: 844 }],
  ])('has no fault that axe finds on %s, light and dark, and nothing that is cut off', async (_what, viewport) => {
    const found: string[] = [];
    for (const note of [ourCompany, ourChange]) await examine(note);
    await examine(ourQuestion, ['the matrix', 'the grants']);
    expect(found).toEqual([]);

    async function examine(note: Note, some?: readonly string[]): Promise<void> {
      const { page, address } = await open(note, { viewport, bypassCSP: true });
      for (const [what, fragment, act] of states) {
        if (some?.includes(what) === false) continue;
        await page.goto(address + fragment);
        await act?.(page);
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme });
          const faults = await findFaults(page);
          found.push(...faults.map((fault) => `${what}, ${colorScheme}: ${fault}`));
        }
        const hidden = Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'));
        if (hidden > 0) found.push(`${what}: ${hidden} pixels are cut off`);
        found.push(...(await page.evaluate<string[]>(cutChoices)).map((text) => `${what}: "${text}" is cut off`));
      }
    }
  });
});
