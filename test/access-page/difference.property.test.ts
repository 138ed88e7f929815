import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PageData } from '../../src/access-page/data.ts';
import { changeKinds, type ChangeKind } from '../../src/access-page/model/changes.ts';
import { cellOf, columnsOf } from '../../src/access-page/model/columns.ts';
import { changeFilters, noFilter, type ChangeFilter, type Filter } from '../../src/access-page/model/filter.ts';
import { holdersIn, reachOn } from '../../src/access-page/model/holders.ts';
import { createModel, type Model } from '../../src/access-page/model/model.ts';
import { reasonsFor } from '../../src/access-page/model/reasons.ts';
import { viewOf, type View } from '../../src/access-page/model/view.ts';
import { powers } from '../../src/core/access.ts';
import { differencePageOf } from '../support/access-page.ts';
import { depth } from '../support/depth.ts';
import { holdsIn } from '../support/named-access.ts';
import {
  accounts,
  count,
  filters,
  heldBy,
  isLookedAt,
  isOtherSession,
  lastsIn,
  liveOf,
  organizations,
  past,
  people,
  production,
  strongest,
  wayKey,
  waysIn,
  type Organization,
  type Way,
} from '../support/random-access.ts';

// Every number of a page of a difference against all that is granted before and after, written out one by one.

const changed = fc.constantFrom<ChangeFilter>(...changeFilters);
const asked: fc.Arbitrary<Filter> = fc.tuple(filters, changed).map(([filter, change]) => ({ ...filter, change }));

/** What has not expired: a file asks for nothing else. */
const current = ({ members, entries, ...rest }: Organization): Organization => {
  const isThere = ({ expires }: { expires: string | undefined }): boolean => !past.includes(expires ?? '');
  return {
    ...rest,
    members: Object.fromEntries(Object.entries(members).map(([group, list]) => [group, list.filter(isThere)])),
    entries: entries.filter(isThere),
  };
};

interface Two {
  data: PageData;
  model: Model;
  lost: string[];
  gained: string[];
  before: Way[];
  after: Way[];
  /** What the page takes production from. */
  declares: Organization;
  isEdited: boolean;
  /** The length of sessions is all that is. */
  isSession: boolean;
}

async function make(was: Organization, is: Organization): Promise<Two> {
  const { data, access } = await differencePageOf({ accounts, before: liveOf(was, true), after: liveOf(is, true) });
  const told = (changes: typeof access.gained): string[] =>
    holdsIn(access, changes).map(({ user, permissionSet, account }) =>
      [user, accounts.find(({ id }) => id === account)?.name, permissionSet].join(),
    );
  return {
    data,
    model: createModel(data),
    gained: told(access.gained).sort(),
    lost: told(access.lost).sort(),
    before: waysIn(current(was)),
    after: waysIn(current(is)),
    declares: { ...is, hasProduction: was.hasProduction || is.hasProduction },
    isEdited: was.shift !== is.shift,
    isSession: isOtherSession(was, is),
  };
}

type Flags = Record<ChangeFilter, boolean>;

interface Spot {
  person: string;
  account: string;
  before: Way[];
  after: Way[];
  is: Flags;
}

/** What is looked at of each person in each account, before and after. */
function spotsOf({ before, after, declares, isEdited, isSession }: Two, filter: Filter): Spot[] {
  const was = new Map(before.map((way) => [wayKey(way), way]));
  return people.flatMap((person) =>
    accounts.map(({ name: account }) => {
      const own = (ways: readonly Way[]): Way[] =>
        ways.filter((way) => way.person === person && way.account === account && isLookedAt(filter, declares, way));
      const [old, now] = [own(before), own(after)];
      const [oldSets, newSets] = [old, now].map((ways) => new Set(ways.map(({ set }) => set))) as [
        Set<string>,
        Set<string>,
      ];
      const gains = [...newSets].some((set) => !oldSets.has(set));
      const loses = [...oldSets].some((set) => !newSets.has(set));
      const edited = isEdited && oldSets.has('Shift') && newSets.has('Shift');
      const moved = now.some((way) => {
        const known = was.get(wayKey(way));
        return known !== undefined && known.end.join() !== way.end.join();
      });
      const is: Flags = {
        '': gains || loses || edited || moved,
        gains,
        loses,
        rises: strongest(now) < strongest(old),
        falls: strongest(now) > strongest(old),
        edited,
        session: edited && isSession,
        moved,
        all: old.length + now.length > 0,
      };
      return { person, account, before: old, after: now, is };
    }),
  );
}

