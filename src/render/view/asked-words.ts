import type { AccessQuestion } from '../../core/access-answer.ts';
import { listOf } from '../../core/words.ts';

/** The names that are spelled out. */
const named = 5;

/** `user hanako; account 111122223333`; empty where everything is asked for. */
export function askedWords({
  users,
  groups,
  permissionSets,
  accounts,
  administrators,
  actions,
  endsBefore,
}: AccessQuestion): string {
  const list = (one: string, some: readonly string[] | undefined): string[] =>
    some ? [`${one}${some.length === 1 ? '' : 's'} ${listOf(some, named)}`] : [];
  return [
    ...list('user', users),
    ...list('group', groups),
    ...list('permission set', permissionSets),
    ...list('account', accounts),
    ...(administrators ? ['administrators'] : []),
    ...list('action', actions),
    ...(endsBefore === undefined ? [] : [`what ends before ${endsBefore.slice(0, 10)}`]),
  ].join('; ');
}
