import { createNearest, createNearestPerson } from './nearest-name.ts';
import type { Subject } from './address.ts';

/**
 * How a message about a wrong name ends: with the name that was probably meant, or with some that exist. Of people none is
 * named at random.
 */
export function suggest(subject: Subject | 'organizational-unit', name: string, known: readonly string[]): string {
  const isPerson = subject === 'user';
  const nearest = (isPerson ? createNearestPerson(known) : createNearest(known))(name);
  if (nearest !== undefined) return `; did you mean "${nearest}"?`;
  if (isPerson || known.length === 0) return '.';
  return `. There is ${known.slice(0, 5).join(', ')}${known.length > 5 ? ', …' : ''}.`;
}
