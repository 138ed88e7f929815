import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PageData } from '../../src/access-page/data.ts';
import { cellOf, columnsOf } from '../../src/access-page/model/columns.ts';
import { noFilter, type Filter } from '../../src/access-page/model/filter.ts';
import { createModel } from '../../src/access-page/model/model.ts';
import { reasonsFor } from '../../src/access-page/model/reasons.ts';
import { viewOf, type View } from '../../src/access-page/model/view.ts';
import { powers, type Power } from '../../src/core/access.ts';
import { knownSetEntries, knownSets, pageOf, type PageAccountNote } from '../support/access-page.ts';
import { depth } from '../support/depth.ts';

// Every number of a page against all that is granted, written out one by one: each person, account, set and way.

const accounts: PageAccountNote[] = [
  { id: '100000000000', name: 'management' },
  { id: '100000000001', name: 'pay-api-prod', unit: 'Workloads/Prod' },
  { id: '100000000002', name: 'pay-web-prod', unit: 'Workloads/Prod' },
  { id: '100000000003', name: 'pay-api-dev', unit: 'Workloads/Dev' },
  { id: '100000000004', name: 'pay-web-dev', unit: 'Workloads/Dev' },
  { id: '100000000005', name: 'sandbox', unit: 'Sandbox' },
];
const production = ['pay-api-prod', 'pay-web-prod'];
const people = ['ann', 'bob', 'cy', 'dan', 'eve', 'fay'];
const groups = ['red', 'green', 'blue'];
const soon = ['2026-06-20', '2026-07-14'];
const later = ['2026-12-01'];
const past = ['2026-06-01'];

interface Entry {
  users: string[];
  groups: string[];
  set: keyof typeof knownSets;
  accounts: string[];
  expires: string | undefined;
}

interface Organization {
  members: Record<string, { user: string; expires: string | undefined }[]>;
  entries: Entry[];
  hasProduction: boolean;
}

const expires = fc.option(fc.constantFrom(...soon, ...later, ...past), { nil: undefined, freq: 2 });
const some = <One>(all: readonly One[], options = {}): fc.Arbitrary<One[]> =>
  fc.uniqueArray(fc.constantFrom(...all), { ...options, maxLength: all.length });
const organizations: fc.Arbitrary<Organization> = fc.record({
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
        set: fc.constantFrom(...(Object.keys(knownSets) as (keyof typeof knownSets)[])),
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
});

/** All of it, without an end: what is live. */
const liveOf = ({ members, entries, hasProduction }: Organization, withEnds = false): object => ({
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
  permissionSets: knownSetEntries,
  assignments: entries.map(({ set, expires: until, ...entry }) => ({
    ...(entry.users.length > 0 && { users: entry.users }),
    ...(entry.groups.length > 0 && { groups: entry.groups }),
    permissionSets: [set],
    accounts: entry.accounts,
    ...(withEnds && until !== undefined && { expires: until }),
  })),
});

/** One way of one person to one set in one account. */
interface Way {
  person: string;
  account: string;
  set: string;
  power: Power;
  via: string;
  ends: boolean;
  endsSoon: boolean;
}

/** When it ends: the last of all that ask for it; undefined where one of them has no end. */
const lastEnd = (ends: readonly (string | undefined)[]): string | undefined =>
  ends.includes(undefined)
    ? undefined
    : ends.reduce((last, end) => ((end ?? '') > (last ?? '') ? end : last), undefined);

