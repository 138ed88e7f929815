import { endOf } from '../../core/expiry.ts';
import type { PageData, PageGrant, PageOrigin } from '../data.ts';

/** One way in which all people of a class hold something. */
export interface Way {
  /** An index of `grants`. */
  grant: number;
  /** An index of `groups`; -1 for a direct assignment. */
  group: number;
  /** The grant or the membership ends, or has expired. */
  ends: boolean;
  /** It does so within 30 days, or has. */
  endsSoon: boolean;
}

/** The data of a page, with what follows from it whatever is filtered. */
export interface Model extends PageData {
  /** Indexes of people, by class; and their ways, by permission set, those without an end first. */
  peopleOfClass: number[][];
  waysOfClass: Way[][];
  /** Indexes of accounts, by class of accounts. */
  accountsOfClass: number[][];
  /** Classes of accounts, by list of accounts. */
  classesOfList: number[][];
  /** Indexes of groups, by person, those with the fewest members first. */
  groupsOfPerson: number[][];
  /** How many members each group has. */
  membersOfGroup: number[];
  /** An index of `accounts`; -1 where it is not known. */
  management: number;
  /** Of a grant, a group or -1, and how people are in it. */
  wayOf(grant: number, group: number, membership: PageOrigin): Way;
}

export function createModel(data: PageData): Model {
  const { people, groups, grants, accounts, lists, facts } = data;
  const soon = Date.parse(data.soon);
  const endsSoon = ({ status, until }: PageOrigin): boolean =>
    status === 'expired' || (until !== undefined && endOf(until) <= soon);
  const grantsOfGroup = groups.map((): number[] => []);
  const ofPerson = people.map((): Way[] => []);
  const wayOf = (grant: number, group: number, membership: PageOrigin): Way => {
    const origins = [grants[grant] as PageGrant, membership];
    const ends = origins.some(({ until }) => until !== undefined);
    return { grant, group, ends, endsSoon: origins.some(endsSoon) };
  };
  for (const [index, grant] of grants.entries()) {
    for (const group of grant.groups) grantsOfGroup[group]?.push(index);
    for (const person of grant.users) ofPerson[person]?.push(wayOf(index, -1, {}));
  }
  const groupsOfPerson = people.map((): number[] => []);
  const membersOfGroup = groups.map(({ members }) => members.reduce((sum, part) => sum + part.people.length, 0));
  // Only the first of each class is asked for its ways: the others have the same.
  const peopleOfClass = listsBy(people, (person) => person.class);
  const isFirst = new Set(peopleOfClass.map(([first]) => first));
  for (const [group, { members }] of groups.entries()) {
    for (const part of members) {
      for (const person of part.people) {
        groupsOfPerson[person]?.push(group);
        if (!isFirst.has(person)) continue;
        for (const grant of grantsOfGroup[group] ?? []) {
          if (grants[grant]?.members?.includes(person) !== false) ofPerson[person]?.push(wayOf(grant, group, part));
        }
      }
    }
  }
  for (const of of groupsOfPerson) of.sort((a, b) => (membersOfGroup[a] ?? 0) - (membersOfGroup[b] ?? 0));
  const order = ({ grant, ends }: Way): number => (grants[grant]?.set ?? 0) * 2 + Number(ends);
  for (const ways of ofPerson) ways.sort((a, b) => order(a) - order(b));
  return {
    ...data,
    peopleOfClass,
    waysOfClass: peopleOfClass.map(([first]) => ofPerson[first ?? -1] ?? []),
    accountsOfClass: listsBy(accounts, (account) => account.class),
    classesOfList: lists.map((list) => [...new Set(list.flatMap((account) => accounts[account]?.class ?? []))]),
    groupsOfPerson,
    membersOfGroup,
    management: facts.management?.account ?? -1,
    wayOf,
  };
}

/** Indexes of things, by number. */
function listsBy<One>(things: readonly One[], numberOf: (thing: One) => number): number[][] {
  const lists: number[][] = [];
  for (const [index, thing] of things.entries()) (lists[numberOf(thing)] ??= []).push(index);
  return lists;
}
