import type { AccessChange, HeldImpact } from '../../src/core/access.ts';
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
