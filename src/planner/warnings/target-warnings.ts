import type { Places } from '../../config/load.ts';
import type { DocumentPath, Names } from '../../core/kind.ts';
import type { Step, Warning } from '../../core/plan.ts';
import { stableJson } from '../../core/stable-json.ts';
import { listOf } from '../../core/words.ts';
import type { CompiledFile } from '../../source/compile.ts';
import type { Criterion, Selection } from '../../accounts/select.ts';
import { isNarrowing, type Problem } from '../../config/problems.ts';

const accountsInLine = 10;
const criteriaInLine = 5;

/**
 * What a reviewer should know of the accounts that entries take by more than their names. Of those that are left out since they
 * are not active, only what the plan itself raises: an account stays suspended for 90 days, and `idc doctor` lists it.
 */
export function targetWarnings(
  steps: readonly Step[],
  { loaded: { places }, accounts: { selections, names }, desired }: CompiledFile,
): Warning[] {
  const declared = [...selections.values()].filter(isDeclared);
  const changed = new Set(
    steps.flatMap(({ id }) => (desired.get(id)?.at ?? []).map(([section, entry]) => stableJson([section, entry]))),
  );
  const isChanged = ({ path }: { path: DocumentPath }): boolean => changed.has(stableJson(path));
  return [
    ...declared.flatMap((selection) =>
      Array.from(notesOn(selection), ({ at, ...warning }) => {
        const place = places.of(at);
        return { ...warning, ...(place && { place }) };
      }),
    ),
    ...inactiveWarning(declared.filter(isChanged), names, places),
  ];
}

/** A scope may well be wider than what there is. */
const isDeclared = ({ path: [section] }: { path: DocumentPath }): boolean => section !== 'include';

function* notesOn({ path, ids, isResolved, inactive, idle }: Selection & { path: DocumentPath }): Generator<Problem> {
  for (const criterion of idle) {
    // What can't be found is among what is gone; but nothing is held back by an exception.
    if (criterion.missing && !isNarrowing(criterion.at)) continue;
    yield { code: 'target-matches-nothing', message: describeIdle(criterion), at: criterion.at };
  }
  if (isResolved && ids.length === 0 && inactive.length === 0 && idle.length === 0) {
    const message = 'The except of this entry leaves out all of its accounts.';
    yield { code: 'target-matches-nothing', message, at: path };
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

/** All of them together: several entries leave out the same account. */
function inactiveWarning(
  selections: readonly (Selection & { path: DocumentPath })[],
  names: Names,
  places: Places,
): Warning[] {
  const found = selections.filter(({ inactive }) => inactive.length > 0);
  const [first] = found;
  if (!first) return [];
  const place = places.of(first.path);
  const accounts = new Map(found.flatMap(({ inactive }) => inactive.map(({ id, state }) => [id, state])));
  const list = [...accounts].map(([id, state]) => `${names.account(id)} (${state})`);
  const by = [...new Set(found.flatMap(({ criteria }) => criteria.map(({ text }) => text)))];
  return [
    {
      code: 'account-not-active',
      message: `Left out of ${listOf(by, criteriaInLine)}, because not active: ${listOf(list, accountsInLine)}.`,
      ...(place && { place }),
    },
  ];
}
