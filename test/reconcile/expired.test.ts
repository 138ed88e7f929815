import fc from 'fast-check';
import { expect, it } from 'vitest';
import { endOf } from '../../src/core/expiry.ts';
import { collectDesired } from '../../src/reconcile/state.ts';
import { kinds } from '../../src/kinds/index.ts';
import type { AccountTarget } from '../../src/core/account-target.ts';
import { depth } from '../support/depth.ts';

const context = { partition: 'aws', accountIds: ({ accounts = [] }: AccountTarget) => accounts };
const base = Date.UTC(2027, 0, 1);
const hour = 60 * 60 * 1000;

const written = fc.integer({ min: 0, max: 200 }).chain((hours) => {
  const at = new Date(base + hours * hour);
  return fc.constantFrom(at.toISOString(), at.toISOString().slice(0, 10), `${at.toISOString().slice(0, 19)}+09:00`);
});
const end = fc.option(written, { nil: undefined });
const members = fc.array(
  fc.record({ group: fc.constantFrom('dev', 'ops'), user: fc.constantFrom('ann', 'bob'), end }),
  {
    maxLength: 8,
  },
);
const assignments = fc.array(
  fc.record({
    groups: fc.subarray(['dev', 'ops'], { minLength: 1 }),
    permissionSets: fc.subarray(['Read', 'Write'], { minLength: 1 }),
    accounts: fc.subarray(['1', '2'], { minLength: 1 }),
    end,
  }),
  { maxLength: 6 },
);

it('a grant is asked for exactly while some entry for it has not expired', () => {
  fc.assert(
    fc.property(members, assignments, fc.integer({ min: -2, max: 250 * hour }), end, (joined, given, since, exact) => {
      // Sometimes at the very end of something, where the millisecond decides.
      const now = new Date(exact === undefined ? base + since : endOf(exact) + (since % 2) - 1);
      const isInForce = (until: string | undefined): boolean => until === undefined || now.getTime() < endOf(until);
      const until = (text: string | undefined): object => (text === undefined ? {} : { expires: text });
      const groups: Record<string, { members: (string | { user: string; expires?: string })[] }> = {
        dev: { members: [] },
        ops: { members: [] },
      };
      for (const { group, user, end: expires } of joined) groups[group]?.members.push({ user, ...until(expires) });
      const document = {
        groups,
        assignments: given.map(({ end: expires, ...entry }) => ({ ...entry, ...until(expires) })),
      };

      const { desired, expired } = collectDesired(kinds, document, context, now);
      const declared = [
        ...joined.map(({ group, user, end: expires }) => ({ address: `membership/${group}/${user}`, expires })),
        ...given.flatMap(({ groups: to, permissionSets, accounts, end: expires }) =>
          to.flatMap((group) =>
            permissionSets.flatMap((set) =>
              accounts.map((account) => ({ address: `assignment/${account}/${set}/GROUP/${group}`, expires })),
            ),
          ),
        ),
      ];
      const addresses = [...new Set(declared.map(({ address }) => address))];
      const wanted = addresses.filter((address) =>
        declared.some((one) => one.address === address && isInForce(one.expires)),
      );
      const grants = [...desired.values()].filter(({ kind }) => kind !== 'group').map(({ address }) => address);
      expect(grants.toSorted()).toEqual(wanted.toSorted());
      expect([...expired.keys()].sort()).toEqual(addresses.filter((address) => !wanted.includes(address)).sort());
    }),
    depth(100),
  );
});
