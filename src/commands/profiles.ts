import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { holdings } from '../access/holdings.ts';
import type { IdentityDocument } from '../config/document.ts';
import type { LoadedFile } from '../config/load.ts';
import { suggest } from './suggest.ts';
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
import { inert } from '../render/inert.ts';
import { accountReferences, resolveAccounts } from './accounts.ts';
import { homeRegion } from './home-region.ts';
import { exitCodes, type CommonFlags, type Io } from './io.ts';
import { loadFile } from './load-file.ts';

export interface ProfilesFlags extends CommonFlags {
  all?: boolean;
  out?: string;
}

/** Who reaches what, and what the profiles of all users share. */
interface ProfileSource {
  loaded: LoadedFile;
  facts: AccessFacts;
  names: Names;
  settings: ProfileSettings;
  accountId(nameOrId: string): string;
}

/** Prints the AWS CLI profiles of some users, or writes everyone's. */
export async function profiles(io: Io, flags: ProfilesFlags, users: readonly string[], file: string): Promise<number> {
  if (users.length === 0 && !flags.all) {
    throw new ReportedError('no-user', 'Whose profiles?', 'Name users (idc profiles hanako), or take --all.');
  }
  const loaded = loadFile(file);
  const source = isOffline(loaded.document, flags, io)
    ? offlineSource(loaded, flags, io)
    : await liveSource(io, flags, loaded, file);
  const known = userNames(source);
  const chosen = flags.all ? [...known.values()] : users.map((name) => findUser(name, known));
  if (flags.out !== undefined) {
    writeProfiles(io, flags.out, chosen, source);
  } else {
    io.out(chosen.map((user) => profileText(io, user, source)).join('\n'));
  }
  return exitCodes.done;
}

/** After an apply: one file a user, from what the plan leads to. */
export function writeAllProfiles(
  io: Io,
  folder: string,
  loaded: LoadedFile,
  { facts, names, accountId }: { facts: AccessFacts; names: Names; accountId(nameOrId: string): string },
  instance: Instance,
): void {
  const source = { loaded, facts, names, accountId, settings: settingsOf(loaded.document, instance) };
  writeProfiles(io, folder, [...userNames(source).values()], source);
}

function writeProfiles(io: Io, folder: string, users: readonly string[], source: ProfileSource): void {
  makeFolder(folder);
  for (const user of users) writeFileSync(path.join(folder, fileNameOf(user)), profileText(io, user, source));
  io.err(`Wrote the profiles of ${users.length} ${users.length === 1 ? 'user' : 'users'} to ${folder}.\n`);
}

/** Before any work, so that a folder that can't be made stops it. */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new ReportedError(
      'unwritable-folder',
      `${folder} can't be a folder for profiles: ${(error as Error).message}`,
    );
  }
}

/** A user name may hold characters that a file name can't, be one that Windows keeps for itself, or be too long for one. */
function fileNameOf(user: string): string {
  const name = user
    .replaceAll(/[^A-Za-z0-9_.@+-]/gu, (character) => encodeURIComponent(character).replaceAll('*', '%2A'))
    .replace(/^\.+/, (dots) => '%2E'.repeat(dots.length))
    .replace(/^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i, '%$&');
  if (name.length <= longestName) return `${name}.config`;
  return `${name.slice(0, longestName)}~${createHash('sha256').update(user).digest('hex').slice(0, 16)}.config`;
}

// File systems take 255 bytes.
const longestName = 200;

function profileText(io: Io, user: string, { loaded, facts, names, settings, accountId }: ProfileSource): string {
  const key = subjectKey('user', user);
  const users: Record<string, { cli?: UserCli | undefined }> = loaded.document.users ?? {};
  const entry = Object.entries(users).find(([name]) => subjectKey('user', name) === key)?.[1];
  const { text, notices } = emitProfiles({
    user,
    settings,
    grants: holdings(facts, 'after', { user: key }).map(({ account, permissionSet }) => ({
      accountId: account,
      accountName: names.account(account),
      permissionSet,
    })),
    ...(entry?.cli?.default && {
      default: { accountId: accountId(entry.cli.default.account), permissionSet: entry.cli.default.permissionSet },
    }),
  });
  for (const { code, message } of notices) io.err(`${code}: ${inert(message)}\n`);
  return text;
}

/** By key: everyone in the file, and everyone who holds anything. */
function userNames({ loaded, facts }: Pick<ProfileSource, 'loaded' | 'facts'>): Map<string, string> {
  const declared = Object.keys(loaded.document.users ?? {}).map((name) => [subjectKey('user', name), name] as const);
  const holders = holdings(facts, 'after').map(({ user }) => [user, user] as const);
  return new Map([...holders, ...declared]);
}

function findUser(name: string, known: ReadonlyMap<string, string>): string {
  const found = known.get(subjectKey('user', name));
  if (found !== undefined) return found;
  throw new ReportedError('unknown-user', `There is no user "${name}"${suggest(name, [...known.values()])}`);
}

function settingsOf(
  { cli }: IdentityDocument,
  instance: Pick<Instance, 'region' | 'identityStoreId' | 'partition'>,
): ProfileSettings {
  const { startUrl = defaultPortalUrl(instance.identityStoreId, instance.partition), region, output, ...rest } = cli;
  if (startUrl === undefined) {
    throw new ReportedError(
      'no-start-url',
      `The access portal's URL is not known in partition ${instance.partition}.`,
      'Set cli.startUrl (console: IAM Identity Center > Settings > AWS access portal URL).',
    );
  }
  return {
    ...rest,
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
  const desired = collectDesired(kinds, document, { partition: 'aws', accountId: idOf });
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
