import type { Model } from './model.ts';

/** A row of one person is told by that person; a row of several by the smallest group that all of them are in. */
export function sharedGroups({ groupsOfPerson }: Model, people: readonly number[]): number[] {
  const [first = -1, ...others] = people;
  let shared = groupsOfPerson[first] ?? [];
  for (const person of others) {
    if (shared.length === 0) break;
    const own = new Set(groupsOfPerson[person]);
    shared = shared.filter((group) => own.has(group));
  }
  return shared;
}
