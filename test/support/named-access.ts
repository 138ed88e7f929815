import type { AccessChange, HeldImpact } from '../../src/core/access.ts';
import type { AccessAnswer } from '../../src/core/access-answer.ts';
import { blocksOf, type Block, type Reach } from '../../src/core/reach.ts';

/** Every single one of the people and accounts of a plan. */
export const holdsIn = (
  { people }: Pick<HeldImpact, 'people'>,
  changes: readonly AccessChange[],
): { user: string; permissionSet: string; account: string }[] =>
  changes.flatMap(({ permissionSet, people: index, accounts }) =>
    (people[index] ?? []).flatMap((user) => accounts.map((account) => ({ user, permissionSet, account }))),
  );

/** People by name. */
export const named = ({ people }: Pick<HeldImpact, 'people'>, reach: readonly Reach[]): Block[] =>
  blocksOf(people, reach);

/** One person's hold of one permission set in one account, by one way. */
export interface HeldOne {
  user: string;
  permissionSet: string;
  account: string;
  /** The group; absent for a direct assignment. */
  via?: string;
}

/** Every single hold that the grants of an answer stand for. */
export const holdsOfAnswer = ({ grants, groups }: Pick<AccessAnswer, 'grants' | 'groups'>): HeldOne[] =>
  grants.flatMap(({ permissionSet, accounts, users, groups: named, members }) =>
    accounts.flatMap((account) => [
      ...users.map((user) => ({ user, permissionSet, account })),
      ...named.flatMap((via) =>
        (groups.find(({ name }) => name === via)?.members ?? [])
          .flatMap((some) => some.users)
          .filter((user) => members?.includes(user) !== false)
          .map((user) => ({ user, permissionSet, account, via })),
      ),
    ]),
  );
