import type { ChangedRaise } from '../../core/access-answer.ts';
import type { HeldImpact } from '../../core/access.ts';
import { blocksOf, countPeople } from '../../core/reach.ts';
import { sanitizeName } from '../../core/sanitize.ts';
import { nounCount, peopleCount } from '../../core/words.ts';
import type { AccountNames } from './account-names.ts';
import { editWords, gravityOf, type EditWords } from './edit-words.ts';
import { listOf } from './wording.ts';

/** The people and the accounts that are named and not counted. */
const names = 2;

/** People and accounts: all of them hold it in all of these. */
export interface HoldersLine {
  users: string[];
  accounts: string[];
}

/** A permission set that is edited or replaced. */
export interface EditView extends EditWords {
  permissionSet: string;
  users: string[];
  /** `10 people`. */
  who: string;
  /** `management and 24 more accounts`. */
  where: string;
  /** Who holds it, where `who` and `where` don't tell. */
  holders: HoldersLine[];
  /** How many of the accounts come first: such a set is never left out. */
  first: number;
}

export interface EditsView {
  /** Different people. */
  people: number;
  /** The gravest first. */
  sets: EditView[];
}

/** @param raises the edited sets that newly raise the rights of their holders, or no longer do, as far as that was asked about */
export function viewEdits(
  { people, edited, raises = [] }: HeldImpact & { raises?: readonly ChangedRaise[] },
  accounts: AccountNames,
): EditsView {
  const raiseOf = new Map(raises.map((raise) => [raise.permissionSet, raise]));
  const sets = edited
    .map((edit) => {
      const blocks = blocksOf(people, edit.holders);
      const ids = [...new Set(blocks.flatMap((block) => block.accounts))];
      const users = [...new Set(blocks.flatMap((block) => block.users))].map(sanitizeName);
      const first = ids.filter(accounts.comesFirst).length;
      const isTold = blocks.length === 1 && users.length <= names && ids.length <= names;
      const raise = raiseOf.get(edit.permissionSet);
      const view: EditView = {
        ...editWords(edit, raise),
        permissionSet: sanitizeName(edit.permissionSet),
        users,
        who: users.length <= names ? listOf(users) : peopleCount(users.length),
        where: placesText(accounts.inOrder(ids), first),
        holders: isTold
          ? []
          : blocks.map((block) => ({
              users: block.users.map(sanitizeName),
              accounts: accounts.inOrder(block.accounts),
            })),
        first,
      };
      return { view, gravity: gravityOf(edit, raise) };
    })
    .sort((a, b) => Number(b.view.first > 0) - Number(a.view.first > 0) || a.gravity - b.gravity)
    .map(({ view }) => view);
  return {
    people: countPeople(edited.flatMap(({ holders }) => blocksOf(people, holders))),
    sets,
  };
}

/** Those that come first are named in any case. */
function placesText(accounts: readonly string[], first: number): string {
  if (accounts.length <= names) return listOf(accounts);
  if (first === 0) return nounCount(accounts.length, ['account', 'accounts']);
  const others = accounts.length - first;
  const rest = others === 0 ? [] : [nounCount(others, ['more account', 'more accounts'])];
  return listOf([...accounts.slice(0, first), ...rest]);
}