function waysIn({ members, entries }: Organization): Way[] {
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
      const add = (person: string, via: string, ends: (string | undefined)[]): void => {
        const known = ends.filter((end) => end !== undefined);
        found.set([person, account, entry.set, via].join(), {
          person,
          account,
          set: entry.set,
          // A role of any account can be assumed from the management account; none of these sets allows that.
          power: knownSets[entry.set].power,
          via,
          ends: known.length > 0,
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

const reaches = (power: Power, least: Power): boolean => powers.indexOf(power) <= powers.indexOf(least);
const count = <One>(list: readonly One[], keyOf: (one: One) => string): number => new Set(list.map(keyOf)).size;
const peopleIn = (ways: readonly Way[]): Set<string> => new Set(ways.map(({ person }) => person));
const without = (all: ReadonlySet<string>, others: ReadonlySet<string>): number =>
  [...all].filter((one) => !others.has(one)).length;
const unitOf = (name: string): string => accounts.find((account) => account.name === name)?.unit ?? '';

const filters: fc.Arbitrary<Filter> = fc.record({
  who: fc.constantFrom('', '', 'ann', 'A', 're', 'ann red', '*e', 'nobody'),
  account: fc.constantFrom('', '', 'pay', '*-prod', 'api dev', '100000000005'),
  unit: fc.constantFrom('', '', 'Workloads', 'Workloads/Prod', 'Work'),
  tag: fc.constant(''),
  set: fc.constantFrom('', '', 'Writer', 'Admin'),
  power: fc.constantFrom<Power>('read', 'read', 'write', 'raise', 'administrator'),
  place: fc.constantFrom<Filter['place']>('', '', 'management', 'production'),
  only: fc.constantFrom<Filter['only']>('', '', 'direct', 'ends'),
});

function isLookedAt(filter: Filter, { hasProduction }: Organization, way: Way): boolean {
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
    reaches(way.power, filter.power) &&
    (filter.place !== 'management' || way.account === 'management') &&
    (filter.place !== 'production' || (hasProduction && production.includes(way.account))) &&
    (filter.only !== 'direct' || way.via === '') &&
    (filter.only !== 'ends' || way.endsSoon)
  );
}

/** What somebody has in an account: sets, each with whether it is held for good. */
function heldBy(ways: readonly Way[], person: string, account: string): string {
  const own = ways.filter((way) => way.person === person && way.account === account);
  const sets = [...new Set(own.map(({ set }) => set))].sort();
  return sets.map((set) => `${set}${own.some((way) => way.set === set && !way.ends) ? '' : ' ends'}`).join();
}

const strongest = (ways: readonly Way[]): number =>
  Math.min(...ways.map(({ power }) => powers.indexOf(power)), powers.length);

const wayKey = ({ person, account, set, via }: Pick<Way, 'person' | 'account' | 'set' | 'via'>): string =>
  [person, account, set, via].join();

/** Every way that the grants of a view have. */
function waysShown(data: PageData, view: View): string[] {
  return view.grants.flatMap(({ grant, groups: through, users, accounts: where }) => {
    const set = data.sets[data.grants[grant]?.set ?? -1]?.name ?? '';
    const of = [
      ...users.map((person) => [person, ''] as const),
      ...through.flatMap((one) => one.people.map((person) => [person, data.groups[one.group]?.name ?? ''] as const)),
    ];
    return of.flatMap(([person, via]) =>
      where.map((account) =>
        wayKey({ person: data.people[person]?.name ?? '', account: data.accounts[account]?.name ?? '', set, via }),
      ),
    );
  });
}

describe('the numbers of a page', () => {
  it('are those of its facts, counted one by one', async () => {
    await fc.assert(
      fc.asyncProperty(organizations, async (organization) => {
        const { data } = await pageOf({ accounts, file: liveOf(organization, true), live: liveOf(organization) });
        const ways = waysIn(organization);
        const having = (least: (power: Power) => boolean, where?: readonly string[]): Set<string> =>
          peopleIn(ways.filter(({ power, account }) => least(power) && where?.includes(account) !== false));
        const is =
          (...some: Power[]) =>
          (power: Power): boolean =>
            some.includes(power);
        const { facts } = data;
        const administrators = having(is('administrator'));
        expect(data.people).toHaveLength(people.length);
        expect(data.accounts).toHaveLength(accounts.length);
        expect(facts.administrators).toBe(administrators.size);
        expect(facts.raisers).toBe(without(having(is('raise')), administrators));
        const ofManagement = having(is('administrator'), ['management']);
        expect(facts.management).toEqual({
          account: 0,
          administrators: ofManagement.size,
          raisers: without(having(is('raise'), ['management']), ofManagement),
        });
        const writersIn = (where: readonly string[]): { people: number; maybe: number } => {
          const writers = having(is('administrator', 'raise', 'write'), where);
          return { people: writers.size, maybe: without(having(is('unknown'), where), writers) };
        };
        if (organization.hasProduction) {
          expect(facts.writing).toEqual({ in: { type: 'production' }, accounts: 2, ...writersIn(production) });
        } else {
          const units = [...new Set(accounts.map(({ unit = '' }) => unit))].filter(Boolean);
          const most = Math.max(
            ...units.map(
              (unit) => writersIn(accounts.filter((one) => one.unit === unit).map(({ name }) => name)).people,
            ),
          );
          expect(facts.writing.people).toBe(most);
          const shown = facts.writing.in.type === 'unit' ? data.units[facts.writing.in.unit] : undefined;
          const own = accounts.filter((one) => one.unit === shown).map(({ name }) => name);
          expect(facts.writing).toMatchObject({ accounts: own.length, ...writersIn(own) });
        }
        const assignments = new Set(
          organization.entries.flatMap((entry) =>
            [...entry.users.map((user) => `user ${user}`), ...entry.groups].flatMap((to) =>
              entry.accounts.map((account) => [to, entry.set, account].join()),
            ),
          ),
        );
        expect(data.assignments).toBe(assignments.size);
        const inGrants = data.grants.flatMap((grant) =>
          [
            ...grant.users.map((user) => `user ${data.people[user]?.name}`),
            ...grant.groups.map((group) => data.groups[group]?.name ?? ''),
          ].flatMap((to) =>
            (data.lists[grant.accounts] ?? []).map((account) =>
              [to, data.sets[grant.set]?.name, data.accounts[account]?.name].join(),
            ),
          ),
        );
        expect(inGrants.sort()).toEqual([...assignments].sort());
        const granted = new Set(organization.entries.flatMap((entry) => entry.groups));
        const members = [...granted].flatMap((group) => organization.members[group] ?? []);
        const endsBy = (ends: readonly string[]): number =>
          data.grants.filter(({ until }) => ends.includes(until ?? '')).length +
          members.filter((member) => ends.includes(member.expires ?? '')).length;
        expect([facts.ending, facts.expired]).toEqual([endsBy(soon), endsBy(past)]);
        expect(facts.direct).toBe(data.grants.filter(({ users }) => users.length > 0).length);
      }),
      depth(300),
    );
  });

  it('are those of what a filter leaves: people, accounts, rows, cells, reasons and grants', async () => {
    await fc.assert(
      fc.asyncProperty(
        organizations,
        fc.array(filters, { minLength: 1, maxLength: 6 }),
        async (organization, asked) => {
          const { data } = await pageOf({ accounts, file: liveOf(organization, true), live: liveOf(organization) });
          const model = createModel(data);
          const all = waysIn(organization);
          for (const filter of [noFilter, ...asked]) {
            const ways = all.filter((way) => isLookedAt(filter, organization, way));
            const view = viewOf(model, filter);
            expect(view.counts.people).toBe(count(ways, ({ person }) => person));
            expect(view.counts.reached).toBe(count(ways, ({ account }) => account));
            expect(view.counts.administrators).toBe(
              count(
                ways.filter(({ power }) => power === 'administrator'),
                ({ person }) => person,
              ),
            );
            expect(view.counts.unknown).toBe(
              without(peopleIn(ways), peopleIn(ways.filter(({ power }) => power !== 'unknown'))),
            );
            const rows = new Map<string, string[]>();
            for (const person of people) {
              const key = accounts.map(({ name }) => heldBy(ways, person, name)).join('|');
              if (peopleIn(ways).has(person)) rows.set(key, [...(rows.get(key) ?? []), person]);
            }
            const named = view.rows.map((row) => row.people.map((person) => data.people[person]?.name ?? ''));
            expect(named.map((row) => row.join()).sort()).toEqual([...rows.values()].map((row) => row.join()).sort());
            expect(waysShown(data, view).sort()).toEqual(ways.map(wayKey).sort());

            const { columns, unreached } = columnsOf(model, view);
            const reached = new Set(ways.map(({ account }) => account));
            expect(unreached.filter((account) => reached.has(data.accounts[account]?.name ?? ''))).toEqual([]);
            expect(new Set(columns.flatMap((column) => column.accounts)).size).toBe(reached.size);
            for (const row of view.rows) {
              for (const column of columns) {
                const names = column.accounts.map((account) => data.accounts[account]?.name ?? '');
                const [person = ''] = row.people.map((one) => data.people[one]?.name ?? '');
                const own = ways.filter((way) => way.person === person && names.includes(way.account));
                const power = strongest(own);
                const cell = cellOf(view, row, column);
                expect(cell.power).toBe(power);
                const gravest = own.filter((way) => powers.indexOf(way.power) === power);
                const there = names.filter(
                  (name) => strongest(own.filter(({ account }) => account === name)) === power,
                );
                expect(cell.accounts).toBe(power === powers.length ? 0 : there.length);
                expect(cell.ends).toBe(power < powers.length && gravest.every(({ ends }) => ends));
                const reasons = reasonsFor(model, view, row.people, column.accounts).flatMap((reason) =>
                  reason.people.flatMap((one) =>
                    reason.accounts.map((account) =>
                      wayKey({
                        person: data.people[one]?.name ?? '',
                        account: data.accounts[account]?.name ?? '',
                        set: data.sets[data.grants[reason.grant]?.set ?? -1]?.name ?? '',
                        via: data.groups[reason.group]?.name ?? '',
                      }),
                    ),
                  ),
                );
                const ofRow = row.people.map((one) => data.people[one]?.name ?? '');
                const wanted = ways.filter((way) => ofRow.includes(way.person) && names.includes(way.account));
                expect(reasons.sort()).toEqual(wanted.map(wayKey).sort());
              }
            }
            expect(view.rows.every(({ counts }) => counts.some((one) => one > 0))).toBe(true);
          }
        },
      ),
      depth(400),
    );
  });

  it('are those of one person and of one account, on their own pages', async () => {
    await fc.assert(
      fc.asyncProperty(organizations, async (organization) => {
        const { data } = await pageOf({ accounts, file: liveOf(organization, true), live: liveOf(organization) });
        const model = createModel(data);
        const all = waysIn(organization);
        for (const [person, { name }] of data.people.entries()) {
          const own = all.filter((way) => way.person === name);
          const view = viewOf(model, noFilter, { person });
          expect(view.counts.reached).toBe(count(own, ({ account }) => account));
          expect(waysShown(data, view).sort()).toEqual(own.map(wayKey).sort());
        }
        for (const [account, { name }] of data.accounts.entries()) {
          const own = all.filter((way) => way.account === name);
          const view = viewOf(model, noFilter, { account });
          expect(view.counts.people).toBe(peopleIn(own).size);
          for (const power of powers.keys()) {
            const shown = view.rows.filter(({ counts }) => (counts[power] ?? 0) > 0).flatMap((row) => row.people);
            const wanted = people.filter((one) => strongest(own.filter((way) => way.person === one)) === power);
            expect(shown.map((one) => data.people[one]?.name ?? '').sort()).toEqual(wanted);
          }
        }
      }),
      depth(100),
    );
  });
});
