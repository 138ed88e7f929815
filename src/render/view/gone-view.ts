import type { Gone } from '../../core/findings.ts';
import { joinWords, kindWords } from '../../core/words.ts';
import { sanitize, sanitizeName } from '../../core/sanitize.ts';
import { linesOf, plainSentence, type PlacedSentence } from './findings-view.ts';
import { countByKind, listOf } from './wording.ts';

const names = 3;
/** Things that stay for one name. */
const labels = 5;

export const frozenHeading = "Frozen: names that can't be found, and may have been renamed";
export const goneHeading = 'Gone: names that the file no longer needs';

/** What a plan says of names that nothing has any more. Every text in it is sanitized. */
export interface GoneView {
  frozen: PlacedSentence[];
  ignored: PlacedSentence[];
}

export const viewGone = (gone: readonly Gone[]): GoneView => ({
  frozen: gone.filter(({ effect }) => effect === 'frozen').map(frozenSentence),
  ignored: gone.filter(({ effect }) => effect === 'ignored').map(ignoredSentence),
});

/** As one list, where both are told together. */
export const goneSentences = (gone: readonly Gone[]): string[] =>
  Object.values(viewGone(gone)).flat().map(plainSentence);

/** `group "operations" (identity.yaml:12): renamed to "platform"? It grants nothing. 1 assignment is kept that …` */
function frozenSentence({ alike, kept, ...one }: Gone): PlacedSentence {
  const found = alike.map((name) => `"${sanitizeName(name)}"`);
  const renamed = found.length === 0 ? 'renamed?' : `renamed to ${joinWords(found.slice(0, names), 'or')}?`;
  const list = listOf(
    kept.map(({ label }) => sanitize(label)),
    labels,
  );
  const stays =
    kept.length === 0
      ? 'Nothing is kept because of it.'
      : `${countByKind(kept)} ${kept.length === 1 ? 'is' : 'are'} kept that would otherwise be removed: ${list}.`;
  return { ...named(one), rest: `: ${renamed} It grants nothing. ${stays}` };
}

const ignoredSentence = (one: Gone): PlacedSentence => ({
  ...named(one),
  rest: ': it grants nothing. Remove it from the file.',
});

const named = ({ subject, name, places }: Pick<Gone, 'subject' | 'name' | 'places'>): PlacedSentence => ({
  text: `${kindWords(sanitize(subject))} "${sanitizeName(name)}"`,
  places: linesOf(places),
});
