import { powers } from '../../core/access.ts';
import type { PageSide } from '../data.ts';
import type { Row } from './rows.ts';
import type { View } from './view.ts';

/** What a row has in a class of accounts on either side, as indexes of `powers`; of all of them where there is nothing. */
function powersAt({ cells, changes }: View, cell: number): Record<PageSide, number> {
  if (!changes) return { before: powers.length, after: cells.powerOf(cell) };
  const { before, after } = changes.at(cell);
  return { before: cells.powerOf(before), after: cells.powerOf(after) };
}

/** How much the people of a view reach on one side: in how many accounts someone holds anything, and the gravest power. */
export function reachOn(view: View, side: PageSide): { accounts: number; power: number } {
  let [accounts, power]: [number, number] = [0, powers.length];
  for (const [of, list] of view.accountsOf.entries()) {
    const here = Math.min(...view.rows.map((row) => powersAt(view, row.cells[of] ?? 0)[side]), powers.length);
    if (here < powers.length) accounts += list.length;
    power = Math.min(power, here);
  }
  return { accounts, power };
}

/** Who holds what in the one account of a view. */
export interface Holder {
  person: number;
  before: number;
  after: number;
}

/** @param view about one account: sorted by name */
export function holdersIn(view: View): Holder[] {
  const of = view.accountsOf.findIndex((list) => list.length > 0);
  const held = (row: Row): Record<PageSide, number> => powersAt(view, row.cells[of] ?? 0);
  return view.rows
    .flatMap((row) => row.people.map((person) => ({ person, ...held(row) })))
    .sort((a, b) => a.person - b.person);
}
