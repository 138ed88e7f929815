import { ConfigError } from '../core/errors.ts';
import { findLookalikes } from '../reconcile/lookalikes.ts';
import { findUnresolved } from '../reconcile/references.ts';
import type { LiveState } from '../reconcile/state.ts';
import { kinds } from '../kinds/index.ts';
import { diagnose } from '../accounts/resolve.ts';
import type { ResolvedFile } from '../source/compile.ts';
import { unknownInRules } from './rule-names.ts';
import { describeUnresolved } from './unresolved.ts';

/**
 * What only the live state can tell of the file's names. Errors: a `ConfigError` with every name that is neither declared
 * nor live; or else with every one that is live under another spelling.
 */
export function checkNames(file: ResolvedFile, live: LiveState): void {
  const { desired } = file;
  const { places } = file.loaded;
  const unknown = [
    ...findUnresolved(kinds, desired, live).flatMap((missing) =>
      missing.at.map((path) => diagnose(`unknown-${missing.subject}`, describeUnresolved(missing), places, path)),
    ),
    ...unknownInRules(file, live),
  ];
  if (unknown.length > 0) throw new ConfigError(unknown);

  const lookalikes = findLookalikes(kinds, desired, live);
  if (lookalikes.length > 0) {
    throw new ConfigError(
      lookalikes.map((one) => {
        const message = `"${one.name}" is "${one.live}" in Identity Center, which differs by case or Unicode normalisation alone; write it as it is there, or rename it with previously: ${JSON.stringify(one.live)}.`;
        return diagnose('similar-names', message, places, one.at[0] ?? []);
      }),
    );
  }
}
