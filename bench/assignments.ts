import type { AssignmentByAccounts } from '../src/kinds/account-assignment/schema.ts';
import type { Dimensions } from './dimensions.ts';
import { pick, type Random } from './random.ts';

/** The names of all that an assignment can be about. */
export interface Parties {
  accounts: string[];
  users: string[];
  groups: string[];
  permissionSets: string[];
}

/** One set in some accounts, and who holds it there. */
interface Run {
  permissionSet: string;
  accounts: string[];
  users: Set<string>;
  groups: Set<string>;
}

/**
 * Exactly so many assignments to exactly so many pairs of account and permission set, as a file would group them: nine of
 * ten holders are groups, a few sets are nearly everywhere, and most are rare.
 */
export function grantAccess(parties: Parties, dimensions: Dimensions, random: Random): AssignmentByAccounts[] {
  const runs = spreadSets(parties, dimensions, random);
  for (const run of runs) addHolder(run, parties, random);
  let left = dimensions.assignments - dimensions.pairs;
  while (left > 0) {
    const run = runs[pick(random, runs.length)];
    if (!run || run.users.size + run.groups.size === parties.users.length + parties.groups.length) continue;
    if (run.accounts.length > left) {
      const rest = run.accounts.splice(left);
      runs.push({ ...run, accounts: rest, users: new Set(run.users), groups: new Set(run.groups) });
    }
    addHolder(run, parties, random);
    left -= run.accounts.length;
  }
  return runs.map(({ permissionSet, accounts, users, groups }) => ({
    ...(groups.size > 0 && { groups: [...groups] }),
    ...(users.size > 0 && { users: [...users] }),
    permissionSets: [permissionSet],
    accounts,
  }));
}

/** Every pair once, in runs of neighbouring accounts. */
function spreadSets(
  { accounts, permissionSets }: Parties,
  { pairs }: Pick<Dimensions, 'pairs'>,
  random: Random,
): Run[] {
  const longest = Math.ceil(accounts.length / 5);
  return accountsOfSets(permissionSets.length, accounts.length, pairs).flatMap((count, index) => {
    const first = pick(random, accounts.length);
    const runs: Run[] = [];
    for (let done = 0; done < count;) {
      const length = Math.min(1 + pick(random, longest), count - done);
      const own = Array.from({ length }, (_, at) => accounts[(first + done + at) % accounts.length] ?? '');
      runs.push({ permissionSet: permissionSets[index] ?? '', accounts: own, users: new Set(), groups: new Set() });
      done += length;
    }
    return runs;
  });
}

/** In how many accounts each set is. */
function accountsOfSets(sets: number, accounts: number, pairs: number): number[] {
  const upTo = (index: number): number => Math.sqrt(index / sets);
  const counts = Array.from({ length: sets }, (_, index) =>
    Math.min(accounts, Math.floor(pairs * (upTo(index + 1) - upTo(index)))),
  );
  let left = pairs - counts.reduce((sum, count) => sum + count, 0);
  for (let index = 0; left > 0; index = (index + 1) % sets) {
    if ((counts[index] ?? accounts) >= accounts) continue;
    counts[index] = (counts[index] ?? 0) + 1;
    left -= 1;
  }
  return counts;
}

/** One more holder than before; there is one left. */
function addHolder(run: Run, { users, groups }: Parties, random: Random): void {
  const isUser = users.length > run.users.size && (random() < 0.1 || groups.length === run.groups.size);
  const [names, holders] = isUser ? [users, run.users] : [groups, run.groups];
  const { size } = holders;
  while (holders.size === size) holders.add(names[pick(random, names.length)] ?? '');
}
