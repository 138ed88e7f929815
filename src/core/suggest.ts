import { isPerson, type Subject } from './address.ts';
import { createNearestOf } from './nearest-name.ts';

/**
 * How a message about a wrong name ends: with the name that was probably meant, or with some that exist. Of people none is
 * named at random.
 */
export function suggest(subject: Subject, name: string, known: readonly string[]): string {
  const nearest = createNearestOf(subject, known)(name);
  if (nearest !== undefined) return `; did you mean "${nearest}"?`;
  if (isPerson(subject) || known.length === 0) return '.';
  return `. There is ${known.slice(0, 5).join(', ')}${known.length > 5 ? ', …' : ''}.`;
}
