import type { Organisation } from './organisation.ts';
import { createRandom, pick, type Random } from './random.ts';

/**
 * The organisation after a busy week: about this share (0 to 1) of everything is another. Accounts of assignments and
 * members of groups go and come; titles of users and descriptions and policies of permission sets change.
 */
export function editOrganisation(organisation: Organisation, share: number, seed = 1): Organisation {
  const random = createRandom(seed);
  const accounts = Object.keys(organisation.accounts);
  const users = Object.keys(organisation.users);
  const edit = <Entry>(entries: Record<string, Entry>, change: (entry: Entry) => Entry): Record<string, Entry> =>
    Object.fromEntries(
      Object.entries(entries).map(([name, entry]) => [name, random() < share ? change(entry) : entry]),
    );
  return {
    ...organisation,
    users: edit(organisation.users, (user) => ({ ...user, title: 'Principal engineer' })),
    groups: Object.fromEntries(
      Object.entries(organisation.groups).map(([name, group]) => [
        name,
        { ...group, members: exchange(group.members, users, share, random) },
      ]),
    ),
    permissionSets: edit(organisation.permissionSets, (set) => ({
      ...set,
      description: `${set.description}, newly described`,
      managedPolicies: ['ViewBilling'],
    })),
    assignments: organisation.assignments.map((entry) => ({
      ...entry,
      accounts: exchange(entry.accounts, accounts, share, random),
    })),
  };
}

/** About half of the share goes, and as much comes; at least one stays. */
function exchange(names: readonly string[], others: readonly string[], share: number, random: Random): string[] {
  const [first, ...rest] = names;
  if (first === undefined) return [];
  const coming = names.flatMap(() => (random() < share / 2 ? (others[pick(random, others.length)] ?? []) : []));
  return [...new Set([first, ...rest.filter(() => random() >= share / 2), ...coming])];
}
