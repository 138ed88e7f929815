import type { AccessGrant, AccessGroup } from '../core/access-answer.ts';

export type PeopleOf = (grants: Iterable<AccessGrant>) => Set<string>;

/** Who holds something by some grants: user names. Each group is opened once for all of them. */
export function createPeopleOf(groups: readonly Pick<AccessGroup, 'name' | 'members'>[]): PeopleOf {
  const membersOf = new Map(groups.map(({ name, members }) => [name, members.flatMap(({ users }) => users)]));
  return (grants) => {
    const people = new Set<string>();
    const opened = new Set<string>();
    for (const { groups: named, users, members } of grants) {
      for (const user of [...users, ...(members ?? [])]) people.add(user);
      if (members) continue;
      for (const group of named) {
        if (opened.has(group)) continue;
        opened.add(group);
        for (const user of membersOf.get(group) ?? []) people.add(user);
      }
    }
    return people;
  };
}
