import type { Review, ReviewItem, ReviewPage } from '../../core/review.ts';
import { peopleCount } from '../../core/words.ts';
import { sourceWords } from '../view/source-words.ts';
import {
  alsoAskedWords,
  dueWords,
  entriesWords,
  givesWords,
  historyWords,
  neverReviewedWords,
  ownerWords,
  sharedWords,
  sinceTexts,
} from '../view/review-words.ts';
import { htmlDocument, htmlName, htmlText } from './document.ts';
import { reviewStyle } from './review-style.ts';

/** Names that stand in the table; a longer list stands once below it, since many entries give to the same people. */
const fewNames = 12;

/** The columns by their classes; since when people have it is left out where it is not known. */
const columns = [
  ['what', 'What it gives'],
  ['who', 'Who has it now'],
  ['since', 'Since'],
  ['why', 'Why'],
  ['reviewed', 'Last review'],
  ['ends', 'Ends'],
  ['where', 'Where'],
] as const;

/** What each owner is asked about, as one file without any program: a page an owner where it is printed, with room for the decisions. */
export function renderReviewHtml({ pages, source, history }: Review, now: Date): string {
  const items = new Set(pages.flatMap((page) => page.items));
  const day = now.toISOString().slice(0, 10);
  const title = 'Access to review';
  const remarks = [neverReviewedWords(items), sharedWords(items)].flatMap((text) =>
    text === undefined ? [] : ` ${text}`,
  );
  const nav = pages.map(
    (page, index) =>
      `<li><a href="#owner-${index + 1}">${htmlName(ownerWords(page.owner))}</a> <span class="quiet">${dueOf(page.items)} of ${page.items.length} due</span></li>`,
  );
  return htmlDocument({
    title,
    style: reviewStyle,
    body: `<main>
<h1>${title}: ${entriesWords(items)}</h1>
<p class="quiet">From ${htmlText(sourceWords(source, now))}, made on ${day} (UTC).${remarks.join('')} ${htmlText(historyWords(history))}</p>
<p>Still needed: set <code>reviewed: ${day}</code> in the entry, which <code>idc review --write</code> does. Not needed: remove the entry.</p>
${pages.length > 1 ? `<nav aria-label="Owners"><ul>${nav.join('')}</ul></nav>\n` : ''}${pages.map((page, index) => section(page, index, 'source' in history)).join('\n')}
</main>`,
  });
}

const dueOf = (items: readonly ReviewItem[]): number => items.filter(({ due }) => due.length > 0).length;

function section({ owner, items }: ReviewPage, index: number, isDated: boolean): string {
  const id = `owner-${index + 1}`;
  const lists = new PeopleLists(id);
  const rows = items.map((item) => row(item, owner, { lists, isDated }));
  const head = columns
    .filter(([name]) => isDated || name !== 'since')
    .map(([name, text]) => `<th scope="col" role="columnheader" class="${name}">${text}</th>`)
    .join('');
  return `<section id="${id}" aria-labelledby="${id}-name">
<h2 id="${id}-name">${htmlName(ownerWords(owner))}: ${entriesWords(items)}</h2>
<table role="table" aria-labelledby="${id}-name">
<thead role="rowgroup"><tr role="row">${head}<th scope="col" role="columnheader" class="paper">Still needed</th></tr></thead>
<tbody role="rowgroup">
${rows.join('\n')}
</tbody>
</table>
${lists.html()}<p class="paper sign">Reviewed by<span></span>on<span></span></p>
</section>`;
}

function row(
  item: ReviewItem,
  owner: string | null,
  { lists, isDated }: { lists: PeopleLists; isDated: boolean },
): string {
  const { what, place, reason, ticket, reviewed, until, due } = item;
  const gives = givesWords(item);
  const others = alsoAskedWords(item, owner);
  const notes = [
    gives === undefined ? '' : `<div class="note">${htmlName(gives)}</div>`,
    others === undefined ? '' : `<div class="note">${htmlName(others)}</div>`,
    due.length === 0 ? '' : `<div class="due">due: ${htmlText(dueWords(item))}</div>`,
  ].join('');
  const why = [reason, ticket].flatMap((text) => (text === undefined ? [] : [htmlName(text)])).join(', ');
  return `<tr role="row"><th scope="row" role="rowheader">${htmlName(what)}${notes}</th>${[
    cell('Who', holders(item, lists)),
    ...(isDated
      ? [
          cell(
            'Since',
            sinceTexts(item)
              .map((text) => `<div>${htmlName(text)}</div>`)
              .join(''),
          ),
        ]
      : []),
    cell('Why', why),
    cell('Reviewed', reviewed === undefined ? 'never' : htmlText(reviewed)),
    cell('Ends', until === undefined ? '' : htmlText(until)),
    cell('Where', place === undefined ? '' : `<code>${htmlText(place.file)}:${place.line}</code>`),
  ].join('')}<td role="cell" class="paper"></td></tr>`;
}

/** @param html of what is in it */
const cell = (label: string, html: string): string =>
  html === '' ? '<td role="cell"></td>' : `<td role="cell" data-label="${label}"><div>${html}</div></td>`;

function holders({ holders: names }: ReviewItem, lists: PeopleLists): string {
  if (names.length === 0) return '<span class="quiet">no one has it now</span>';
  return names.length <= fewNames ? names.map(htmlName).join(', ') : lists.link(names);
}

/** The long lists of people of one section, each once. */
class PeopleLists {
  readonly #section: string;
  readonly #lists = new Map<string, { number: number; names: readonly string[] }>();

  constructor(section: string) {
    this.#section = section;
  }

  /** To the list of these people, which stands below the table. */
  link(names: readonly string[]): string {
    const key = names.join('\n');
    const { number } = this.#lists.get(key) ?? { number: this.#lists.size + 1 };
    this.#lists.set(key, { number, names });
    return `<a href="#${this.#section}-people-${number}">${peopleCount(names.length)} (list ${number})</a>`;
  }

  html(): string {
    return [...this.#lists.values()]
      .map(
        ({ number, names }) =>
          `<div id="${this.#section}-people-${number}" class="people"><h3>List ${number}: ${peopleCount(names.length)}</h3><div>${names.map(htmlName).join(', ')}</div></div>\n`,
      )
      .join('');
  }
}
