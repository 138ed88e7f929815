import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse, type DefaultTreeAdapterTypes } from 'parse5';
import { describe, expect, it } from 'vitest';
import { pageHtml } from '../../src/access-page/html.ts';
import { pageOf } from '../support/access-page.ts';
import { hostileNames, hostileNote } from '../support/hostile-names.ts';

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

const elementsOf = (node: Node): Element[] => [
  ...('tagName' in node ? [node] : []),
  ...('childNodes' in node ? node.childNodes.flatMap(elementsOf) : []),
];
const textOf = ({ childNodes }: Element): string =>
  childNodes.map((node) => ('value' in node ? node.value : '')).join('');
const attribute = ({ attrs }: Element, name: string): string | undefined =>
  attrs.find((one) => one.name === name)?.value;
const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

async function hostilePage() {
  const { data } = await pageOf(hostileNote());
  const html = pageHtml(data, { script: 'a("</script>", "<!--")', style: 'p{}' });
  return { data, html, elements: elementsOf(parse(html)) };
}

describe('the file of a page', () => {
  it('has one program and one style, each with its hash in the policy, which comes before them', async () => {
    const { elements } = await hostilePage();
    const policy = elements.find((one) => attribute(one, 'http-equiv') === 'Content-Security-Policy');
    const [data, program, ...others] = elements.filter(({ tagName }) => tagName === 'script');
    const [style, ...otherStyles] = elements.filter(({ tagName }) => tagName === 'style');
    expect([others, otherStyles]).toEqual([[], []]);
    expect(attribute(data as Element, 'type')).toBe('application/json');
    const said = policy ? (attribute(policy, 'content') ?? '').split('; ') : [];
    expect(said).toEqual([
      "default-src 'none'",
      `script-src ${hash(textOf(program as Element))}`,
      `style-src ${hash(textOf(style as Element))}`,
      "base-uri 'none'",
      "form-action 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ]);
    const order = [policy, style, data, program].map((one) => elements.indexOf(one as Element));
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });

  it('leads nowhere: it has no link, image, frame, form, style attribute or handler', async () => {
    const { elements } = await hostilePage();
    const tags = new Set(elements.map(({ tagName }) => tagName));
    expect([...tags].sort()).toEqual(['body', 'div', 'head', 'html', 'meta', 'noscript', 'script', 'style', 'title']);
    const attributes = new Set(elements.flatMap(({ attrs }) => attrs.map(({ name }) => name)));
    expect([...attributes].filter((name) => /^(src|href|style|on.*|action)$/.test(name))).toEqual([]);
  });

  it('has its data as they are, whatever is in the names', async () => {
    const { data, elements } = await hostilePage();
    const [block] = elements.filter((one) => attribute(one, 'id') === 'data');
    expect(JSON.parse(textOf(block as Element))).toEqual(data);
    expect(data.people.map(({ name }) => name).sort()).toEqual([...hostileNames].sort());
  });

  it('says what to do where no program runs', async () => {
    const { html } = await hostilePage();
    expect(html).toContain('<noscript>This page needs JavaScript');
    expect(html).toContain('idc access --format markdown');
  });
});

it('no code of the page makes elements or programs of text', () => {
  const folder = new URL('../../src/access-page/browser/', import.meta.url).pathname;
  const sources = readdirSync(folder)
    .filter((file) => file.endsWith('.tsx') || file.endsWith('.ts'))
    .map((file) => readFileSync(path.join(folder, file), 'utf8'));
  expect(sources.length).toBeGreaterThan(10);
  const risky = /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|Function\(|srcdoc|window\.open/;
  expect(sources.filter((text) => risky.test(text))).toEqual([]);
});
