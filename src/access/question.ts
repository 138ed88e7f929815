import type { AccessQuestion, AccountsBy } from '../core/access-answer.ts';
import type { AccountCriteria } from '../core/account-target.ts';
import { isPattern } from '../core/account-target.ts';
import { subjectAddress, subjectKey, type Subject } from '../core/address.ts';
import { ReportedError } from '../core/errors.ts';
import { specsOf } from '../core/of-kind.ts';
import { compilePattern } from '../core/pattern.ts';
import { assignment } from '../kinds/account-assignment/kind.ts';
import { kinds } from '../kinds/index.ts';
import type { Policies } from '../policies/load.ts';
import { accountsThatFit, productionOf } from './production.ts';
import type { AccessSide } from './side.ts';
import { suggest } from '../core/suggest.ts';

/** What narrows the question, as it was typed; in names `*` stands for any text. */
export interface AccessFilters {
  user?: string[];
  group?: string[];
  permissionSet?: string[];
  account?: string[];
  ou?: string[];
  /** Key and value. */
  tag?: (readonly [string, string])[];
  production?: true;
  administrators?: true;
  action?: string[];
  /** Milliseconds. */
  expiresWithin?: number;
}

/** What it takes to find the accounts that are asked about, for who reads the organization. */
export const accountsAskedBy = ({ ou, tag }: AccessFilters): AccountCriteria[] => [
  ...(ou ? [{ organizationalUnits: ou }] : []),
  ...(tag ? [{ accountTags: Object.fromEntries(tag) }] : []),
];

/** Errors: a `ReportedError` for what is on none of the sides, and for what can't be told there. */
export function resolveQuestion(
  filters: AccessFilters,
  sides: readonly AccessSide[],
  policies: Pick<Policies, 'actionsLike'>,
  now: Date,
): AccessQuestion {
  const { user, group, permissionSet, administrators, action, expiresWithin } = filters;
  const accounts = accountsOf(filters, sides);
  if (expiresWithin !== undefined && sides.every(({ file }) => !file)) {
    throw new ReportedError(
      'ends-unknown',
      'When access ends is known from the file alone, and there is no file.',
      'Give it with --file.',
    );
  }
  return {
    ...(user && { users: namesOf('user', user, sides) }),
    ...(group && { groups: namesOf('group', group, sides) }),
    ...(permissionSet && { permissionSets: namesOf('permission-set', permissionSet, sides) }),
    ...(accounts && { accounts, accountsBy: accountsBy(filters) }),
    ...(administrators && { administrators }),
    ...(action && { actions: [...new Set(action.flatMap((one) => actionsLike(one, policies)))].sort() }),
    ...(expiresWithin !== undefined && { endsBefore: new Date(now.getTime() + expiresWithin).toISOString() }),
  };
}

const accountsBy = ({ account, ou, tag, production }: AccessFilters): AccountsBy => ({
  ...(account && { names: [...account] }),
  ...(ou && { organizationalUnits: [...ou] }),
  ...(tag && { accountTags: Object.fromEntries(tag) }),
  ...(production && { production }),
});

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
  const keys = asked.flatMap((name) => {
    const key = subjectKey(subject, name);
    const found = isPattern(name) ? [...known.keys()].filter(compilePattern(key)) : known.has(key) ? [key] : [];
    if (found.length === 0) throw unknown(subject, name, [...known.values()], sides);
    return found;
  });
  return [...new Set(keys)].sort();
}

/** Those that fit every flag that says which accounts; undefined where none does. */
function accountsOf(
  { account, ou, tag, production }: AccessFilters,
  sides: readonly AccessSide[],
): string[] | undefined {
  const onSides = (find: (side: AccessSide) => readonly string[]): Set<string> => new Set(sides.flatMap(find));
  const lists = [
    ...(account ? [new Set(accountIds(account, sides))] : []),
    ...(ou ? [onSides((side) => accountsThatFit(side, { organizationalUnits: ou }, '--ou'))] : []),
    ...(tag ? [onSides((side) => accountsThatFit(side, { accountTags: Object.fromEntries(tag) }, '--tag'))] : []),
    ...(production ? [onSides(declaredAsProduction)] : []),
  ];
  const [first, ...others] = lists;
  return first && [...first].filter((id) => others.every((list) => list.has(id))).sort();
}

function declaredAsProduction(side: AccessSide): string[] {
  const found = productionOf(side);
  if (found && 'accounts' in found) return found.accounts;
  if (found)
    throw new ReportedError('production-unknown', `The accounts of production are not known: ${found.problem}`);
  throw new ReportedError(
    'production-undeclared',
    'The file does not say which accounts are production.',
    'Add for example production: { organizationalUnits: [Workloads/Prod] }.',
  );
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
  return asked.flatMap((name) => {
    const matches = isPattern(name) ? compilePattern(name) : (other: string) => other === name;
    const found = [...byName].flatMap(([other, ids]) => (matches(other) ? [...ids] : []));
    if (found.length === 0) throw unknown('account', name, named, sides);
    return found;
  });
}

function actionsLike(action: string, policies: Pick<Policies, 'actionsLike'>): string[] {
  const found = policies.actionsLike(action);
  if (found.length > 0) return found;
  const [service = ''] = action.split(':');
  throw new ReportedError(
    'unknown-action',
    `No action is called "${action}"${suggest('action', action, policies.actionsLike(`${service}:*`))}`,
    'Actions are written as in a policy, such as s3:DeleteBucket or s3:Delete*.',
  );
}

function unknown(
  subject: Subject,
  name: string,
  known: readonly string[],
  sides: readonly AccessSide[],
): ReportedError {
  const isDeclared = sides.some(({ file }) => file?.desired.has(subjectAddress(subject, name)));
  const words = subject.replace('-', ' ');
  return new ReportedError(
    `unknown-${subject}`,
    isDeclared
      ? `There is no ${words} "${name}" yet: the next apply creates it.`
      : isPattern(name)
        ? `No ${words} matches "${name}".`
        : `There is no ${words} "${name}"${suggest(subject, name, known)}`,
  );
}