/** What a spot is called by a filter that it fits. */
function kindOf({ before, after, is }: Spot, filter: ChangeFilter): ChangeKind {
  const [isNew, isGone] = [before.length === 0, after.length === 0];
  const sets = is.gains && is.loses ? 'other' : is.gains ? 'more' : 'fewer';
  switch (filter) {
    case 'gains':
      return isNew ? 'gained' : sets;
    case 'loses':
      return isGone ? 'lost' : sets;
    case 'rises':
      return isNew ? 'gained' : 'rises';
    case 'falls':
      return isGone ? 'lost' : 'falls';
    case 'edited':
      return is.session ? 'session' : 'edited';
    case 'session':
    case 'moved':
      return filter;
    case '':
    case 'all':
      if (isNew) return 'gained';
      if (isGone) return 'lost';
      if (is.rises || is.falls) return is.rises ? 'rises' : 'falls';
      if (is.gains || is.loses) return sets;
      return is.edited ? kindOf({ before, after, is } as Spot, 'edited') : is.moved ? 'moved' : 'same';
  }
}

const peopleOf = (spots: readonly Spot[]): string[] => [...new Set(spots.map(({ person }) => person))];

/** Ways with the side that they are on. */
const sided = (key: string, isBefore: boolean, isAfter: boolean): string =>
  `${key} ${isBefore && isAfter ? 'both' : isBefore ? 'before' : 'after'}`;

function waysShown({ data, model }: Two, view: View): string[] {
  return view.grants.list().flatMap(({ grant, groups, users, accounts: where }) => {
    const set = data.sets[data.grants[grant]?.set ?? -1]?.name ?? '';
    const of = [
      ...users.map((person) => ({ person, via: '', way: model.wayOf(grant, -1, {}) })),
      ...groups.flatMap(({ group, people: some }) =>
        some.map((person) => {
          const part = data.groups[group]?.members.find((one) => one.people.includes(person)) ?? { people: [] };
          return { person, via: data.groups[group]?.name ?? '', way: model.wayOf(grant, group, part) };
        }),
      ),
    ];
    return of.flatMap(({ person, via, way }) =>
      where.map((account) => {
        const names = { person: data.people[person]?.name ?? '', account: data.accounts[account]?.name ?? '' };
        return sided(wayKey({ ...names, set, via }), way.before !== undefined, way.after !== undefined);
      }),
    );
  });
}

/** Every way on either side that is looked at and changes as it is asked. */
function waysAsked(two: Two, filter: Filter): string[] {
  const { before, after, declares, isEdited, isSession } = two;
  const [was, is] = [before, after].map((ways) => new Map(ways.map((way) => [wayKey(way), way])));
  return [...new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])])].flatMap((key) => {
    const [old, now] = [was?.get(key), is?.get(key)];
    if (![old, now].some((way) => way && isLookedAt(filter, declares, way))) return [];
    const edited = isEdited && old !== undefined && now?.set === 'Shift';
    const moved = old !== undefined && now !== undefined && old.end.join() !== now.end.join();
    const powerOf = (way: Way | undefined): number => (way ? powers.indexOf(way.power) : powers.length);
    const so: Flags = {
      '': !old || !now || edited || moved,
      gains: !old,
      loses: !now,
      rises: powerOf(now) < powerOf(old),
      falls: powerOf(now) > powerOf(old),
      edited,
      session: edited && isSession,
      moved,
      all: true,
    };
    return so[filter.change] ? [sided(key, old !== undefined, now !== undefined)] : [];
  });
}

