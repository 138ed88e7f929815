import type { JudgedFacts } from '../core/access.ts';

/** The name of a permission set before, where it replaces one. */
export function nameBefore({ renewedSets }: JudgedFacts, name: string): string {
  const [old = name] = [...renewedSets].flatMap(([from, to]) => (to === name ? from : []));
  return old;
}
