import type { AccessQuestion, AccountsBy } from '../../core/access-answer.ts';
import { isPattern } from '../../core/account-target.ts';
import { joinWords, listOf, nounCount } from '../../core/words.ts';

/** The names that are spelled out. */
const named = 5;
/** Of accounts that are many. */
const examples = 3;

/** Of accounts, how they were asked for: `of production`, `called *-prod`; undefined where they were named one by one. */
export function scopeWords({ names, production, organizationalUnits, accountTags = {} }: AccountsBy = {}):
  | string
  | undefined {
  const tags = Object.entries(accountTags).map(([key, value]) => `${key}=${value}`);
  const parts = [
    ...(production ? ['of production'] : []),
    ...(organizationalUnits ? [`of ${joinWords(organizationalUnits, 'or')}`] : []),
    ...(tags.length > 0 ? [`with ${joinWords(tags)}`] : []),
  ];
  const isNamed = names && (parts.length > 0 || names.some(isPattern));
  const all = [...(isNamed ? [`called ${joinWords(names, 'or')}`] : []), ...parts];
  return all.length === 0 ? undefined : all.join(' ');
}

/**
 * The accounts that were asked for: `production (3 accounts: api, shop and web)`, `2 accounts called *-prod: api-prod and
 * web-prod`, `account staging`.
 */
export function askedAccounts(
  { accounts = [], accountsBy }: Pick<AccessQuestion, 'accounts' | 'accountsBy'>,
  nameOf: (id: string) => string,
): string {
  const names = accounts.map(nameOf).sort();
  const scope = scopeWords(accountsBy);
  if (scope === undefined) return `${names.length === 1 ? 'account' : 'accounts'} ${listOf(names, named)}`;
  const count = nounCount(names.length, ['account', 'accounts']);
  const list = names.length === 0 ? '' : `: ${listOf(names, examples)}`;
  return scope === 'of production' ? `production (${count}${list})` : `${count} ${scope}${list}`;
}

/** `user hanako; account staging`; empty where everything is asked for. @param nameOf the name of an account */
export function askedWords(question: AccessQuestion, nameOf: (id: string) => string): string {
  const { users, groups, permissionSets, accounts, administrators, actions, endsBefore } = question;
  const list = (one: string, some: readonly string[] | undefined): string[] =>
    some ? [`${one}${some.length === 1 ? '' : 's'} ${listOf(some, named)}`] : [];
  return [
    ...list('user', users),
    ...list('group', groups),
    ...list('permission set', permissionSets),
    ...(accounts ? [askedAccounts(question, nameOf)] : []),
    ...(administrators ? ['administrators'] : []),
    ...list('action', actions),
    ...(endsBefore === undefined ? [] : [`what ends before ${endsBefore.slice(0, 10)}`]),
  ].join('; ');
}
