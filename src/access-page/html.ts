import { htmlDocument } from '../render/html/document.ts';
import type { PageData } from './data.ts';

/** The program and the look of the page, as they are built. */
export interface PageAssets {
  script: string;
  style: string;
}

/** The access page as one file. */
export const pageHtml = (data: PageData, { script, style }: PageAssets): string =>
  htmlDocument({
    title: 'Access to AWS accounts',
    style,
    body: `<div id="page"><noscript>This page needs JavaScript to show what it has. Allow it, or write the same as text: idc access --format markdown.</noscript></div>
<script type="application/json" id="data">${JSON.stringify(data).replaceAll('<', String.raw`\u003c`)}</script>`,
    program: script,
  });
