import { compareTexts } from './compare-texts.ts';

/** People in accounts: each of these people in each of these accounts. Both are sorted where it is a part of a plan. */
export interface Block {
  /** User names. */
  users: readonly string[];
  /** 12-digit ids. */
  accounts: readonly string[];
}

/**
 * The same in a plan, where a list of people can be long and stand at many places: `people` is its index in
 * `access.people`.
 */
export interface Reach {
  people: number;
  accounts: readonly string[];
}

/** Keeps each list of people once. */
export interface PeopleLists {
  readonly lists: readonly (readonly string[])[];
  /** @returns its index */
  add(users: readonly string[]): number;
  /** Blocks as they stand in a plan. */
  reachOf(blocks: readonly Block[]): Reach[];
}

export function createPeopleLists(): PeopleLists {
  const lists: (readonly string[])[] = [];
  const indexes = new Map<string, number>();
  // Most lists are given more than once as the same array.
  const known = new Map<readonly string[], number>();
  const add = (users: readonly string[]): number => {
    let index = known.get(users);
    if (index !== undefined) return index;
    const key = JSON.stringify(users);
    index = indexes.get(key);
    if (index === undefined) {
      index = lists.push(users) - 1;
      indexes.set(key, index);
    }
    known.set(users, index);
    return index;
  };
  return {
    lists,
    add,
    reachOf: (blocks) => blocks.map(({ users, accounts }) => ({ people: add(users), accounts })),
  };
}

/** A part of a plan with its people by name. */
export const blocksOf = (people: readonly (readonly string[])[], reach: readonly Reach[]): Block[] =>
  reach.map(({ people: index, accounts }) => ({ users: people[index] ?? [], accounts }));

/**
 * The one way to say who is where: each person once, with all accounts; people with the same accounts together. Equal
 * results for equal people and accounts, however they were given.
 */
export function mergeBlocks(blocks: readonly Block[]): Block[] {
  const ofUser = new Map<string, number[]>();
  for (const [index, { users, accounts }] of blocks.entries()) {
    if (accounts.length === 0) continue;
    for (const user of users) {
      const list = ofUser.get(user);
      if (list === undefined) ofUser.set(user, [index]);
      else if (list.at(-1) !== index) list.push(index);
    }
  }
  const accountsOf = memoized((indexes: readonly number[]) =>
    sortedUnion(indexes.map((index) => blocks[index]?.accounts ?? [])),
  );
  const byAccounts = new Map<string, { users: string[]; accounts: readonly string[] }>();
  const merged = new Map<readonly string[], { users: string[] }>();
  for (const [user, indexes] of ofUser) {
    const accounts = accountsOf(indexes);
    let block = merged.get(accounts);
    if (!block) {
      const key = JSON.stringify(accounts);
      const found = byAccounts.get(key) ?? { users: [], accounts };
      byAccounts.set(key, found);
      merged.set(accounts, (block = found));
    }
    block.users.push(user);
  }
  return [...byAccounts.values()]
    .map(({ users, accounts }) => ({ users: users.sort(), accounts }))
    .sort((a, b) => compareTexts(a.users[0] ?? '', b.users[0] ?? ''));
}

/** Who is where and was not there before, merged. */
export function subtractBlocks(blocks: readonly Block[], known: readonly Block[]): Block[] {
  const knownIn = new Map<string, number[]>();
  for (const [index, { accounts }] of known.entries()) {
    for (const account of accounts) {
      const list = knownIn.get(account);
      if (list) list.push(index);
      else knownIn.set(account, [index]);
    }
  }
  const membersOf = memoized((indexes: readonly number[]) => new Set(indexes.flatMap((at) => known[at]?.users ?? [])));
  const left: Block[] = [];
  for (const { users, accounts } of blocks) {
    const rest = memoized((indexes: readonly number[]) => {
      const members = membersOf(indexes);
      return users.filter((user) => !members.has(user));
    });
    const byRest = new Map<readonly string[], string[]>();
    for (const account of accounts) {
      const others = rest(knownIn.get(account) ?? []);
      const list = byRest.get(others);
      if (list) list.push(account);
      else byRest.set(others, [account]);
    }
    for (const [others, where] of byRest) if (others.length > 0) left.push({ users: others, accounts: where });
  }
  return mergeBlocks(left);
}

/** How many different people. */
export const countPeople = (blocks: readonly Block[]): number => peopleIn(blocks).size;

/** Different people of all blocks; those without an account count too. */
export const peopleIn = (blocks: readonly Block[]): Set<string> =>
  new Set([...new Set(blocks.map(({ users }) => users))].flat());

const sortedUnion = (lists: readonly (readonly string[])[]): readonly string[] => [...new Set(lists.flat())].sort();

/** Answers by a list of numbers, each made once. */
function memoized<Answer>(make: (indexes: readonly number[]) => Answer): (indexes: readonly number[]) => Answer {
  const answers = new Map<string, Answer>();
  return (indexes) => {
    const key = indexes.join();
    let answer = answers.get(key);
    if (answer === undefined) answers.set(key, (answer = make(indexes)));
    return answer;
  };
}