describe('the numbers of a page of a difference', () => {
  it('are those of what a filter leaves: people, accounts, rows, cells, reasons and grants', async () => {
    await fc.assert(
      fc.asyncProperty(
        organizations,
        organizations,
        fc.array(asked, { minLength: 1, maxLength: 4 }),
        async (was, is, some) => {
          const two = await make(was, is);
          const { data, model } = two;
          const wrong: unknown[] = [];
          const same = (what: string, found: unknown, wanted: unknown): void => {
            if (JSON.stringify(found) !== JSON.stringify(wanted)) wrong.push({ what, found, wanted });
          };
          for (const filter of [noFilter, ...some]) {
            const spots = spotsOf(two, filter);
            const fitting = spots.filter((spot) => spot.is[filter.change]);
            const view = viewOf(model, filter);
            const reached = new Set(fitting.map(({ account }) => account));
            same('people', view.counts.people, peopleOf(fitting).length);
            same('accounts', view.counts.reached, reached.size);
            const isWhole = filter.change === '' || filter.change === 'all';
            const found = new Set(peopleOf(fitting));
            const shown = isWhole
              ? spots.filter(({ person, account }) => found.has(person) && reached.has(account))
              : fitting;
            const all = waysAsked(two, { ...filter, change: 'all' }).map((way) => {
              const [of = '', account = ''] = way.split(',');
              return { way, of, account };
            });
            for (const change of changeFilters) {
              const wanted = peopleOf(shown.filter((spot) => spot.is[change])).length;
              same(`people who ${change}`, view.counts.changing[change], wanted);
            }
            const rows = new Map<string, string[]>();
            for (const person of peopleOf(fitting)) {
              const key = shown
                .filter((spot) => spot.person === person)
                .map((spot) =>
                  [
                    heldBy(spot.before, person, spot.account),
                    heldBy(spot.after, person, spot.account),
                    lastsIn(two.before, spot.before, person, spot.account),
                    lastsIn(two.after, spot.after, person, spot.account),
                    spot.is.moved,
                  ].join('/'),
                )
                .join('|');
              rows.set(key, [...(rows.get(key) ?? []), person]);
            }
            const nameOf = (person: number): string => data.people[person]?.name ?? '';
            same(
              'rows',
              view.rows.map((row) => row.people.map(nameOf).join()).sort(),
              [...rows.values()].map((row) => row.join()).sort(),
            );
            same('grants', waysShown(two, view).sort(), waysAsked(two, filter).sort());

            const { columns } = columnsOf(model, view);
            same('columns', new Set(columns.flatMap((column) => column.accounts)).size, reached.size);
            for (const row of view.rows) {
              const ofRow = row.people.map(nameOf);
              const ofPerson = shown.filter((spot) => spot.person === ofRow[0] && spot.is.all);
              for (const column of columns) {
                const names = column.accounts.map((account) => data.accounts[account]?.name ?? '');
                const own = ofPerson.filter((spot) => names.includes(spot.account));
                const changing = own.filter((spot) => spot.is['']);
                const cell = (changing.length > 0 ? changing : own).map((spot) => {
                  const [old, now] = [strongest(spot.before), strongest(spot.after)];
                  return { kind: kindOf(spot, filter.change), key: [Math.min(old, now), old, now].join() };
                });
                const [first] = cell.map(({ key }) => key).sort();
                const { power, accounts: number, change } = cellOf(view, row, column);
                if (first === undefined) same('an empty cell', [number, change], [0, undefined]);
                else {
                  const [, old = '', now = ''] = first.split(',');
                  const kinds = changeKinds.flatMap((kind) => {
                    const many = cell.filter((one) => one.kind === kind).length;
                    return many > 0 ? [{ kind, accounts: many }] : [];
                  });
                  const isUniform = cell.every(({ key }) => key === first);
                  same(
                    'a cell',
                    [change, power, number],
                    [{ before: Number(old), kinds, isUniform }, Number(now), cell.length],
                  );
                }
                const reasons = reasonsFor(model, view, row.people, column.accounts).flatMap((reason) =>
                  reason.people.flatMap((one) =>
                    reason.accounts.map((account) => {
                      const set = data.sets[data.grants[reason.grant]?.set ?? -1]?.name ?? '';
                      const via = data.groups[reason.group]?.name ?? '';
                      const key = wayKey({
                        person: nameOf(one),
                        account: data.accounts[account]?.name ?? '',
                        set,
                        via,
                      });
                      return sided(key, reason.side !== 'after', reason.side !== 'before');
                    }),
                  ),
                );
                const wanted = all.flatMap(({ way, of, account }) =>
                  ofRow.includes(of) && names.includes(account) ? [way] : [],
                );
                same('reasons', reasons.sort(), wanted.sort());
              }
            }
          }
          expect(wrong).toEqual([]);
        },
      ),
      depth(60),
    );
  });

  it('are those of its facts, and what idc diff says of who gains and loses', async () => {
    await fc.assert(
      fc.asyncProperty(organizations, organizations, async (was, is) => {
        const two = await make(was, is);
        const { data, before, after, declares, isEdited } = two;
        if (data.about.type !== 'difference') throw new Error('It is about two states.');
        const { facts } = data.about;
        const spots = spotsOf(two, noFilter);
        const setsOf = (ways: readonly Way[]): string[] => [...new Set(ways.map(({ set }) => set))];
        const holds = (from: 'before' | 'after', than: 'before' | 'after'): string[] =>
          spots.flatMap((spot) =>
            setsOf(spot[from])
              .filter((set) => !setsOf(spot[than]).includes(set))
              .map((set) => [spot.person, spot.account, set].join()),
          );
        expect(two.gained).toEqual(holds('after', 'before').sort());
        expect(two.lost).toEqual(holds('before', 'after').sort());
        const counted = (some: readonly Spot[]) => ({
          people: peopleOf(some).length,
          accounts: count(some, ({ account }) => account),
        });
        const losing = spots.filter((spot) => spot.is.loses);
        expect(facts.gain).toEqual(counted(spots.filter((spot) => spot.is.gains)));
        expect(facts.lose).toEqual({
          ...counted(losing),
          last: peopleOf(losing).filter((person) => !after.some((way) => way.person === person)).length,
        });
        const administers = (ways: readonly Way[]): boolean => ways.some(({ power }) => power === 'administrator');
        const moving = (from: 'before' | 'after', to: 'before' | 'after'): string[] =>
          peopleOf(spots.filter((spot) => !administers(spot[from]) && administers(spot[to]))).sort();
        expect(facts.administrators.added.map((person) => data.people[person]?.name)).toEqual(
          moving('before', 'after'),
        );
        expect(facts.administrators.gone).toBe(moving('after', 'before').length);
        const administersAny = (ways: readonly Way[], person: string): boolean =>
          administers(ways.filter((way) => way.person === person));
        expect(facts.administrators.first.map((person) => data.people[person]?.name)).toEqual(
          moving('before', 'after').filter((person) => !administersAny(before, person)),
        );
        expect(facts.administrators.last).toBe(
          moving('after', 'before').filter((person) => !administersAny(after, person)).length,
        );
        const edited = spots.filter((spot) => spot.is.edited);
        const sets = edited.length > 0 ? 1 : 0;
        expect(facts.edited).toEqual({ sets, sessions: two.isSession ? sets : 0, people: peopleOf(edited).length });
        const newly = (spot: Spot): boolean =>
          !administers(spot.before) &&
          !spot.before.some(({ conditional }) => conditional) &&
          spot.after.some(({ conditional }) => conditional);
        expect(facts.administrators.conditional).toBe(
          peopleOf(spots.filter((spot) => newly(spot))).filter((one) => !moving('before', 'after').includes(one))
            .length,
        );
        const touchedIn = (names: readonly string[]) =>
          counted(spots.filter((spot) => spot.is[''] && names.includes(spot.account)));
        if (declares.hasProduction) {
          expect(facts.touched).toEqual({ in: { type: 'production' }, ...touchedIn(production) });
        } else {
          const { in: place, ...found } = facts.touched;
          const namesIn = (unit: string): string[] =>
            accounts.filter((one) => `${one.unit ?? ''}/`.startsWith(`${unit}/`)).map(({ name }) => name);
          const units = ['Workloads/Prod', 'Workloads/Dev', 'Sandbox'];
          const most = Math.max(...units.map((unit) => touchedIn(namesIn(unit)).people));
          expect(found.people).toBe(most);
          expect(found).toEqual(touchedIn(namesIn(place.type === 'unit' ? (data.units[place.unit] ?? '') : '?')));
        }
        expect(facts.direct).toBe(data.grants.filter(({ users, side }) => users.length > 0 && side === 'after').length);

        // Each assignment, with what the page says of it, once.
        const elements = (ways: readonly Way[]): Map<string, Way> =>
          new Map(ways.map((way) => [[way.via === '' ? way.person : way.via, way.set, way.account].join(), way]));
        const [old, now] = [elements(before), elements(after)];
        const told = data.grants.flatMap((grant) =>
          [
            ...grant.users.map((user) => data.people[user]?.name),
            ...grant.groups
              .filter((group) => data.groups[group]?.members.length)
              .map((group) => data.groups[group]?.name),
          ].flatMap((to) =>
            (data.lists[grant.accounts] ?? []).map((account) => {
              const key = [to, data.sets[grant.set]?.name, data.accounts[account]?.name].join();
              return { key, grant };
            }),
          ),
        );
        const wrong = told.filter(({ key, grant }) => {
          const [before, after] = [old.get(key), now.get(key)];
          // Of a group that no one was in on one side there is no way to compare with.
          if (!before || !after || grant.side) return false;
          const moved = before.end[0] !== after.end[0];
          const power = powers.indexOf(after.power);
          const isOther = isEdited && after.set === 'Shift' && before.power !== after.power;
          return (
            grant.power !== power ||
            grant.wasPower !== (isOther ? powers.indexOf(before.power) : undefined) ||
            grant.wasUntil !== (moved ? before.end[0] : undefined) ||
            (grant.until ?? '') !== after.end[0]
          );
        });
        expect(wrong).toEqual([]);
        const granted = data.grants.filter(({ wasUntil }) => wasUntil !== undefined).length;
        const memberEnds = (organization: Organization, group: string): Map<string, string> =>
          new Map((current(organization).members[group] ?? []).map(({ user, expires = '' }) => [user, expires]));
        const memberships = data.groups.flatMap(({ name }) => {
          const ends = memberEnds(was, name);
          return [...memberEnds(is, name)].filter(([user, end]) => ends.has(user) && ends.get(user) !== end);
        });
        expect(facts.moved).toBe(granted + memberships.length);
      }),
      depth(40),
    );
  });

  it('are those of one person and of one account before and after, on their own pages', async () => {
    await fc.assert(
      fc.asyncProperty(organizations, organizations, async (was, is) => {
        const two = await make(was, is);
        const { data, model } = two;
        const everything: Filter = { ...noFilter, change: 'all' };
        for (const [person, { name }] of data.people.entries()) {
          const view = viewOf(model, everything, { person });
          for (const side of ['before', 'after'] as const) {
            const own = two[side].filter((way) => way.person === name);
            expect(reachOn(view, side)).toEqual({ accounts: count(own, (way) => way.account), power: strongest(own) });
          }
          const wanted = waysAsked(two, everything).filter((way) => way.startsWith(`${name},`));
          expect(waysShown(two, view).sort()).toEqual(wanted.sort());
        }
        for (const [account, { name }] of data.accounts.entries()) {
          const view = viewOf(model, everything, { account });
          const powerOf = (side: 'before' | 'after', person: string): number =>
            strongest(two[side].filter((way) => way.person === person && way.account === name));
          const wanted = people
            .map((person) => [person, powerOf('before', person), powerOf('after', person)] as const)
            .filter(([, before, after]) => Math.min(before, after) < powers.length);
          const found = holdersIn(view).map(({ person, before, after }) => [data.people[person]?.name, before, after]);
          expect(found).toEqual(wanted);
        }
      }),
      depth(40),
    );
  });
});
