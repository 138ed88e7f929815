import type { Address } from '../core/address.ts';
import { endOf, lastOf } from '../core/expiry.ts';
import { groupBy } from '../core/group-by.ts';
import type { Block } from '../core/reach.ts';
import type { Side } from './holdings.ts';
import { waysOn, type Hold } from './ways.ts';

/** When assignments and memberships end, or ended, where the file says so. */
export type Ends = ReadonlyMap<Address, string>;

/** Parts of a hold that end at the same time: until all of its ways have ended, or without an end. */
export function splitByEnd(hold: Hold, side: Side, ends: Ends): { block: Block; until?: string }[] {
  const { holders, accounts } = hold;
  const ways = waysOn(side, hold);
  if (ends.size === 0) return [{ block: { users: holders, accounts } }];
  // What is lost ended with what goes; what is gained ends with whatever of it ends first.
  const counts = (status: string | undefined): boolean => side === 'after' || status === 'deleted';
  const assignments = groupBy(accounts, (account) =>
    JSON.stringify(ways.map((way) => (counts(way.assignment) ? ends.get(way.assignmentOf(account).address) : ''))),
  );
  const memberships = groupBy(holders, (holder) =>
    JSON.stringify(
      ways.map((way) => {
        const membership = counts(way.membership) ? way.membershipOf(holder) : undefined;
        return membership ? ends.get(membership.address) : '';
      }),
    ),
  );
  return [...memberships.values()].flatMap((users) =>
    [...assignments.values()].map((some) => {
      const [account = '', holder = ''] = [some[0], users[0]];
      const until = latest(
        ways.map(({ assignment, assignmentOf, membership, membershipOf }) => {
          const elements = [
            ...(counts(assignment) ? [assignmentOf(account)] : []),
            ...(counts(membership) ? [membershipOf(holder) ?? []].flat() : []),
          ];
          const untils = elements.flatMap(({ address }) => ends.get(address) ?? []);
          if (side === 'before') return untils.length === elements.length ? latest(untils) : undefined;
          return untils.toSorted((a, b) => endOf(a) - endOf(b))[0];
        }),
      );
      return { block: { users, accounts: some }, ...(until !== undefined && { until }) };
    }),
  );
}

/** The last of some ends; undefined where one of them is. */
function latest(untils: readonly (string | undefined)[]): string | undefined {
  const known = untils.filter((until) => until !== undefined);
  return known.length < untils.length ? undefined : lastOf(known);
}
