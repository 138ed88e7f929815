import type { AccessAnswer } from '../../core/access-answer.ts';
import { addTo } from '../../core/group-by.ts';

/** In which accounts an answer gives somebody something, and how many people it gives something in all of these. */
export function reachOf({ grants, groups }: AccessAnswer): { accounts: Set<string>; everywhere: number } {
  const membersOf = new Map(groups.map(({ name, members }) => [name, members.flatMap(({ users }) => users)]));
  const grantsOf = new Map<string, number[]>();
  for (const [index, grant] of grants.entries()) {
    const through = grant.members ?? grant.groups.flatMap((group) => membersOf.get(group) ?? []);
    for (const user of new Set([...grant.users, ...through])) addTo(grantsOf, user, index);
  }
  const accountsOf = (some: Iterable<number>): Set<string> =>
    new Set([...some].flatMap((index) => grants[index]?.accounts ?? []));
  // What a group without members is given, nobody has.
  const accounts = accountsOf(new Set([...grantsOf.values()].flat()));
  // Many people hold the same: each combination is counted once.
  const isAll = new Map<string, boolean>();
  const everywhere = [...grantsOf.values()].filter((own) => {
    const key = own.join();
    const known = isAll.get(key) ?? accountsOf(own).size === accounts.size;
    isAll.set(key, known);
    return known;
  }).length;
  return { accounts, everywhere };
}
