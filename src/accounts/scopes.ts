import type { Organization } from '../aws/organization/accounts.ts';
import type { LoadedFile } from '../config/load.ts';
import { ConfigError, type Diagnostic } from '../core/errors.ts';
import { groupBy } from '../core/group-by.ts';
import { listOf } from '../core/words.ts';
import { accountTargets } from './references.ts';
import { diagnose, type Accounts } from './resolve.ts';
import { placeText } from '../config/place-text.ts';
import { describeTarget } from './target-words.ts';

/**
 * In which accounts included files grant: by whatever way they name them, in those of their scope alone. Where nobody can be
 * granted anything, in an account that is not active, nothing is judged. Errors: a `ConfigError` with every entry that
 * reaches further.
 */
export function checkScopes(
  { document, places, includes = [] }: LoadedFile,
  accounts: Accounts,
  { accounts: live }: Organization,
): void {
  const targets = groupBy(accountTargets(document), ([, [section]]) => String(section));
  const diagnostics = includes.flatMap(({ file, entry, items }): Diagnostic[] => {
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
      const outside = accounts.idsOf(target).filter(isOutside);
      if (outside.length === 0) return [];
      const list = listOf(outside.map(accounts.names.account).sort(), 10);
      const message = `${file} may not grant anything in ${list}: its scope is ${words}.`;
      return [diagnose('outside-scope', message, places, path)];
    });
  });
  if (diagnostics.length > 0) throw new ConfigError(diagnostics);
}
