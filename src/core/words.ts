/** One of something, and many: `assignment`, `assignments`. */
export type Noun = readonly [one: string, many: string];

/** `1 entry`, `3 entries`. */
export const nounCount = (count: number, [one, many]: Noun): string => `${count} ${count === 1 ? one : many}`;

/** `permission-set` as people say it. */
export function kindWords(kind: string): string {
  return kind.replaceAll('-', ' ');
}

/** `permission sets`, `policies`, `addresses`. */
export function pluralOf(one: string): string {
  return `${one.replace(/(?<=[^aeiou])y$/, 'ie').replace(/(s|x|z|ch|sh)$/, '$1e')}s`;
}

/** `1 permission set`, `3 permission sets`. */
export function countOf(count: number, kind: string): string {
  const one = kindWords(kind);
  return nounCount(count, [one, pluralOf(one)]);
}

/** `a`, `a and b`, `a, b and c`. */
export const joinWords = (words: readonly string[], last: 'and' | 'or' = 'and'): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;

/** The same, where what is over the limit is counted. */
export function listOf(items: readonly string[], limit = Infinity, more = 'more'): string {
  // One more name takes less room than saying that there is one more.
  const shown = items.length <= limit + 1 ? items : items.slice(0, limit);
  const rest = items.length - shown.length;
  return joinWords(rest > 0 ? [...shown, `${rest} ${more}`] : shown);
}

/** `1 person`, `3 people`. */
export const peopleCount = (count: number): string => (count === 1 ? '1 person' : `${count} people`);

/** A word that a shell takes as it is. */
export const shellWord = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
