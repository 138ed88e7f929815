import type { AccessAnswer } from '../../core/access-answer.ts';
import { addTo } from '../../core/group-by.ts';

/** How many people an answer gives something in all of the accounts in which it gives anyone something. */
export function countEverywhere({ grants, groups }: AccessAnswer): number {
  const membersOf = new Map(groups.map(({ name, members }) => [name, members.flatMap(({ users }) => users)]));
  const grantsOf = new Map<string, number[]>();
  for (const [index, grant] of grants.entries()) {
    const through = grant.members ?? grant.groups.flatMap((group) => membersOf.get(group) ?? []);
    for (const user of new Set([...grant.users, ...through])) addTo(grantsOf, user, index);
  }
  const accountsOf = (some: Iterable<number>): number =>
    new Set([...some].flatMap((index) => grants[index]?.accounts ?? [])).size;
  const all = accountsOf(grants.keys());
  // Many people hold the same: each combination is counted once.
  const isAll = new Map<string, boolean>();
  return [...grantsOf.values()].filter((own) => {
    const key = own.join();
    const known = isAll.get(key) ?? accountsOf(own) === all;
    isAll.set(key, known);
    return known;
  }).length;
}
