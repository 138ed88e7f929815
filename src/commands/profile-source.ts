import { holdings } from '../access/holdings.ts';
import type { IdentityDocument } from '../config/document.ts';
import type { LoadedFile } from '../config/load.ts';
import type { AccessFacts } from '../core/access.ts';
import { subjectKey } from '../core/address.ts';
import { ReportedError } from '../core/errors.ts';
import type { Names } from '../core/kind.ts';
import type { Instance } from '../core/plan.ts';
import { collectDesired } from '../engine/state.ts';
import { accessFacts } from '../kinds/access-facts.ts';
import { kinds } from '../kinds/index.ts';
import type { UserCli } from '../kinds/user-entry.ts';
import { emitProfiles, type ProfileSettings } from '../profiles/emit.ts';
import { defaultPortalUrl } from '../profiles/portal.ts';
import { accountReferences, resolveAccounts } from './accounts.ts';
import { homeRegion } from './home-region.ts';
import type { CommonFlags, Io } from './io.ts';
import { loadFile } from './load-file.ts';
import { suggest } from './suggest.ts';

/** Who reaches what, and what the profiles of all users share. */
export interface ProfileSource {
  loaded: LoadedFile;
  facts: AccessFacts;
  names: Names;
  settings: ProfileSettings;
  accountId(nameOrId: string): string;
}

/** From the file alone where that says it all, else from what is live. */
export async function readProfileSource(io: Io, flags: CommonFlags, file: string): Promise<ProfileSource> {
  const loaded = loadFile(file);
  return isOffline(loaded.document, flags, io)
    ? offlineSource(loaded, flags, io)
    : await liveSource(io, flags, loaded, file);
}

/** One person's profiles, with what there is to say about them. */
export function profilesOf(
  user: string,
  { loaded: { document }, facts, names, settings, accountId }: ProfileSource,
): ReturnType<typeof emitProfiles> {
  const key = subjectKey('user', user);
  const users: Record<string, { cli?: UserCli | undefined }> = document.users ?? {};
  const cli = Object.entries(users).find(([name]) => subjectKey('user', name) === key)?.[1].cli;
  return emitProfiles({
    user,
    settings,
    preferences: {
      user: cli,
      permissionSets: new Map(Object.entries(document.cli.permissionSets ?? {})),
      accounts: new Map(Object.entries(document.cli.accounts ?? {}).map(([name, said]) => [accountId(name), said])),
    },
    grants: holdings(facts, 'after', { user: key }).map(({ account, permissionSet }) => ({
      accountId: account,
      accountName: names.account(account),
      permissionSet,
    })),
    ...(cli?.default && {
      default: { accountId: accountId(cli.default.account), permissionSet: cli.default.permissionSet },
    }),
  });
}

/** By key: everyone in the file, and everyone who holds anything. */
export function userNames({ loaded, facts }: Pick<ProfileSource, 'loaded' | 'facts'>): Map<string, string> {
  const declared = Object.keys(loaded.document.users ?? {}).map((name) => [subjectKey('user', name), name] as const);
  const holders = holdings(facts, 'after').map(({ user }) => [user, user] as const);
  return new Map([...holders, ...declared]);
}

export function findUser(name: string, known: ReadonlyMap<string, string>): string {
  const found = known.get(subjectKey('user', name));
  if (found !== undefined) return found;
  throw new ReportedError('unknown-user', `There is no user "${name}"${suggest(name, [...known.values()])}`);
}

/** What all profiles share. */
export function settingsOf(
  { cli }: IdentityDocument,
  instance: Pick<Instance, 'region' | 'identityStoreId' | 'partition'>,
): ProfileSettings {
  const { startUrl = defaultPortalUrl(instance.identityStoreId, instance.partition), region, output } = cli;
  if (startUrl === undefined) {
    throw new ReportedError(
      'no-start-url',
      `The access portal's URL is not known in partition ${instance.partition}.`,
      'Set cli.startUrl (console: IAM Identity Center > Settings > AWS access portal URL).',
    );
  }
  return {
    sessionName: cli.sessionName,
    registrationScopes: cli.registrationScopes,
    profileName: cli.profileName,
    ssoRegion: instance.region,
    startUrl,
    ...(region !== undefined && { region }),
    ...(output !== undefined && { output }),
  };
}

/** True where the file alone says it all: every section, every account's id, the portal and the region. */
function isOffline(document: IdentityDocument, flags: CommonFlags, io: Io): boolean {
  const { identityCenter, users, groups, assignments, accounts, cli } = document;
  const declared = new Set(Object.keys(users ?? {}).map((name) => subjectKey('user', name)));
  return (
    identityCenter.directory === 'identity-center' &&
    cli.startUrl !== undefined &&
    homeRegion(document, flags, io) !== undefined &&
    users !== undefined &&
    assignments !== undefined &&
    assignments.every(
      (entry) =>
        (entry.groups ?? []).every((name) => Object.hasOwn(groups ?? {}, name)) &&
        (entry.users ?? []).every((name) => declared.has(subjectKey('user', name))),
    ) &&
    [...accountReferences(document)].every(([name]) => /^\d{12}$/.test(name) || Object.hasOwn(accounts ?? {}, name))
  );
}

function offlineSource(loaded: LoadedFile, flags: CommonFlags, io: Io): ProfileSource {
  const { document, places } = loaded;
  const { idOf, names } = resolveAccounts(document, undefined, places);
  // Only names matter here, so the partition, which policy ARNs take, does not.
  const { desired } = collectDesired(kinds, document, { partition: 'aws', accountId: idOf }, io.now());
  const region = homeRegion(document, flags, io) ?? '';
  return {
    loaded,
    names,
    accountId: idOf,
    facts: accessFacts(desired, []),
    settings: settingsOf(document, { region, identityStoreId: '', partition: 'aws' }),
  };
}

async function liveSource(io: Io, flags: CommonFlags, loaded: LoadedFile, file: string): Promise<ProfileSource> {
  const [{ openSession }, { makePlan }] = await Promise.all([import('./session.ts'), import('./make-plan.ts')]);
  const session = await openSession(io, flags, loaded.document, file);
  try {
    const { facts, names, accountId } = await makePlan(session.aws, loaded, {
      removeOrphans: false,
      isLocal: flags.local ?? false,
      now: io.now(),
    });
    session.doneReading();
    return { loaded, facts, names, accountId, settings: settingsOf(loaded.document, session.aws.instance) };
  } finally {
    await session.close();
  }
}
