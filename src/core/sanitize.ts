// What a terminal, a browser or a log would obey, hide or reorder instead of showing: controls and escapes, bidi marks,
// zero-width and other invisible characters, line separators, lone surrogates, code points that are no characters, and
// spaces that only look like a space. (U+3000 stays: it separates the names of many Japanese people, and is seen.)
const unseen =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u00a0\u1680\u2000-\u200a\u202f\u205f\u2800]/gu;

/** What may be among them. Plain ASCII, which is nearly all of most texts, is passed over in a fraction of the time. */
const suspects = /[^\x20-\x7e]+/g;

const suspectsInJson = /[^\n\x20-\x7e]+/g;

const short: Record<string, string> = { '\n': String.raw`\n`, '\r': String.raw`\r`, '\t': String.raw`\t` };

/** A text from the file or from AWS as one line that only shows: nothing in it acts on what displays it. */
export function sanitize(text: string): string {
  return text.replaceAll(suspects, (run) => run.replaceAll(unseen, escape));
}

function escape(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code <= 0xff) return short[character] ?? `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\u{${hex}}`;
}

/** The same for a name in a sentence, quoted where one could not tell where it ends. */
export function sanitizeName(name: string): string {
  const text = sanitize(name);
  return text === '' || text.trim() !== text || /[",]| and /.test(text) ? `"${text}"` : text;
}

/** The same for a JSON text, which keeps its line breaks and its meaning. */
export function sanitizeJson(json: string): string {
  // Mostly there is none, and then there need be no second text of the size of an organisation.
  if ((json.match(suspectsInJson) ?? []).every((run) => run.search(unseen) === -1)) return json;
  return json.replaceAll(suspectsInJson, (run) => run.replaceAll(unseen, escapeInJson));
}

const escapeInJson = (character: string): string =>
  character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
