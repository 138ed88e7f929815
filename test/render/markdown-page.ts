import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { micromark } from 'micromark';
import { defaultTreeAdapter as tree, parseFragment, type DefaultTreeAdapterTypes } from 'parse5';

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

/** A Markdown text as a reader's browser has it. */
export interface Page {
  root: Node;
  /** Every element in the order of its begin. */
  elements: Element[];
  /** What is wrong with the HTML, and what was never closed. */
  faults: string[];
}

export function renderPage(markdown: string): Page {
  const html = micromark(markdown, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] });
  const faults: string[] = [];
  const root = parseFragment(html, {
    sourceCodeLocationInfo: true,
    onParseError: ({ code }) => void faults.push(code),
  });
  const elements: Element[] = [];
  walk(root, (node) => {
    if (!tree.isElementNode(node)) return;
    elements.push(node);
    const isOpen = node.sourceCodeLocation?.endTag === undefined;
    if (isOpen && !['input', 'br', 'hr', 'img'].includes(node.tagName)) faults.push(`${node.tagName} is never closed`);
  });
  return { root, elements, faults };
}

function walk(node: Node, visit: (node: Node) => void): void {
  visit(node);
  for (const child of childrenOf(node)) walk(child, visit);
}

const childrenOf = (node: Node): Node[] => ('childNodes' in node ? node.childNodes : []);

/** What one reads; of what is code nothing, if that is asked for. */
export function textOf(node: Node, withCode = true): string {
  if (tree.isTextNode(node)) return node.value;
  if (!withCode && tree.isElementNode(node) && node.tagName === 'code') return '\u0000';
  return childrenOf(node)
    .map((child) => textOf(child, withCode))
    .join('');
}

/** Every element but inline code, with its attributes and its depth; and comments. */
export function skeletonOf(node: Node, depth = 0): string[] {
  const inner = childrenOf(node).flatMap((child) => skeletonOf(child, depth + 1));
  if (tree.isCommentNode(node)) return [`${depth} comment ${node.data}`];
  if (!tree.isElementNode(node)) return inner;
  if (node.tagName === 'code' && node.attrs.length === 0) return inner;
  const attributes = node.attrs.map(({ name, value }) => ` ${name}=${value}`).join('');
  return [`${depth} ${node.tagName}${attributes}`, ...inner];
}

/** The cells of each row of each table. */
export function tablesOf({ elements }: Page): string[][][] {
  return elements
    .filter(({ tagName }) => tagName === 'table')
    .map((table) =>
      descendants(table, 'tr').map((row) =>
        [...descendants(row, 'th'), ...descendants(row, 'td')].map((one) => textOf(one)),
      ),
    );
}

export function descendants(node: Node, tagName: string): Element[] {
  const found: Element[] = [];
  walk(node, (one) => {
    if (tree.isElementNode(one) && one.tagName === tagName) found.push(one);
  });
  return found;
}

/** The lines of the diffs, without what is around them. */
export const diffLines = ({ root }: Page): string[] =>
  descendants(root, 'pre')
    .flatMap((pre) =>
      descendants(pre, 'code').filter(({ attrs }) => attrs.some(({ value }) => value === 'language-diff')),
    )
    .flatMap((one) => textOf(one).replace(/\n$/, '').split('\n'));
