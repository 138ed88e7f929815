import fc from 'fast-check';
import type { Filter } from '../../src/access-page/model/filter.ts';
import type { Reaches } from '../../src/core/access-answer.ts';
import { powers, type Power } from '../../src/core/access.ts';
import { knownSetEntries, knownSets, policyOf, underMfa, type KnownSet, type PageAccountNote } from './access-page.ts';

// Random organizations, and all that is granted in them written out one by one: each person, account, set and way.

export const accounts: PageAccountNote[] = [
  { id: '100000000000', name: 'management' },
  { id: '100000000001', name: 'pay-api-prod', unit: 'Workloads/Prod' },
  { id: '100000000002', name: 'pay-web-prod', unit: 'Workloads/Prod' },
  { id: '100000000003', name: 'pay-api-dev', unit: 'Workloads/Dev' },
  { id: '100000000004', name: 'pay-web-dev', unit: 'Workloads/Dev' },
  { id: '100000000005', name: 'sandbox', unit: 'Sandbox' },
];
export const production = ['pay-api-prod', 'pay-web-prod'];
export const people = ['ann', 'bob', 'cy', 'dan', 'eve', 'fay'];
const groups = ['red', 'green', 'blue'];
export const soon = ['2026-06-20', '2026-07-14'];
const later = ['2026-12-01'];
export const past = ['2026-06-01'];

/** A permission set that can be edited: the same power by other actions, too. */
const shifts = {
  writes: knownSets.Writer,
  writesLonger: { ...knownSets.Writer, entry: { ...knownSets.Writer.entry, sessionDuration: 'PT8H' } },
  writesMore: { power: 'write', deletes: 'certain', entry: { inlinePolicy: policyOf('s3:*') } },
  administers: knownSets.Admin,
  administersUnderMfa: underMfa,
  reads: knownSets.Reader,
} as const satisfies Record<string, KnownSet>;

/** The length of sessions is all that differs. */
export const isOtherSession = ({ shift: was }: Organization, { shift: is }: Organization): boolean =>
  [was, is].sort().join() === 'writes,writesLonger';

interface Entry {
  users: string[];
  groups: string[];
  set: keyof typeof knownSets | 'Shift';
  accounts: string[];
  expires: string | undefined;
}

export interface Organization {
  members: Record<string, { user: string; expires: string | undefined }[]>;
  entries: Entry[];
  hasProduction: boolean;
  /** What the set Shift allows. */
  shift: keyof typeof shifts;
}

const expires = fc.option(fc.constantFrom(...soon, ...later, ...past), { nil: undefined, freq: 2 });
const some = <One>(all: readonly One[], options = {}): fc.Arbitrary<One[]> =>
  fc.uniqueArray(fc.constantFrom(...all), { ...options, maxLength: all.length });
export const organizations: fc.Arbitrary<Organization> = fc.record({
  members: fc.record(
    Object.fromEntries(
      groups.map((group) => [
        group,
        fc.uniqueArray(fc.record({ user: fc.constantFrom(...people), expires }), {
          selector: ({ user }) => user,
          maxLength: 5,
        }),
      ]),
    ),
  ),
  entries: fc.array(
    fc
      .record({
        users: some(people, { maxLength: 3 }),
        groups: some(groups, { maxLength: 2 }),
        set: fc.constantFrom(...(Object.keys(knownSets) as (keyof typeof knownSets)[]), 'Shift', 'Shift'),
        accounts: some(
          accounts.map(({ name }) => name),
          { minLength: 1 },
        ),
        expires,
      })
      .filter((entry) => entry.users.length + entry.groups.length > 0),
    { maxLength: 7 },
  ),
  hasProduction: fc.boolean(),
  shift: fc.constantFrom(...(Object.keys(shifts) as (keyof typeof shifts)[])),
});

/** All of it, without an end: what is live. */
export const liveOf = ({ members, entries, hasProduction, shift }: Organization, withEnds = false): object => ({
  ...(hasProduction && { production: { accounts: production } }),
  users: Object.fromEntries(
    people.map((name) => [name, { givenName: name, familyName: name, email: `${name}@example.com` }]),
  ),
  groups: Object.fromEntries(
    Object.entries(members).map(([name, list]) => [
      name,
      { members: list.map((one) => (withEnds && one.expires !== undefined ? one : one.user)) },
    ]),
  ),
  permissionSets: { ...knownSetEntries, Shift: shifts[shift].entry },
  assignments: entries.map(({ set, expires: until, ...entry }) => ({
    ...(entry.users.length > 0 && { users: entry.users }),
    ...(entry.groups.length > 0 && { groups: entry.groups }),
    permissionSets: [set],
    accounts: entry.accounts,
    ...(withEnds && until !== undefined && { expires: until }),
  })),
});

/** One way of one person to one set in one account. */
export interface Way {
  person: string;
  account: string;
  set: string;
  power: Power;
  conditional: boolean;
  deletes: Reaches | undefined;
  via: string;
  ends: boolean;
  endsSoon: boolean;
  /** When the assignment ends, and the membership; empty for one that has no end. */
  end: string[];
}

/** When it ends: the last of all that ask for it; undefined where one of them has no end. */
export const lastEnd = (ends: readonly (string | undefined)[]): string | undefined =>
  ends.includes(undefined)
    ? undefined
    : ends.reduce((last, end) => ((end ?? '') > (last ?? '') ? end : last), undefined);

