import { sanitize } from '../../core/sanitize.ts';

// GitHub makes links of mentions, issues, commits, addresses and shortcodes after Markdown has been parsed, so that an
// escape or a character reference does not stop it; code does. So a word is text where it is an ordinary word, and code
// where it is anything else, which is also how names, ARNs and settings are best read.

// What may stand before and after a word, and a word: nothing that Markdown or GitHub could take for something else.
const before = `"'(「（`;
const after = `)"'.,;:!?…、。」）`;
// Japanese has no spaces: a word of it is a clause or more.
const word = /^\p{L}[\p{L}\p{M}]*(?:(?:['’-]|[、。「」（）・]+)\p{L}[\p{L}\p{M}]*)*$/u;
const number = /^\p{Nd}{1,6}%?$/u;
/** Would be a commit, or with the punctuation after it the beginning of an address. */
const special = /\b[0-9a-f]{7,}\b|(?:www|https?|ftp|mailto|xmpp)$/i;

type AsCode = (text: string) => string;

/** A text of ours with values in it, as Markdown that renders to exactly that text. */
export const prose = (text: string): string => words(text, code);

/** The same for the inside of an HTML element, where Markdown is not read. */
export const htmlProse = (text: string): string => words(text, htmlCode);

function words(text: string, asCode: AsCode): string {
  const line = sanitize(text).trim();
  // A list item of nothing at all would run into the next.
  if (line === '') return asCode(line);
  return line
    .split(copied)
    .map((part, index) => (index % 2 === 1 ? asCode(part) : plainWords(part, index === 0, asCode)))
    .join('');
}

/**
 * `allow: { removals: 4 }`, a line of the file, and `idc profiles NAME --format markdown`, a command: to be copied as a whole.
 * Never beside another word of code: two codes must not touch.
 */
const copied =
  /(?<=^| )([a-zA-Z]+: \{ [^{}]* \}(?= |$)|idc(?: [a-z-]+){1,2}?(?: [A-Z]+| --[a-z-]+(?: (?:[A-Z]+|markdown|json|[\w-]+\.[a-z]+))?)+(?=[.,;:]?(?: |$)))/;

const plainWords = (text: string, isFirst: boolean, asCode: AsCode): string =>
  text
    .split(/([ \u3000]+)/)
    .map((part, index) => (index % 2 === 1 || part === '' ? part : oneWord(part, isFirst && index === 0, asCode)))
    .join('');

function oneWord(text: string, isFirst: boolean, asCode: AsCode): string {
  // Begins a quotation, but only at the beginning.
  if (text === '>' && !isFirst) return text;
  let start = 0;
  let end = text.length;
  while (start < end && before.includes(text.charAt(start))) start += 1;
  while (end > start && after.includes(text.charAt(end - 1))) end -= 1;
  const core = text.slice(start, end);
  // `1.` and `1)` begin a list.
  if (number.test(core)) return isFirst && end < text.length ? asCode(text) : text;
  if (core === '' || (word.test(core) && !special.test(core))) return text;
  return text.slice(0, start) + asCode(core) + text.slice(end);
}

/** Any sanitized text as inline code. */
export function code(text: string): string {
  const fence = '`'.repeat(longestRun(text) + 1);
  // One space on either side is taken off again by the reader.
  const pad = /^`|`$|^ .* $/su.test(text) && text.trim() !== '' ? ' ' : '';
  return text === '' ? '`""`' : `${fence}${pad}${text}${pad}${fence}`;
}

/** Any sanitized text as inline code where Markdown is not read. */
export const htmlCode = (text: string): string =>
  `<code>${text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)}</code>`;

/** How many backticks in a row a text has at most; a fence has to be longer. */
export function longestRun(text: string): number {
  let longest = 0;
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  return longest;
}

/** A link, where the address is one that needs no escape; else its text. The words are ours. */
export const link = (words: string, url: string): string =>
  /^https?:\/\/[\w.~:/?#@!$&*+,;=%-]+$/.test(url) ? `[${words}](${url})` : `${words} (${code(sanitize(url))})`;

/**
 * `identity.yaml:310`, as a link to the line where the address of the files is known.
 * @param text how the place is told; sanitized, as the name of the file is.
 * @param filesUrl of the folder that the file's path begins in: `https://github.com/ORG/REPO/blob/SHA`.
 */
export function placeLink(text: string, { file, line }: { file: string; line: number }, filesUrl?: string): string {
  const names = file.split('/');
  // Another folder's file is not below the address.
  if (filesUrl === undefined || names.some((name) => ['', '.', '..'].includes(name))) return code(text);
  const path = names.map((name) => encodeURIComponent(name).replaceAll(/[()'*!]/g, hexOf)).join('/');
  return link(code(text), `${filesUrl}/${path}#L${line}`);
}

const hexOf = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
