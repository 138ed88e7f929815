import { findNearest } from '../config/nearest-name.ts';

/** How a message about a wrong name ends: with the name that was probably meant, or with some that exist. */
export function suggest(name: string, known: readonly string[]): string {
  const nearest = findNearest(name, known);
  if (nearest !== undefined) return `; did you mean "${nearest}"?`;
  if (known.length === 0) return '.';
  return `. There is ${known.slice(0, 5).join(', ')}${known.length > 5 ? ', …' : ''}.`;
}
