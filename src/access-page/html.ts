import { createHash } from 'node:crypto';
import type { PageData } from './data.ts';

/** The program and the look of the page, as they are built. */
export interface PageAssets {
  script: string;
  style: string;
}

/**
 * The access page as one file that asks no one for anything: by its content security policy no other script runs, no request
 * leaves and nothing is made of HTML, whatever names the data has. The policy has hashes, since a file has no server that
 * could give a nonce. It can't forbid that other pages frame this one: a policy in a file has no say in that.
 */
export function pageHtml(data: PageData, { script, style }: PageAssets): string {
  const [program, look] = [inScript(script), inStyle(style)];
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(program)}'`,
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
<title>Access to AWS accounts</title>
<style>${look}</style>
</head>
<body>
<div id="page"><noscript>This page needs JavaScript to show what it has. Allow it, or write the same as text: idc access --format markdown.</noscript></div>
<script type="application/json" id="data">${JSON.stringify(data).replaceAll('<', String.raw`\u003c`)}</script>
<script>${program}</script>
</body>
</html>
`;
}

const hashOf = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;

/** What would end the element, or begin a comment in it, is written so that it means the same and does not. */
const inScript = (code: string): string =>
  code.replaceAll(/<(?=\/script|!--|script)/gi, String.raw`\x3c`).replaceAll(/\r\n?/g, '\n');

function inStyle(css: string): string {
  if (css.includes('</')) throw new Error('The style of the page would end its element.');
  return css;
}
