import { holders } from '../access/holdings.ts';
import type { LoadedFile } from '../config/load.ts';
import { instanceIdOf } from '../core/access-portal.ts';
import { subjectKey } from '../core/address.ts';
import { ReportedError } from '../core/errors.ts';
import { collectDesired } from '../reconcile/state.ts';
import { accessFacts } from '../access/facts.ts';
import { kinds } from '../kinds/index.ts';
import { resolveAccounts } from '../accounts/resolve.ts';
import { gapForProfiles } from '../source/file-gap.ts';
import { suggest } from '../core/suggest.ts';
import { listOf } from '../core/words.ts';
import { refuseUnresolved } from '../config/problems.ts';
import { settingsOf, type ProfileSource } from './of-user.ts';

/** By key: everyone in the file, and everyone who holds anything. */
export function userNames({ loaded, facts }: Pick<ProfileSource, 'loaded' | 'facts'>): Map<string, string> {
  const declared = Object.keys(loaded.document.users ?? {}).map((name) => [subjectKey('user', name), name] as const);
  const known = [...holders(facts, 'after')].map((user) => [user, user] as const);
  return new Map([...known, ...declared]);
}

/**
 * The user that is meant by a name, or by its first words where an identity provider gives the names: `jonas` for
 * `jonas@example.com` or `jonas.weber@example.com`. Errors: a `ReportedError` where there is none, or more than one.
 * @param known all names by their keys.
 */
export function findUser(name: string, known: ReadonlyMap<string, string>, isExternal: boolean): string {
  const key = subjectKey('user', name);
  const found = known.get(key);
  if (found !== undefined) return found;
  const longer = isExternal
    ? [...known].flatMap(([other, user]) =>
        /^[^\p{L}\p{N}]/u.test(other.slice(key.length)) && other.startsWith(key) ? [user] : [],
      )
    : [];
  const [only, ...others] = longer;
  if (only !== undefined && others.length === 0) return only;
  if (only !== undefined) {
    throw new ReportedError(
      'ambiguous-user',
      `${longer.length} users have a name that begins with "${name}": ${listOf(longer.sort(), 5)}.`,
      'Give the whole name.',
    );
  }
  throw new ReportedError('unknown-user', `There is no user "${name}"${suggest('user', name, [...known.values()])}`);
}

/**
 * What the file alone says of everyone's profiles; undefined where it does not say it all: every section, every account's id,
 * the portal and the region.
 * @param region Identity Center's home region, where it is known.
 */
export function offlineSource(loaded: LoadedFile, region: string | undefined, now: Date): ProfileSource | undefined {
  const { document, places } = loaded;
  const { instanceArn } = document.identityCenter;
  if (document.cli.startUrl === undefined || region === undefined || gapForProfiles(document) !== undefined)
    return undefined;
  const { idOf, idsOf, names, problems } = resolveAccounts(document, undefined);
  refuseUnresolved(problems, places);
  // Only names matter here, so the partition, which policy ARNs take, does not.
  const { desired } = collectDesired(kinds, document, { partition: 'aws', accountIds: idsOf }, now);
  return {
    loaded,
    names,
    accountId: idOf,
    facts: accessFacts(desired, []),
    ...(instanceArn !== undefined && { instance: instanceIdOf(instanceArn) }),
    settings: settingsOf(document, { arn: instanceArn ?? '', region, identityStoreId: '', partition: 'aws' }),
  };
}
