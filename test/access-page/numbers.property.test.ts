import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PageData } from '../../src/access-page/data.ts';
import { cellOf, columnsOf } from '../../src/access-page/model/columns.ts';
import { noFilter, type Filter } from '../../src/access-page/model/filter.ts';
import { createModel } from '../../src/access-page/model/model.ts';
import { otherReasons, reasonsFor, type Reason } from '../../src/access-page/model/reasons.ts';
import { viewOf, type View } from '../../src/access-page/model/view.ts';
import { reaches } from '../../src/core/access-answer.ts';
import { powers, type Power } from '../../src/core/access.ts';
import { pageOf } from '../support/access-page.ts';
import { depth } from '../support/depth.ts';
import {
  accounts,
  count,
  filters,
  heldBy,
  isLookedAt,
  lastsIn,
  liveOf,
  organizations,
  people,
  peopleIn,
  production,
  strongest,
  wayKey,
  waysIn,
  without,
} from '../support/random-access.ts';

// Every number of a page against all that is granted, written out one by one: each person, account, set and way.

/** Every way that the grants of a view have. */
function waysShown(data: PageData, view: View): string[] {
  return view.grants.list().flatMap(({ grant, groups: through, users, accounts: where }) => {
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

/** Every way that reasons have. */
const waysOf = (data: PageData, reasons: readonly Reason[]): string[] =>
  reasons.flatMap((reason) =>
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
        if (data.about.type !== 'state') throw new Error('It is about one state.');
        const { facts } = data.about;
        const administrators = having(is('administrator'));
        expect(data.people).toHaveLength(people.length);
        expect(data.accounts).toHaveLength(accounts.length);
        expect(facts.administrators).toBe(administrators.size);
        const conditional = (where?: readonly string[]): Set<string> =>
          peopleIn(ways.filter((way) => way.conditional && where?.includes(way.account) !== false));
        const besides = (some: Set<string>, ...others: Set<string>[]): number =>
          without(some, new Set(others.flatMap((one) => [...one])));
        expect(facts.conditional).toBe(without(conditional(), administrators));
        expect(facts.raisers).toBe(besides(having(is('raise')), administrators, conditional()));
        const ofManagement = having(is('administrator'), ['management']);
        expect(data.management).toBe(0);
        expect(facts.management).toEqual({
          administrators: ofManagement.size,
          conditional: without(conditional(['management']), ofManagement),
          raisers: besides(having(is('raise'), ['management']), ofManagement, conditional(['management'])),
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
        expect(data.about.assignments).toBe(assignments.size);
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
        expect(facts.ending).toBe(peopleIn(ways.filter(({ endsSoon }) => endsSoon)).size);
        expect(facts.direct).toBe(data.grants.filter(({ users }) => users.length > 0).length);
      }),
      depth(80),
    );
  });

  it('are those of what a filter leaves: people, accounts, rows, cells, reasons and grants', async () => {
    await fc.assert(
      fc.asyncProperty(
        organizations,
        fc.array(filters, { minLength: 1, maxLength: 4 }),
        async (organization, asked) => {
          const { data } = await pageOf({ accounts, file: liveOf(organization, true), live: liveOf(organization) });
          const model = createModel(data);
          const all = waysIn(organization);
          for (const filter of [noFilter, ...asked]) {
            const ways = all.filter((way) => isLookedAt(filter, organization, way));
            const others = all.filter((way) => !ways.includes(way));
            const view = viewOf(model, filter);
            expect(view.counts.people).toBe(count(ways, ({ person }) => person));
            expect(view.counts.reached).toBe(count(ways, ({ account }) => account));
            const reach = (person: string): number =>
              count(
                ways.filter((way) => way.person === person),
                ({ account }) => account,
              );
            const everyAccount = count(ways, ({ account }) => account);
            expect(view.counts.everywhere).toBe(
              [...peopleIn(ways)].filter((person) => reach(person) === everyAccount).length,
            );
            expect(view.counts.administrators).toBe(
              count(
                ways.filter(({ power }) => power === 'administrator'),
                ({ person }) => person,
              ),
            );
            expect(view.counts.unknown).toBe(
              without(peopleIn(ways), peopleIn(ways.filter(({ power }) => power !== 'unknown'))),
            );
            const stays = (person: string, name: string): boolean =>
              all.some((way) => way.person === person && way.account === name && !way.endsSoon);
            const keeping = [...peopleIn(ways)].filter((person) =>
              ways.every((way) => way.person !== person || stays(person, way.account)),
            );
            expect(view.counts.keeping).toBe(filter.only === 'ends' ? keeping.length : 0);
            const rows = new Map<string, string[]>();
            for (const person of people) {
              const key = accounts
                .map(({ name }) => `${heldBy(ways, person, name)} ${lastsIn(all, ways, person, name)}`)
                .join('|');
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
                const there = names.filter(
                  (name) => strongest(own.filter(({ account }) => account === name)) === power,
                );
                expect(cell.accounts).toBe(power === powers.length ? 0 : there.length);
                expect(cell.ends).toBe(
                  power < powers.length && there.every((name) => !lastsIn(all, ways, person, name)),
                );
                const reasons = waysOf(data, reasonsFor(model, view, row.people, column.accounts));
                const ofRow = row.people.map((one) => data.people[one]?.name ?? '');
                const wanted = ways.filter((way) => ofRow.includes(way.person) && names.includes(way.account));
                expect(reasons.sort()).toEqual(wanted.map(wayKey).sort());
                const left = others.filter((way) => ofRow.includes(way.person) && names.includes(way.account));
                const told = waysOf(data, otherReasons(model, view, row.people, column.accounts));
                expect(left.map(wayKey).filter((way) => !told.includes(way))).toEqual([]);
              }
            }
            expect(view.rows.every(({ counts }) => counts.some((one) => one > 0))).toBe(true);
          }
        },
      ),
      depth(100),
    );
  });

  it('are those of who may use an action, and how certainly', async () => {
    const allowing = fc.constantFrom<Filter['allows']>('', ...reaches);
    await fc.assert(
      fc.asyncProperty(organizations, filters, allowing, async (organization, some, allows) => {
        const file = liveOf(organization, true);
        const live = liveOf(organization);
        const { data } = await pageOf({ accounts, file, live, question: { actions: ['s3:DeleteBucket'] } });
        const filter = { ...some, allows };
        const view = viewOf(createModel(data), filter);
        const ways = waysIn(organization).filter(
          (way) => way.deletes !== undefined && isLookedAt(filter, organization, way),
        );
        expect([data.asked, data.actions]).toEqual(['action s3:DeleteBucket', ['s3:DeleteBucket']]);
        expect(waysShown(data, view).sort()).toEqual(ways.map(wayKey).sort());
        const best = [...peopleIn(ways)].map((person) =>
          Math.min(...ways.filter((way) => way.person === person).map(({ deletes }) => reaches.indexOf(deletes!))),
        );
        expect(view.counts.allowing).toEqual(reaches.map((_, at) => best.filter((one) => one === at).length));
      }),
      depth(100),
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
      depth(40),
    );
  });
});
