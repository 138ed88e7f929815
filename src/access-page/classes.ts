import type { PageAccount, PageData, PagePerson } from './data.ts';

type Unclassed<One> = Omit<One, 'class'>;

type Classless = Pick<PageData, 'groups' | 'grants' | 'lists'> & {
  people: readonly Unclassed<PagePerson>[];
  accounts: readonly Unclassed<PageAccount>[];
};

/**
 * People who hold the same in the same ways, and accounts in which everyone holds the same: a page compares these, of which
 * there are far fewer. Those without any access are together too.
 */
export function withClasses({ people, accounts, groups, grants, lists }: Classless): {
  people: PagePerson[];
  accounts: PageAccount[];
} {
  const ofPerson = people.map((): string[] => []);
  for (const [group, { members }] of groups.entries()) {
    for (const [part, of] of members.entries())
      for (const person of of.people) ofPerson[person]?.push(`${group}.${part}`);
  }
  const grantsOfList = lists.map((): number[] => []);
  for (const [index, { users, members = [], accounts: list }] of grants.entries()) {
    for (const person of [...users, ...members]) ofPerson[person]?.push(`=${index}`);
    grantsOfList[list]?.push(index);
  }
  const ofAccount = accounts.map((account): string[] => [
    `in ${account.unit}`,
    ...(account.tags ?? []).map((tag) => `#${tag}`),
  ]);
  for (const [list, of] of lists.entries()) {
    const key = grantsOfList[list]?.join() ?? '';
    for (const account of of) ofAccount[account]?.push(key);
  }
  const classOf = createNumbering();
  const accountClassOf = createNumbering();
  return {
    people: people.map((person, index) => ({ ...person, class: classOf(ofPerson[index]?.join(' ') ?? '') })),
    accounts: accounts.map((account, index) => {
      const kind = account.production === undefined ? '' : 'production ';
      return { ...account, class: accountClassOf(kind + (ofAccount[index]?.join(' ') ?? '')) };
    }),
  };
}

/** Numbers from 0, the same for the same text. */
function createNumbering(): (text: string) => number {
  const numbers = new Map<string, number>();
  return (text) => {
    const known = numbers.get(text) ?? numbers.size;
    numbers.set(text, known);
    return known;
  };
}
