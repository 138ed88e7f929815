/**
 * The scripts that UAX 31 recommends for identifiers (table 5). All others count as one: a name that is whole in one of
 * them mixes nothing.
 */
const recommended = [
  'Arabic',
  'Armenian',
  'Bengali',
  'Bopomofo',
  'Cyrillic',
  'Devanagari',
  'Ethiopic',
  'Georgian',
  'Greek',
  'Gujarati',
  'Gurmukhi',
  'Han',
  'Hangul',
  'Hebrew',
  'Hiragana',
  'Kannada',
  'Katakana',
  'Khmer',
  'Lao',
  'Latin',
  'Malayalam',
  'Myanmar',
  'Oriya',
  'Sinhala',
  'Tamil',
  'Telugu',
  'Thaana',
  'Thai',
  'Tibetan',
];

/** UTS 39, section 5.2, "Highly Restrictive": what may stand together in one name, beside a single script. */
const together = [
  ['Latin', 'Han', 'Hiragana', 'Katakana'],
  ['Latin', 'Han', 'Bopomofo'],
  ['Latin', 'Han', 'Hangul'],
];

const other = 'another script';
const anywhere = /[\p{Script_Extensions=Common}\p{Script_Extensions=Inherited}]/u;

/** Made only for names that are not plain ASCII. */
let patterns: readonly (readonly [script: string, RegExp])[] | undefined;

/**
 * The scripts of a name that UTS 39 finds no more than moderately restrictive, so that letters of one may pass for those of
 * another; none where its scripts belong together. Whether the characters are recommended for identifiers is not asked.
 */
export function mixedScripts(name: string): string[] {
  if (/^\p{ASCII}*$/u.test(name)) return [];
  const sets = Array.from(name)
    .filter((character) => !anywhere.test(character))
    .map(scriptsOf);
  const isWithin = (scripts: readonly string[]): boolean =>
    sets.every((own) => own.some((script) => scripts.includes(script)));
  const all = [...new Set(sets.flat())];
  if (all.some((script) => isWithin([script])) || together.some(isWithin) || all.length === 0) return [];
  return [...new Set(sets.map(([script = other]) => script))].sort();
}

/** A character such as the Japanese prolonged sound mark is of several. */
function scriptsOf(character: string): string[] {
  patterns ??= recommended.map((script) => [script, new RegExp(`\\p{Script_Extensions=${script}}`, 'u')] as const);
  const found = patterns.flatMap(([script, pattern]) => (pattern.test(character) ? [script] : []));
  return found.length > 0 ? found : [other];
}
