import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse, type DefaultTreeAdapterTypes } from 'parse5';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import type { Review, ReviewItem } from '../../../src/core/review.ts';
import { sanitize } from '../../../src/core/sanitize.ts';
import { renderReviewHtml } from '../../../src/render/html/review.ts';
import { findFaults } from '../../support/axe.ts';
import { closeBrowser, noBrowser, openPage } from '../../support/browser.ts';
import { hostileNames } from '../../support/hostile-names.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'idc-review-'));
afterAll(async () => {
  await closeBrowser();
  rmSync(folder, { recursive: true, force: true });
});

const now = new Date('2026-11-30T12:00:00Z');
const people = Array.from({ length: 40 }, (_, index) => `user-${index}`);
const item = (rest: Partial<ReviewItem>): ReviewItem => ({
  what: 'Read in production to ann',
  holders: ['ann'],
  gives: [],
  owners: [],
  due: [],
  ...rest,
});
const review: Review = {
  formatVersion: 1,
  source: { type: 'live' },
  history: {
    source: { type: 'git', ref: 'origin/identity-center-history', commit: 'a'.repeat(40) },
    records: { count: 2, from: '2026-01-01T10:00:00.000Z', until: '2026-10-03T10:15:00.000Z' },
  },
  pages: [
    {
      owner: 'shop-team',
      items: [
        item({
          due: ['was never reviewed'],
          place: { file: 'identity.yaml', line: 7, column: 3 },
          reason: 'Releases',
          ticket: 'OPS-1',
          since: [{ since: '2026-10-03', holders: ['ann'] }],
        }),
        item({
          what: 'Deploy in production to group ops',
          holders: people,
          since: [
            { since: '2026-10-03', holders: people.slice(0, 1) },
            { since: null, holders: people.slice(1) },
          ],
          reviewed: '2026-11-01',
          until: '2027-01-31',
        }),
        item({ what: 'Read in staging to group ops', holders: people, reviewed: '2026-11-01', until: '2027-01-31' }),
      ],
    },
    { owner: null, items: [item({ holders: [] })] },
  ],
};
const hostile: Review = {
  ...review,
  pages: hostileNames.map((name) => ({
    owner: name,
    items: [
      item({
        what: name,
        reason: name,
        ticket: name,
        holders: [name],
        since: [
          { since: '2026-10-03', holders: [name] },
          { since: null, holders: [name] },
        ],
        due: [name],
        until: name,
        reviewed: name,
        place: { file: name, line: 1, column: 1 },
      }),
    ],
  })),
};

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;
const elementsOf = (node: Node): Element[] => [
  ...('tagName' in node ? [node] : []),
  ...('childNodes' in node ? node.childNodes.flatMap(elementsOf) : []),
];
const textOf = (node: Node): string =>
  'value' in node ? node.value : 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';

describe('the file of a review', () => {
  const elements = elementsOf(parse(renderReviewHtml(hostile, now)));

  it('lets no program run and asks no one for anything, whatever is in the names', () => {
    const [style, ...otherStyles] = elements.filter(({ tagName }) => tagName === 'style');
    expect(otherStyles).toEqual([]);
    const hash = createHash('sha256')
      .update(textOf(style as Element))
      .digest('base64');
    const policy = elements.flatMap(({ attrs }) => attrs).find(({ value }) => value.startsWith('default-src'));
    expect(policy?.value.split('; ').slice(0, 2)).toEqual(["default-src 'none'", `style-src 'sha256-${hash}'`]);
    const tags = [...new Set(elements.map(({ tagName }) => tagName))].sort();
    expect(tags).toEqual([
      'a',
      'bdi',
      'body',
      'code',
      'div',
      'h1',
      'h2',
      'head',
      'html',
      'li',
      'main',
      'meta',
      'nav',
      'p',
      'section',
      'span',
      'style',
      'table',
      'tbody',
      'td',
      'th',
      'thead',
      'title',
      'tr',
      'ul',
    ]);
    const attributes = elements.flatMap(({ attrs }) => attrs);
    expect(attributes.filter(({ name }) => /^(src|style|on.*|action)$/.test(name))).toEqual([]);
    expect(attributes.filter(({ name, value }) => name === 'href' && !/^#owner-\d+$/.test(value))).toEqual([]);
  });

  it('has each name as text, of which nothing is hidden', () => {
    const names = elements.filter(({ tagName }) => tagName === 'bdi').map(textOf);
    for (const name of hostileNames)
      expect(names.filter((one) => one === sanitize(name)).length).toBeGreaterThanOrEqual(4);
  });
});

async function open(
  made: Review,
  options: BrowserContextOptions,
): Promise<{ page: Page; asked: string[]; address: string }> {
  const file = path.join(folder, 'review.html');
  writeFileSync(file, renderReviewHtml(made, now));
  const page = await openPage(options);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  page.on('console', (message) => asked.push(message.text()));
  const address = pathToFileURL(file).href;
  await page.goto(address);
  return { page, asked, address };
}

describe.skipIf(noBrowser)(
  `the review in a browser${noBrowser === undefined ? '' : ` (skipped: ${noBrowser})`}`,
  () => {
    it.each([
      ['a screen', { width: 1280, height: 800 }],
      ['a phone', { width: 390, height: 844 }],
    ])('has no fault that axe finds on %s, light and dark, and nothing is cut off', async (_what, viewport) => {
      for (const made of [review, hostile]) {
        const { page } = await open(made, { viewport, bypassCSP: true });
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme });
          expect(await findFaults(page)).toEqual([]);
        }
        expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
      }
    });

    it('asks for nothing but itself, and complains of nothing', async () => {
      const { asked, address } = await open(hostile, { viewport: { width: 1280, height: 800 } });
      expect(asked).toEqual([address]);
    });

    it('names many people once, below the table that links to them, and leaves room for the decision on paper', async () => {
      const { page } = await open(review, { viewport: { width: 1030, height: 720 } });
      const last = page.getByText('user-39', { exact: true });
      expect(await last.count()).toBe(1);
      const links = page.getByRole('link', { name: '40 people (list 1)' });
      expect(await links.count()).toBe(2);
      await links.first().click();
      expect(await last.evaluate('document.querySelector(":target").textContent')).toContain('user-39');
      await page.emulateMedia({ media: 'print' });
      expect(await last.filter({ visible: true }).count()).toBe(1);
      expect(await page.getByText('Reviewed by').filter({ visible: true }).count()).toBe(2);
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
      // A4 portrait between its margins.
      await page.setViewportSize({ width: 703, height: 1000 });
      const cut = await page.evaluate(
        '[...document.querySelectorAll("th, td")].filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.textContent)',
      );
      expect(cut).toEqual([]);
      const breaks = await page.evaluate(
        '[...document.querySelectorAll("section")].map((one) => getComputedStyle(one).breakBefore)',
      );
      expect(breaks).toEqual(['auto', 'page']);
    });
  },
);
