import type { AccessQuestion } from '../core/access-answer.ts';
import { subjectAddress, subjectKey, type Subject } from '../core/address.ts';
import { ReportedError } from '../core/errors.ts';
import { specsOf } from '../core/of-kind.ts';
import { assignment } from '../kinds/account-assignment/kind.ts';
import { kinds } from '../kinds/index.ts';
import type { AccessSide } from './side.ts';
import { suggest } from '../core/suggest.ts';

/** What narrows the question, as it was typed. */
export interface AccessFilters {
  user?: string[];
  group?: string[];
  permissionSet?: string[];
  account?: string[];
  administrators?: true;
}

/** Errors: a `ReportedError` for a name that is on none of the sides. */
export function resolveQuestion(
  { user, group, permissionSet, account, administrators }: AccessFilters,
  sides: readonly AccessSide[],
): AccessQuestion {
  return {
    ...(user && { users: namesOf('user', user, sides) }),
    ...(group && { groups: namesOf('group', group, sides) }),
    ...(permissionSet && { permissionSets: namesOf('permission-set', permissionSet, sides) }),
    ...(account && { accounts: accountIds(account, sides) }),
    ...(administrators && { administrators }),
  };
}

/** The names in the form in which facts of access have them. */
export function namesOf(
  subject: Exclude<Subject, 'account'>,
  asked: readonly string[],
  sides: readonly AccessSide[],
): string[] {
  const known = new Map<string, string>();
  const kind = kinds.find(({ name }) => name === subject);
  for (const { state } of sides) {
    for (const { spec } of state.of(subject)) {
      const name = kind?.subjects(spec)[subject];
      if (name !== undefined) known.set(subjectKey(subject, name), name);
    }
  }
  const keys = asked.map((name) => {
    const key = subjectKey(subject, name);
    if (!known.has(key)) throw unknown(subject, name, [...known.values()], sides);
    return key;
  });
  return [...new Set(keys)].sort();
}

/** All that go by a name: the file's and Organizations' may be two. */
function accountIds(asked: readonly string[], sides: readonly AccessSide[]): string[] {
  const byName = new Map<string, Set<string>>();
  const add = (name: string, id: string): unknown => byName.set(name, (byName.get(name) ?? new Set()).add(id));
  for (const { state, accounts } of sides) {
    for (const id of accounts.ids) for (const name of [id, ...accounts.allNames(id)]) add(name, id);
    for (const { account } of specsOf(assignment, state)) add(account, account);
  }
  const named = [...byName.keys()].filter((name) => !/^\d{12}$/.test(name));
  const ids = asked.flatMap((name) => {
    const found = byName.get(name);
    if (!found) throw unknown('account', name, named, sides);
    return [...found];
  });
  return [...new Set(ids)].sort();
}

function unknown(
  subject: Subject,
  name: string,
  known: readonly string[],
  sides: readonly AccessSide[],
): ReportedError {
  const isDeclared = sides.some(({ file }) => file?.desired.has(subjectAddress(subject, name)));
  return new ReportedError(
    `unknown-${subject}`,
    isDeclared
      ? `There is no ${subject.replace('-', ' ')} "${name}" yet: the next apply creates it.`
      : `There is no ${subject.replace('-', ' ')} "${name}"${suggest(subject, name, known)}`,
  );
}
