import type { DocumentPath, Names } from '../../core/kind.ts';
import type { Warning } from '../../core/plan.ts';
import { listOf } from '../../core/words.ts';
import type { CompiledFile } from '../../source/compile.ts';
import type { Criterion, Selection } from '../../accounts/select.ts';
import { isNarrowing, type Problem } from '../../config/problems.ts';

const accountsInLine = 10;

/** What somebody should know of the accounts that entries take by more than their names. */
export function targetWarnings({ loaded: { places }, accounts: { selections, names } }: CompiledFile): Warning[] {
  return [...selections.values()].filter(isDeclared).flatMap((selection) =>
    Array.from(notesOn(selection, names), ({ at, ...warning }) => {
      const place = places.of(at);
      return { ...warning, ...(place && { place }) };
    }),
  );
}

/** A scope may well be wider than what there is. */
const isDeclared = ({ path: [section] }: { path: DocumentPath }): boolean => section !== 'include';

function* notesOn(
  { path, ids, isResolved, criteria, inactive, idle }: Selection & { path: DocumentPath },
  names: Names,
): Generator<Problem> {
  for (const criterion of idle) {
    // What can't be found is among what is gone; but nothing is held back by an exception.
    if (criterion.missing && !isNarrowing(criterion.at)) continue;
    yield { code: 'target-matches-nothing', message: describeIdle(criterion), at: criterion.at };
  }
  if (isResolved && ids.length === 0 && inactive.length === 0 && idle.length === 0) {
    const message = 'The except of this entry leaves out all of its accounts.';
    yield { code: 'target-matches-nothing', message, at: path };
  }
  if (inactive.length > 0) {
    yield { code: 'account-not-active', message: describeInactive(inactive, criteria, names), at: path };
  }
}

function describeIdle({ type, text, at }: Criterion): string {
  const [account, consequence] = at.includes('except')
    ? ['account', 'it leaves nothing out']
    : ['active account', 'it grants nothing'];
  if (type === 'unit') return `No ${account} is in ${text}, so ${consequence}.`;
  if (type === 'tags') return `No ${account} has ${text}, so ${consequence}.`;
  return `"${text}" matches no ${account}, so ${consequence}.`;
}

function describeInactive(
  accounts: readonly { id: string; state: string }[],
  criteria: readonly Criterion[],
  names: Names,
): string {
  const list = accounts.map(({ id, state }) => `${names.account(id)} (${state})`);
  const by = listOf(
    criteria.map(({ text }) => text),
    5,
  );
  return `Left out of ${by}, because not active: ${listOf(list, accountsInLine)}.`;
}
