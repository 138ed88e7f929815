import { createHash } from 'node:crypto';
import { sanitize } from '../../core/sanitize.ts';

/** A page of its own. */
export interface HtmlDocument {
  /** As it is, not HTML. */
  title: string;
  style: string;
  /** HTML. */
  body: string;
  /** A program that runs behind the body; without one, none can. */
  program?: string;
}

/**
 * One file that asks no one for anything: by its content security policy no other program runs, no request leaves and nothing
 * is made of HTML by a program, whatever names the page has. The policy has hashes, since a file has no server that could give
 * a nonce. It can't forbid that other pages frame this one: a policy in a file has no say in that.
 */
export function htmlDocument({ title, style, body, program }: HtmlDocument): string {
  const look = inStyle(style);
  const code = program === undefined ? undefined : inScript(program);
  const policy = [
    "default-src 'none'",
    ...(code === undefined ? [] : [`script-src '${hashOf(code)}'`]),
    `style-src '${hashOf(look)}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${htmlText(title)}</title>
<style>${look}</style>
</head>
<body>
${body}${code === undefined ? '' : `\n<script>${code}</script>`}
</body>
</html>
`;
}

/** A text from the file or from AWS as HTML in which nothing but the text is seen, and all of it. */
export const htmlText = (text: string): string =>
  sanitize(text).replaceAll(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`);

/** The same of a name, which may be written from right to left and does not turn what is around it. */
export const htmlName = (name: string): string => `<bdi>${htmlText(name)}</bdi>`;

const hashOf = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;

/** What would end the element, or begin a comment in it, is written so that it means the same and does not. */
const inScript = (code: string): string =>
  code.replaceAll(/<(?=\/script|!--|script)/gi, String.raw`\x3c`).replaceAll(/\r\n?/g, '\n');

function inStyle(css: string): string {
  if (css.includes('</')) throw new Error('The style of the page would end its element.');
  return css;
}
