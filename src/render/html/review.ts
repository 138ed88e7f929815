import type { Review, ReviewItem, ReviewPage } from '../../core/review.ts';
import { listOf, nounCount } from '../../core/words.ts';
import { sourceWords } from '../view/source-words.ts';
import { ownerWords } from '../view/review-words.ts';
import { htmlDocument, htmlName, htmlText } from './document.ts';
import { reviewStyle } from './review-style.ts';

/** Names that are seen at once; of more, all are behind a click, and on paper. */
const fewNames = 12;

const heads = ['What it gives', 'Who has it now', 'Why', 'Last review', 'Ends', 'Where'];

/** What each owner is asked about, as one file without any program: a page an owner where it is printed, with room for the decisions. */
export function renderReviewHtml({ pages, source }: Review, now: Date): string {
  const items = new Set(pages.flatMap((page) => page.items));
  const day = now.toISOString().slice(0, 10);
  const title = 'Access to review';
  const counted = `${nounCount(items.size, ['entry', 'entries'])}, ${dueOf([...items])} due`;
  const nav = pages.map(
    (page, index) =>
      `<li><a href="#owner-${index + 1}">${htmlName(ownerWords(page.owner))}</a> <span class="quiet">${dueOf(page.items)} of ${page.items.length} due</span></li>`,
  );
  return htmlDocument({
    title,
    style: reviewStyle,
    body: `<main>
<h1>${title}: ${counted}</h1>
<p class="quiet">From ${htmlText(sourceWords(source, now))}, made on ${day} (UTC).</p>
<p>Still needed: set <code>reviewed: ${day}</code> in the entry, which <code>idc review --write</code> does. Not needed: remove the entry.</p>
${pages.length > 1 ? `<nav aria-label="Owners"><ul>${nav.join('')}</ul></nav>\n` : ''}${pages.map(section).join('\n')}
</main>`,
  });
}

const dueOf = (items: readonly ReviewItem[]): number => items.filter(({ due }) => due.length > 0).length;

function section({ owner, items }: ReviewPage, index: number): string {
  const id = `owner-${index + 1}`;
  const head = heads.map((text) => `<th scope="col" role="columnheader">${text}</th>`).join('');
  return `<section id="${id}" aria-labelledby="${id}-name">
<h2 id="${id}-name">${htmlName(ownerWords(owner))}: ${nounCount(items.length, ['entry', 'entries'])}, ${dueOf(items)} due</h2>
<table role="table" aria-labelledby="${id}-name">
<thead role="rowgroup"><tr role="row">${head}<th scope="col" role="columnheader" class="paper">Still needed</th></tr></thead>
<tbody role="rowgroup">
${items.map(row).join('\n')}
</tbody>
</table>
<p class="paper sign">Reviewed by<span></span>on<span></span></p>
</section>`;
}

function row(item: ReviewItem): string {
  const { what, place, reason, ticket, reviewed, until, due } = item;
  const mark = due.length === 0 ? '' : `<span class="due">Due: it ${htmlText(listOf(due))}</span>`;
  const why = [reason, ticket].flatMap((text) => (text === undefined ? [] : [htmlName(text)])).join(', ');
  return `<tr role="row"><th scope="row" role="rowheader">${mark}${htmlName(what)}</th>${[
    cell('Who', holders(item)),
    cell('Why', why),
    cell('Reviewed', reviewed === undefined ? 'never' : htmlText(reviewed)),
    cell('Ends', until === undefined ? '' : htmlText(until)),
    cell('Where', place === undefined ? '' : `<code>${htmlText(place.file)}:${place.line}</code>`),
  ].join('')}<td role="cell" class="paper"><span class="tick"></span>yes &nbsp; <span class="tick"></span>no</td></tr>`;
}

/** @param html of what is in it */
const cell = (label: string, html: string): string =>
  `<td role="cell" data-label="${label}"${html === '' ? ' class="empty"' : ''}><div>${html}</div></td>`;

function holders({ holders: names }: ReviewItem): string {
  if (names.length === 0) return '<span class="quiet">no one has it now</span>';
  const all = names.map(htmlName).join(', ');
  if (names.length <= fewNames) return all;
  const count = nounCount(names.length, ['person', 'people']);
  return `<details><summary>${count}</summary>${all}</details><span class="paper">${count}: ${all}</span>`;
}
