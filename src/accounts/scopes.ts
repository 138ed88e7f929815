import type { Organization } from '../aws/organization/accounts.ts';
import type { LoadedFile } from '../config/load.ts';
import type { AccountTarget } from '../core/account-target.ts';
import { groupBy } from '../core/group-by.ts';
import type { DocumentPath } from '../core/kind.ts';
import { listOf } from '../core/words.ts';
import { accountTargets } from './references.ts';
import type { Accounts } from './resolve.ts';
import { placeText } from '../config/place-text.ts';
import { describeTarget } from './target-words.ts';
import type { Problem } from '../config/problems.ts';

export interface ScopeCheck {
  /** By entry: the accounts in which it may not grant anything, as far as can be told. */
  outside: ReadonlyMap<AccountTarget, ReadonlySet<string>>;
  /** Every entry that reaches further for certain. */
  problems: readonly Problem[];
}

/**
 * In which accounts included files grant: by whatever way they name them, in those of their scope alone. Where nobody can be
 * granted anything, in an account that is not active, nothing is judged.
 */
export function checkScopes(
  { document, places, includes = [] }: LoadedFile,
  accounts: Accounts,
  { accounts: live }: Organization,
): ScopeCheck {
  const outside = new Map<AccountTarget, Set<string>>();
  const targets = groupBy(accountTargets(document), ([, [section]]) => String(section));
  const problems = includes.flatMap(({ file, entry, items }): Problem[] => {
    const include = document.include?.[entry];
    const scope = typeof include === 'object' ? include.scope : undefined;
    if (!scope) return [];
    const selection = accounts.selections.get(scope);
    const named = new Set(accounts.idsOf(scope));
    const isOutside = (id: string): boolean =>
      !named.has(id) && !selection?.reasonFor(id) && (live?.get(id)?.state ?? 'ACTIVE') === 'ACTIVE';
    const words = `${describeTarget(scope)} (${placeText(places, ['include', entry, 'scope'])})`;
    const own = Object.entries(items).flatMap(([section, [from, to]]) => targets.get(section)?.slice(from, to) ?? []);
    return own.flatMap(([target, path]) => {
      const found = accounts.idsOf(target).filter(isOutside);
      if (found.length > 0) outside.set(target, new Set(found));
      const certain = found.filter((id) => !accounts.mayTake(scope, id));
      if (certain.length === 0) return [];
      const byWord = groupBy(certain, (id) => JSON.stringify(wordFor(accounts, target, path, id)));
      return [...byWord].map(([at, ids]) => {
        const list = listOf(ids.map(accounts.names.account).sort(), 10);
        const message = `${file} can't grant anything in ${list}, because its scope is ${words}.`;
        return { code: 'outside-scope', message, at: JSON.parse(at) as DocumentPath };
      });
    });
  });
  return { outside, problems };
}

/** Where an entry says that it takes an account: the name, the unit, the tags. */
function wordFor(accounts: Accounts, target: AccountTarget, path: DocumentPath, id: string): DocumentPath {
  const criterion = accounts.selections.get(target)?.reasonFor(id);
  if (criterion) return criterion.at;
  const index = (target.accounts ?? []).findIndex((name) => accounts.idOf(name) === id);
  return index < 0 ? path : [...path, 'accounts', index];
}
