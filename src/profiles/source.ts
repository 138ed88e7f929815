import { holders } from '../access/holdings.ts';
import type { IdentityDocument } from '../config/schema/document.ts';
import type { LoadedFile } from '../config/load.ts';
import { subjectKey } from '../core/address.ts';
import { ReportedError } from '../core/errors.ts';
import { collectDesired } from '../reconcile/state.ts';
import { accessFacts } from '../access/facts.ts';
import { kinds } from '../kinds/index.ts';
import { resolveAccounts } from '../accounts/resolve.ts';
import { gapInFile } from './file-gap.ts';
import { homeRegion } from '../source/home-region.ts';
import type { CommonFlags, Io } from '../cli/io.ts';
import { loadFile } from '../source/load-file.ts';
import type { SourceFlags } from '../planner/plan-from.ts';
import { printNotices } from '../cli/print-notices.ts';
import { settingsOf, type ProfileSource } from './of-user.ts';
import { suggest } from '../core/suggest.ts';

/** From the file alone where that says it all, else from a snapshot where one is given, or from what is live. */
export async function readProfileSource(io: Io, flags: SourceFlags, file: string): Promise<ProfileSource> {
  const loaded = loadFile(file);
  return isOffline(loaded.document, flags, io)
    ? offlineSource(loaded, flags, io)
    : await plannedSource(io, flags, loaded, file);
}

/** By key: everyone in the file, and everyone who holds anything. */
export function userNames({ loaded, facts }: Pick<ProfileSource, 'loaded' | 'facts'>): Map<string, string> {
  const declared = Object.keys(loaded.document.users ?? {}).map((name) => [subjectKey('user', name), name] as const);
  const known = [...holders(facts, 'after')].map((user) => [user, user] as const);
  return new Map([...known, ...declared]);
}

export function findUser(name: string, known: ReadonlyMap<string, string>): string {
  const found = known.get(subjectKey('user', name));
  if (found !== undefined) return found;
  throw new ReportedError('unknown-user', `There is no user "${name}"${suggest('user', name, [...known.values()])}`);
}

/** True where the file alone says it all: every section, every account's id, the portal and the region. */
function isOffline(document: IdentityDocument, flags: CommonFlags, io: Io): boolean {
  return (
    document.cli.startUrl !== undefined &&
    homeRegion(document, flags, io) !== undefined &&
    gapInFile(document) === undefined
  );
}

function offlineSource(loaded: LoadedFile, flags: CommonFlags, io: Io): ProfileSource {
  const { document, places } = loaded;
  const { idOf, idsOf, names } = resolveAccounts(document, undefined, places);
  // Only names matter here, so the partition, which policy ARNs take, does not.
  const { desired } = collectDesired(kinds, document, { partition: 'aws', accountIds: idsOf }, io.now());
  const region = homeRegion(document, flags, io) ?? '';
  return {
    loaded,
    names,
    accountId: idOf,
    facts: accessFacts(desired, []),
    settings: settingsOf(document, { region, identityStoreId: '', partition: 'aws' }),
  };
}

async function plannedSource(io: Io, flags: SourceFlags, loaded: LoadedFile, file: string): Promise<ProfileSource> {
  const { makePlanFrom } = await import('../planner/plan-from.ts');
  const { plan, facts, names, accountId } = await makePlanFrom(io, flags, loaded, { file, removeOrphans: false });
  printNotices(
    io,
    plan.warnings.filter(({ code }) => code === 'old-snapshot'),
  );
  return { loaded, facts, names, accountId, settings: settingsOf(loaded.document, plan.instance) };
}
