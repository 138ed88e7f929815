import type { AccessElement } from '../core/access.ts';
import type { Address } from '../core/address.ts';
import { endOf, lastOf } from '../core/expiry.ts';
import { groupBy } from '../core/group-by.ts';
import type { Block } from '../core/reach.ts';
import type { Hold, Way } from './ways.ts';

/** When an assignment or a membership ends by a file: null for never, undefined where the file does not ask for it. */
export type EndBy = (address: Address) => string | null | undefined;

/** People who keep a permission set past the end that their access to it had, since they hold it in another way. */
export interface LongerHold extends Block {
  permissionSet: string;
  before: string;
  /** Null for no end. */
  until: string | null;
  /** What makes the way that lasts longer: an assignment or a membership that is new. */
  element: Address;
}

/**
 * Finds those who keep what they hold for longer by a way that is new. The end of a way that they have already is not
 * compared: it is an end of its own.
 * @param endBefore by the file before
 * @param endNow by the file
 */
export const longerHolds = (holds: readonly Hold[], endBefore: EndBy, endNow: EndBy): LongerHold[] =>
  holds
    .filter(({ isPerson }) => isPerson)
    .flatMap((hold) => {
      const isNew = ({ address, status }: AccessElement): boolean =>
        status === 'created' && endBefore(address) === undefined;
      const endOfElement = (element: AccessElement): string | null =>
        (isNew(element) ? endNow(element.address) : endBefore(element.address)) ?? null;
      if (!hold.ways.some((way) => elementsOf(hold, way).some((one) => !isNew(one) && endOfElement(one) !== null)))
        return [];
      const { permissionSet, holders, accounts } = hold;
      const alike = (elements: (way: Way) => AccessElement | undefined): string =>
        JSON.stringify(hold.ways.map(elements).map((one) => (one ? [isNew(one), endOfElement(one)] : [])));
      const users = groupBy(holders, (holder) => alike(({ membershipOf }) => membershipOf(holder)));
      const places = groupBy(accounts, (account) => alike(({ assignmentOf }) => assignmentOf(account)));
      return [...users.values()].flatMap((some) =>
        [...places.values()].flatMap((where) => {
          const ways = hold.ways.map((way) => elementsOfOne(way, some[0] ?? '', where[0] ?? ''));
          const before = latest(ways.filter((way) => !way.some(isNew)).map(firstEnd));
          const after = ways.filter((way) => way.every(({ status }) => status !== 'deleted'));
          const until = latest(after.map(firstEnd));
          if (before === undefined || before === null || until === undefined) return [];
          if (until !== null && endOf(until) <= endOf(before)) return [];
          const element = after.find((way) => firstEnd(way) === until)?.find(isNew);
          return element
            ? [{ permissionSet, users: some, accounts: where, before, until, element: element.address }]
            : [];
        }),
      );

      function firstEnd(way: readonly AccessElement[]): string | null {
        const ends = way.flatMap((element) => endOfElement(element) ?? []);
        return ends.toSorted((a, b) => endOf(a) - endOf(b))[0] ?? null;
      }
    });

/** The last of some ends; null where one of them is never, undefined where there are none. */
function latest(ends: readonly (string | null)[]): string | null | undefined {
  if (ends.length === 0) return undefined;
  const known = ends.filter((end) => end !== null);
  return known.length < ends.length ? null : lastOf(known);
}

const elementsOfOne = ({ assignmentOf, membershipOf }: Way, holder: string, account: string): AccessElement[] => [
  assignmentOf(account),
  ...[membershipOf(holder) ?? []].flat(),
];

const elementsOf = ({ holders, accounts }: Hold, { assignmentOf, membershipOf }: Way): AccessElement[] => [
  ...accounts.map(assignmentOf),
  ...holders.flatMap((holder) => membershipOf(holder) ?? []),
];
