import { isPerson, type Subject } from './address.ts';
import { createNearestOf } from './nearest-name.ts';
import { listOf } from './words.ts';

/**
 * How a message about a wrong name ends: with the name that was probably meant, or with some that exist. Of people none is
 * named at random.
 */
export function suggest(subject: Subject, name: string, known: readonly string[]): string {
  const nearest = createNearestOf(subject, known)(name);
  if (nearest !== undefined) return `; did you mean "${nearest}"?`;
  if (isPerson(subject) || known.length === 0) return '.';
  return `. There ${known.length === 1 ? 'is' : 'are'} ${listOf(known, 5)}.`;
}
