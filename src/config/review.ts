import type { Place } from '../core/errors.ts';
import { compareTexts } from '../core/compare-texts.ts';
import type { Advice, Section } from '../core/section.ts';
import type { LoadedFile } from './load.ts';
import type { Problem } from './problems.ts';

/** Whether an entry of a section that declares things of this kind is asked about. */
export type IsAbout = (kind: string | undefined, entry: string) => boolean;

/**
 * The warnings of all sections about what is allowed and probably not meant, in the order of the file. The data about AWS on
 * which some of them rest has its date at the end of the last.
 */
export async function reviewFile(
  { document, places }: Pick<LoadedFile<object>, 'document' | 'places'>,
  sections: readonly Section[],
  now: Date,
  isAbout: IsAbout = () => true,
): Promise<Problem[]> {
  const values = new Map<string, unknown>(Object.entries(document));
  const reviews = await Promise.all(
    sections.map(async ({ name, declares, review }) =>
      ((await review?.(values.get(name), now)) ?? [])
        .filter(({ entries }) => entries.some((entry) => isAbout(declares, entry)))
        .map((advice): Advice => ({ ...advice, at: [name, ...advice.at] })),
    ),
  );
  const all = reviews.flat().toSorted((a, b) => comparePlaces(places.of(a.at), places.of(b.at)));
  const last = all.findLast(({ data }) => data !== undefined);
  return all.map((advice) => {
    const { code, message, at, data } = advice;
    return { code, at, message: advice === last ? `${message} (AWS data of ${data})` : message };
  });
}

function comparePlaces(a: Place | undefined, b: Place | undefined): number {
  if (!a || !b) return 0;
  return compareTexts(a.file, b.file) || a.line - b.line || a.column - b.column;
}
