import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { LiveAccount, Organization } from '../../src/aws/organization/accounts.ts';
import { createSelector } from '../../src/accounts/select.ts';
import type { AccountCriteria, AccountTarget } from '../../src/core/account-target.ts';
import { depth } from '../support/depth.ts';

// A tree of three levels, and accounts anywhere in it: few of each, so that entries meet them.
const paths = ['A', 'A/A', 'A/B', 'B', 'B/A', 'A/A/C'];
const idOfUnit = (path: string): string => `ou-root-${path.toLowerCase().replaceAll('/', 'x').padStart(8, '0')}`;
const units = [{ id: 'r-root', path: '' }, ...paths.map((path) => ({ id: idOfUnit(path), path }))];

const account = fc.record({
  name: fc.stringMatching(/^[ab]-[12]$/),
  state: fc.constantFrom('ACTIVE', 'ACTIVE', 'SUSPENDED', 'PENDING_CLOSURE'),
  path: fc.constantFrom('', ...paths),
  tags: fc.dictionary(fc.constantFrom('env', 'team'), fc.constantFrom('x', 'y')),
});
type Account = typeof account extends fc.Arbitrary<infer One> ? One & { id: string } : never;

const unitName = fc.constantFrom('r-root', ...paths, ...paths.map(idOfUnit));
const criteria = fc.record({
  accounts: fc.array(fc.constantFrom('a-*', '*-2', '*', '*0*', '000000000000', '000000000001'), {
    minLength: 1,
    maxLength: 2,
  }),
  organizationalUnits: fc.array(fc.oneof(unitName, fc.record({ unit: unitName, subUnits: fc.boolean() })), {
    minLength: 1,
    maxLength: 2,
  }),
  accountTags: fc.dictionary(fc.constantFrom('env', 'team'), fc.constantFrom('x', 'y'), { minKeys: 1 }),
});
const selector = fc.oneof(
  criteria.map(({ accounts }) => ({ accounts })),
  criteria.map(({ organizationalUnits }) => ({ organizationalUnits })),
  criteria.map(({ accountTags }) => ({ accountTags })),
  fc.constant({ all: true as const }),
);
const except = fc.option(
  criteria.chain((whole) =>
    fc
      .subarray(Object.entries(whole), { minLength: 1 })
      .map((entries) => Object.fromEntries(entries) as AccountCriteria),
  ),
  { nil: undefined },
);

/** What the words of the file format say, one after the other. */
function fits({ accounts = [], organizationalUnits = [], accountTags }: AccountCriteria, one: Account): boolean {
  const named = accounts.some((text) => {
    const pattern = new RegExp(`^${text.replaceAll('*', '.*')}$`, 'u');
    return [one.id, one.name].some((name) => pattern.test(name));
  });
  const inside = organizationalUnits.some((criterion) => {
    const { unit, subUnits } = typeof criterion === 'string' ? { unit: criterion, subUnits: true } : criterion;
    const path = units.find(({ id, path: own }) => id === unit || own === unit)?.path ?? '?';
    if (!subUnits) return one.path === path;
    return path === '' || one.path === path || one.path.startsWith(`${path}/`);
  });
  // The tags of an account that is not active are not read.
  const tagged =
    one.state === 'ACTIVE' &&
    accountTags !== undefined &&
    Object.entries(accountTags).every(([key, value]) =>
      Object.entries(one.tags).some(([own, has]) => own === key && has === value),
    );
  return named || inside || tagged;
}

function wanted(target: AccountTarget, all: readonly Account[]): string[] {
  return all
    .filter((one) => {
      const outright = (target.accounts ?? []).includes(one.id);
      const taken = outright || (one.state === 'ACTIVE' && (target.all === true || fits(target, one)));
      return taken && !(target.except && fits(target.except, one));
    })
    .map(({ id }) => id);
}

it('an entry is about exactly the accounts of which its words are true', () => {
  fc.assert(
    fc.property(fc.array(account, { minLength: 2, maxLength: 6 }), selector, except, (given, target, exception) => {
      const all = given.map((one, index) => ({ ...one, id: String(index).padStart(12, '0') }));
      const select = createSelector({
        organization: organizationOf(all),
        refer: (id) => ({ id }),
        allNames: (id) => all.filter((one) => one.id === id).map(({ name }) => name),
      });
      const entry = { ...target, except: exception };
      const selection = select(entry, ['assignments', 0]);
      expect(selection.problems).toEqual([]);
      const ids = wanted(entry, all);
      expect(selection.ids.toSorted()).toEqual(ids);
      expect(new Set(selection.ids).size).toBe(ids.length);
      for (const id of ids) expect([selection.excepts(id), selection.mayTake(id)]).toEqual([false, true]);
      for (const { id, state } of selection.inactive) {
        expect(state).not.toBe('ACTIVE');
        expect(ids).not.toContain(id);
      }
    }),
    depth(500),
  );
});

function organizationOf(all: readonly Account[]): Organization {
  const accounts = all.map(({ id, name, state, path, tags }): LiveAccount => {
    const steps =
      path === '' ? [] : path.split('/').map((_, index, parts) => idOfUnit(parts.slice(0, index + 1).join('/')));
    return { id, name, state, parents: ['r-root', ...steps], ...(state === 'ACTIVE' && { tags }) };
  });
  return { accounts: new Map(accounts.map((one) => [one.id, one])), units };
}