export function waysIn({ members, entries, shift }: Organization): Way[] {
  const found = new Map<string, Way>();
  for (const entry of entries) {
    for (const account of entry.accounts) {
      const endOf = (principal: string): string | undefined =>
        lastEnd(
          entries
            .filter(
              (other) =>
                other.set === entry.set &&
                other.accounts.includes(account) &&
                [...other.users.map((user) => `user ${user}`), ...other.groups].includes(principal),
            )
            .map((other) => other.expires),
        );
      const { power, conditional, deletes }: KnownSet = entry.set === 'Shift' ? shifts[shift] : knownSets[entry.set];
      const add = (person: string, via: string, ends: (string | undefined)[]): void => {
        const known = ends.filter((end) => end !== undefined);
        found.set([person, account, entry.set, via].join(), {
          person,
          account,
          set: entry.set,
          // A role of any account can be assumed from the management account; none of these sets allows that.
          power,
          conditional: conditional === true,
          deletes,
          via,
          ends: known.length > 0,
          end: ends.map((one) => one ?? ''),
          endsSoon: known.some((end) => [...soon, ...past].includes(end)),
        });
      };
      for (const user of entry.users) add(user, '', [endOf(`user ${user}`)]);
      for (const group of entry.groups)
        for (const member of members[group] ?? []) add(member.user, group, [endOf(group), member.expires]);
    }
  }
  return [...found.values()];
}

export const reaches = (power: Power, least: Power): boolean => powers.indexOf(power) <= powers.indexOf(least);
export const count = <One>(list: readonly One[], keyOf: (one: One) => string): number => new Set(list.map(keyOf)).size;
export const peopleIn = (ways: readonly Way[]): Set<string> => new Set(ways.map(({ person }) => person));
export const without = (all: ReadonlySet<string>, others: ReadonlySet<string>): number =>
  [...all].filter((one) => !others.has(one)).length;
export const unitOf = (name: string): string => accounts.find((account) => account.name === name)?.unit ?? '';

export const filters: fc.Arbitrary<Filter> = fc.record({
  who: fc.constantFrom('', '', 'ann', 'A', 're', 'ann red', '*e', 'nobody'),
  account: fc.constantFrom('', '', 'pay', '*-prod', 'api dev', '100000000005'),
  unit: fc.constantFrom('', '', 'Workloads', 'Workloads/Prod', 'Work'),
  tag: fc.constant(''),
  set: fc.constantFrom('', '', 'Writer', 'Admin'),
  power: fc.constantFrom<Filter['power']>('read', 'read', 'write', 'raise', 'conditional', 'administrator'),
  allows: fc.constant<Filter['allows']>(''),
  place: fc.constantFrom<Filter['place']>('', '', 'management', 'production'),
  only: fc.constantFrom<Filter['only']>('', '', 'direct', 'ends'),
  change: fc.constant<Filter['change']>(''),
});

export function isLookedAt(filter: Filter, { hasProduction }: Organization, way: Way): boolean {
  const words = filter.who.toLowerCase().split(' ').filter(Boolean);
  const accountWords = filter.account.split(' ').filter(Boolean);
  const id = accounts.find(({ name }) => name === way.account)?.id ?? '';
  const fits = (word: string, text: string): boolean =>
    word.startsWith('*') ? text.endsWith(word.slice(1)) : text.includes(word);
  return (
    words.every((word) => fits(word, way.person) || (way.via !== '' && fits(word, way.via))) &&
    accountWords.every((word) => fits(word, way.account) || fits(word, id)) &&
    (filter.unit === '' || `${unitOf(way.account)}/`.startsWith(`${filter.unit}/`)) &&
    (filter.set === '' || way.set === filter.set) &&
    (filter.power === 'conditional'
      ? way.conditional || way.power === 'administrator'
      : reaches(way.power, filter.power)) &&
    (filter.allows === '' || way.deletes === filter.allows) &&
    (filter.place !== 'management' || way.account === 'management') &&
    (filter.place !== 'production' || (hasProduction && production.includes(way.account))) &&
    (filter.only !== 'direct' || way.via === '') &&
    (filter.only !== 'ends' || way.endsSoon)
  );
}

/** What somebody has in an account: sets, each with whether it is held for good. */
export function heldBy(ways: readonly Way[], person: string, account: string): string {
  const own = ways.filter((way) => way.person === person && way.account === account);
  const sets = [...new Set(own.map(({ set }) => set))].sort();
  return sets.map((set) => `${set}${own.some((way) => way.set === set && !way.ends) ? '' : ' ends'}`).join();
}

/** Whether somebody has as much as is looked at there, or more, without an end: by any way, if it is looked at or not. */
export function lastsIn(all: readonly Way[], looked: readonly Way[], person: string, account: string): boolean {
  const own = (ways: readonly Way[]): Way[] => ways.filter((way) => way.person === person && way.account === account);
  const shown = strongest(own(looked));
  return shown < powers.length && own(all).some(({ power, ends }) => !ends && powers.indexOf(power) <= shown);
}

export const strongest = (ways: readonly Way[]): number =>
  Math.min(...ways.map(({ power }) => powers.indexOf(power)), powers.length);

export const wayKey = ({ person, account, set, via }: Pick<Way, 'person' | 'account' | 'set' | 'via'>): string =>
  [person, account, set, via].join();
