import { reaches } from '../../core/access-answer.ts';
import { endOf } from '../../core/expiry.ts';
import type { PageAbout, PageData, PageGrant, PageOrigin, PageSide } from '../data.ts';

/** One way in which all people of a class hold something, as it is on one side. */
export interface Way {
  /** An index of `grants`. */
  grant: number;
  /** An index of `groups`; -1 for a direct assignment. */
  group: number;
  /** An index of `powers`. */
  power: number;
  /** It makes administrators under a condition. */
  conditional: boolean;
  /** How far it allows what is asked about: an index of `reaches`, of all of them for not at all; 0 where that is everything. */
  allows: number;
  /** The grant or the membership ends, or has expired. */
  ends: boolean;
  /** It does so within 30 days, or has. */
  endsSoon: boolean;
  /** It is also on the side before, and ended at another time there. */
  moved: boolean;
}

/** What a way is on each side where it is; of a page about one state, `after`. */
export type WaySides = Partial<Record<PageSide, Way>>;

/** Of the data of a page, what is not made of the rest. */
export type ModelData = Omit<PageData, 'about' | 'digest'> & { about: Pick<PageAbout, 'type'> };

/** The data of a page, with what follows from it whatever is filtered. */
export interface Model extends Omit<ModelData, 'management'> {
  /** It has two sides, and shows what changes. */
  isDifference: boolean;
  /** Indexes of people, by class; and their ways on either side, by permission set, those without an end first. */
  peopleOfClass: number[][];
  waysOfClass: Record<PageSide, Way[][]>;
  /** Of a difference: classes of accounts in which one of these ways is not the same on both sides, or its set is edited. */
  touchedOfClass: number[][];
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
  wayOf(grant: number, group: number, membership: PageOrigin): WaySides;
}

export function createModel(data: ModelData): Model {
  const { people, groups, grants, accounts, lists } = data;
  const soon = Date.parse(data.soon);
  const isDifference = data.about.type === 'difference';
  const isSoon = ({ status, until }: PageOrigin): boolean =>
    status === 'expired' || (until !== undefined && endOf(until) <= soon);
  const isEdited = grants.map(({ set }) => data.sets[set]?.was !== undefined);
  const grantsOfGroup = groups.map((): number[] => []);
  const ofPerson = { before: people.map((): Way[] => []), after: people.map((): Way[] => []) };
  const classesOfList = lists.map((list) => [...new Set(list.flatMap((account) => accounts[account]?.class ?? []))]);
  const touched = people.map(() => new Set<number>());
  // Of a membership, by grant and group: each view asks for them again.
  const known = new WeakMap<PageOrigin, Map<number, WaySides>>();
  const wayOf = (index: number, group: number, membership: PageOrigin): WaySides => {
    const ways = known.get(membership) ?? new Map<number, WaySides>();
    known.set(membership, ways);
    const key = group * grants.length + index;
    const way = ways.get(key) ?? newWay(index, group, membership);
    ways.set(key, way);
    return way;
  };
  const newWay = (index: number, group: number, membership: PageOrigin): WaySides => {
    const grant = grants[index] as PageGrant;
    const origins = [grant, membership];
    const isOn = (side: PageSide): boolean => origins.every((one) => (one.side ?? side) === side);
    const isOnBoth = isDifference && isOn('before') && isOn('after');
    const on = (side: PageSide): Way => {
      const there = side === 'after' ? origins : origins.map(beforeOf);
      return {
        grant: index,
        group,
        ...contentOn(side, grant, data.actions !== undefined),
        ends: there.some(({ until }) => until !== undefined),
        endsSoon: there.some(isSoon),
        moved: isOnBoth && side === 'after' && origins.some(({ wasUntil }) => wasUntil !== undefined),
      };
    };
    return {
      ...(isDifference && isOn('before') && { before: on('before') }),
      ...(isOn('after') && { after: on('after') }),
    };
  };
  const add = (person: number, { before, after }: WaySides): void => {
    if (before) ofPerson.before[person]?.push(before);
    if (after) ofPerson.after[person]?.push(after);
    const way = before ?? after;
    if (!isDifference || !way || (before && after && !after.moved && !isEdited[way.grant])) return;
    for (const of of classesOfList[grants[way.grant]?.accounts ?? -1] ?? []) touched[person]?.add(of);
  };
  for (const [index, grant] of grants.entries()) {
    for (const group of grant.groups) grantsOfGroup[group]?.push(index);
    for (const person of grant.users) add(person, wayOf(index, -1, {}));
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
          if (grants[grant]?.members?.includes(person) !== false) add(person, wayOf(grant, group, part));
        }
      }
    }
  }
  for (const of of groupsOfPerson) of.sort((a, b) => (membersOfGroup[a] ?? 0) - (membersOfGroup[b] ?? 0));
  const order = ({ grant, ends }: Way): number => (grants[grant]?.set ?? 0) * 2 + Number(ends);
  for (const ways of [...ofPerson.before, ...ofPerson.after]) ways.sort((a, b) => order(a) - order(b));
  const ofClasses = (ways: Way[][]): Way[][] => peopleOfClass.map(([first]) => ways[first ?? -1] ?? []);
  return {
    ...data,
    isDifference,
    peopleOfClass,
    touchedOfClass: peopleOfClass.map(([first]) => [...(touched[first ?? -1] ?? [])]),
    waysOfClass: { before: ofClasses(ofPerson.before), after: ofClasses(ofPerson.after) },
    accountsOfClass: listsBy(accounts, (account) => account.class),
    classesOfList,
    groupsOfPerson,
    membersOfGroup,
    management: data.management ?? -1,
    wayOf,
  };
}

/** What the set of a grant lets its holders do on a side. */
function contentOn(side: PageSide, grant: PageGrant, isAsked: boolean): Pick<Way, 'power' | 'conditional' | 'allows'> {
  const { power, wasPower = power, conditional = 0, wasConditional = conditional } = grant;
  const { allows = isAsked ? reaches.length : 0, wasAllows = allows } = grant;
  if (side === 'after') return { power, conditional: conditional === 1, allows };
  return { power: wasPower, conditional: wasConditional === 1, allows: wasAllows < 0 ? reaches.length : wasAllows };
}

/** As it was before. */
function beforeOf({ until: _until, wasUntil, ...origin }: PageOrigin & { until?: string }): PageOrigin {
  const until = wasUntil ?? _until;
  return { ...origin, ...(until !== undefined && until !== '' && { until }) };
}

/** Indexes of things, by number. */
function listsBy<One>(things: readonly One[], numberOf: (thing: One) => number): number[][] {
  const lists: number[][] = [];
  for (const [index, thing] of things.entries()) (lists[numberOf(thing)] ??= []).push(index);
  return lists;
}
