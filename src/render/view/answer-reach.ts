import type { AccessAnswer, AccessGrant } from '../../core/access-answer.ts';
import { addTo } from '../../core/group-by.ts';

/** By which grants each person holds something, by their indexes. */
function grantsOfPeople({ grants, groups }: AccessAnswer): Map<string, number[]> {
  const membersOf = new Map(groups.map(({ name, members }) => [name, members.flatMap(({ users }) => users)]));
  const grantsOf = new Map<string, number[]>();
  for (const [index, grant] of grants.entries()) {
    const through = grant.members ?? grant.groups.flatMap((group) => membersOf.get(group) ?? []);
    for (const user of new Set([...grant.users, ...through])) addTo(grantsOf, user, index);
  }
  return grantsOf;
}

/**
 * How many people there are of each sort, each counted once by the first sort of which one of their grants is.
 * @param order all sorts
 */
export function countPeopleBy<Sort>(
  answer: AccessAnswer,
  order: readonly Sort[],
  sortOf: (grant: AccessGrant) => Sort | undefined,
): { sort: Sort; people: number }[] {
  const counts = new Map<Sort, number>();
  for (const own of grantsOfPeople(answer).values()) {
    const found = new Set(own.map((index) => answer.grants[index]).map((grant) => grant && sortOf(grant)));
    const first = order.find((one) => found.has(one));
    if (first !== undefined) counts.set(first, (counts.get(first) ?? 0) + 1);
  }
  return order.flatMap((sort) => {
    const people = counts.get(sort);
    return people === undefined ? [] : [{ sort, people }];
  });
}

/** In which accounts an answer gives somebody something, and how many people it gives something in all of these. */
export function reachOf(answer: AccessAnswer): { accounts: Set<string>; everywhere: number } {
  const { grants } = answer;
  const grantsOf = grantsOfPeople(answer);
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
