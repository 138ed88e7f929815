import { createHash } from 'node:crypto';
import type { LoadedFile } from '../../config/load.ts';
import type { AccessFacts } from '../../core/access.ts';
import { ReportedError } from '../../core/errors.ts';
import { instanceIdOf } from '../../core/access-portal.ts';
import { defaultFile } from '../../core/file-name.ts';
import type { Names } from '../../core/kind.ts';
import type { Instance } from '../../core/plan.ts';
import { countOf, shellWord } from '../../core/words.ts';
import { sanitizeName } from '../../core/sanitize.ts';
import { exitCodes, wantsColor, type Io } from '../io.ts';
import { resolveHomeRegion } from '../../source/home-region.ts';
import { loadFile } from '../../source/load-file.ts';
import { withSource, type SourceFlags } from '../session.ts';
import { printNotices } from '../print-notices.ts';
import { findUser, offlineSource, userNames } from '../../profiles/source.ts';
import { profilesOf, settingsOf, type ProfileSource } from '../../profiles/of-user.ts';
import { makeFolder } from '../../files/make-folder.ts';
import { writePrivatelyInto } from '../../files/write-privately.ts';
import type { BlockChange, WriteOptions } from '../../profiles/write.ts';

export interface ProfilesFlags extends SourceFlags {
  dryRun?: boolean;
  format?: 'text' | 'markdown' | 'json';
  all?: boolean;
  out?: string;
  write?: boolean;
  remove?: boolean;
  check?: boolean;
  session?: string;
}

/** Prints the AWS CLI profiles of some users, or writes everyone's; or keeps those of one person in their own config. */
export async function profiles(io: Io, flags: ProfilesFlags, users: readonly string[], file: string): Promise<number> {
  checkFlags(flags, users);
  if (flags.remove) {
    const { removeProfileBlocks } = await import('../../profiles/write.ts');
    const choice = { user: users[0], all: flags.all === true, readSource: () => readSource(io, flags, file) };
    await printChange(io, flags, await removeProfileBlocks(choice, writeOptions(io, flags)), 'remove');
    return exitCodes.done;
  }
  const source = await readSource(io, flags, file);
  const known = userNames(source);
  const isExternal = source.loaded.document.identityCenter.directory === 'external';
  const chosen = flags.all ? [...known.values()] : users.map((name) => findUser(name, known, isExternal));
  const [one = ''] = chosen;
  if (flags.write) {
    const { writeProfileBlock } = await import('../../profiles/write.ts');
    await printChange(io, flags, writeProfileBlock(one, source, writeOptions(io, flags), flags.session), 'write');
  } else if (flags.check) {
    return printCheck(io, flags, one, source, file);
  } else if (flags.out !== undefined) {
    writeProfiles(io, flags.out, chosen, source);
  } else if (flags.format === 'markdown') {
    const { onboardingText } = await import('../../profiles/onboarding-text.ts');
    const messages = chosen.map((user) => onboardingText(user, source));
    for (const { notices } of messages) printNotices(io, notices);
    io.out(messages.map(({ text }) => text).join('\n---\n\n'));
  } else {
    io.out(chosen.map((user) => profileText(io, user, source)).join('\n'));
  }
  return exitCodes.done;
}

/** From the file alone where that says it all, else from a snapshot where one is given, or from what is live. */
async function readSource(io: Io, flags: SourceFlags, file: string): Promise<ProfileSource> {
  const loaded = loadFile(file);
  const now = io.now();
  const offline = offlineSource(loaded, resolveHomeRegion(loaded.document, { region: flags.region, env: io.env }), now);
  if (offline) return offline;
  const { makePlan } = await import('../../planner/make-plan.ts');
  const { plan, facts, names, accountId } = await withSource(io, flags, loaded, file, (source) =>
    makePlan(source, loaded, { removeOrphans: false, now }),
  );
  printNotices(
    io,
    plan.warnings.filter(({ code }) => code === 'old-snapshot'),
  );
  const { instance } = plan;
  return {
    loaded,
    facts,
    names,
    accountId,
    settings: settingsOf(loaded.document, instance),
    instance: instanceIdOf(instance.arn),
  };
}

const writeOptions = (io: Io, { dryRun = false }: ProfilesFlags): WriteOptions => ({ env: io.env, dryRun });

/** Says what a person's AWS config lacks, has wrong and has too much; exit code 2 where there is anything. */
async function printCheck(
  io: Io,
  flags: ProfilesFlags,
  user: string,
  source: ProfileSource,
  file: string,
): Promise<number> {
  const { checkAsJson, checkConfig, checkLines } = await import('../../profiles/check.ts');
  const check = checkConfig(io.env, user, source, flags.session);
  if (flags.format === 'json') io.out(`${JSON.stringify(checkAsJson(check), null, 2)}\n`);
  else if (!check.isCurrent) {
    const { layOut } = await import('../../render/text/paint.ts');
    const options = { color: wantsColor(io, flags, io.outIsTerminal), width: io.columns() };
    const of = file === defaultFile ? [] : ['-f', file];
    const line = ['idc', 'profiles', ...of, '--write', user].map(shellWord).join(' ');
    io.out(layOut(checkLines(check, source, line), options));
  } else if (flags.verbose) io.err(`${check.file} has what ${sanitizeName(user)} may use, and nothing else.\n`);
  return check.isCurrent ? exitCodes.done : exitCodes.pending;
}

async function printChange(
  io: Io,
  flags: ProfilesFlags,
  change: BlockChange,
  asked: 'write' | 'remove',
): Promise<void> {
  const { file, done, notices, sections = [], backup, texts, blocks = 1 } = change;
  printNotices(io, notices);
  if (texts) {
    const { renderConfigDiff } = await import('../../render/text/config-diff.ts');
    const color = wantsColor(io, flags, io.outIsTerminal);
    io.out(renderConfigDiff(file, texts.before, texts.after, { color }));
    return;
  }
  const profiles = sections.filter(({ kind }) => kind === 'profile').length;
  const what = profiles === 0 ? 'the session and no profile' : countOf(profiles, 'profile');
  const said: Record<Exclude<BlockChange['done'], 'shown'>, string> = {
    none: asked === 'write' ? `Nothing was written to ${file}.` : `${file} has no such idc block.`,
    current: `${file} is as it should be already.`,
    written: `Wrote ${what} to ${file}${backup === undefined ? '' : `; as it was, it is ${backup}`}.`,
    elsewhere: `All profiles already exist elsewhere in ${file}, so the idc block was removed.`,
    removed: `Removed ${blocks === 1 ? 'the idc block' : `${blocks} idc blocks`} from ${file}.`,
  };
  if (done !== 'shown') io.err(`${said[done]}\n`);
}

/** Errors: `no-user`, and `flags-mismatch` for what makes no sense together and the command line can't know. */
function checkFlags(
  { all, out, write, remove, check, dryRun, format, session }: ProfilesFlags,
  users: readonly string[],
): void {
  if (dryRun && !write && !remove) {
    throw new ReportedError('flags-mismatch', '--dry-run goes with --write or --remove.');
  }
  if (format === 'json' && !check) {
    throw new ReportedError('flags-mismatch', '--format json goes with --check.');
  }
  if (format === 'markdown' && (write || remove || check || out !== undefined)) {
    throw new ReportedError(
      'flags-mismatch',
      '--format markdown is a message that is printed, and goes with no other way.',
    );
  }
  if (session !== undefined && !write && !check) {
    throw new ReportedError('flags-mismatch', '--session goes with --write or --check.');
  }
  if (session !== undefined && !/^[A-Za-z0-9_.@:/+%-]+$/.test(session)) {
    throw new ReportedError(
      'bad-session',
      `--session ${session} has a character that the AWS CLI or an SDK cannot read in a section name.`,
    );
  }
  if (remove && users.length > 1) {
    throw new ReportedError(
      'several-users',
      `--remove takes one user, and here are ${users.length}.`,
      'Name one, or take --all.',
    );
  }
  if (remove) return;
  if (users.length === 0 && !all) {
    throw new ReportedError('no-user', 'Whose profiles?', 'Name users (idc profiles hanako), or take --all.');
  }
  if ((write || check) && users.length !== 1) {
    const why = `${write ? '--write' : '--check'} is about the AWS config of one person, and here are ${users.length}.`;
    throw new ReportedError('several-users', why, 'Name the person who uses this machine.');
  }
}

/** What an apply leads to. */
export interface AppliedAccess {
  facts: AccessFacts;
  names: Names;
  accountId(nameOrId: string): string;
}

export const sourceAfter = (
  loaded: LoadedFile,
  { facts, names, accountId }: AppliedAccess,
  instance: Instance,
): ProfileSource => ({ loaded, facts, names, accountId, settings: settingsOf(loaded.document, instance) });

/** After an apply: one file a user, from what the plan leads to. */
export function writeAllProfiles(io: Io, folder: string, source: ProfileSource): void {
  writeProfiles(io, folder, [...userNames(source).values()], source);
}

/** After an apply: for each user that it has made, the message that AWS does not send. */
export async function writeLetters(
  io: Io,
  folder: string,
  users: readonly string[],
  source: ProfileSource,
): Promise<void> {
  const { onboardingText } = await import('../../profiles/onboarding-text.ts');
  for (const user of users) {
    const { text, notices } = onboardingText(user, source);
    printNotices(io, notices);
    writePrivatelyInto(folder, fileNameOf(user, '.md'), text);
  }
  io.err(
    `Wrote the ${users.length === 1 ? 'message for 1 new user' : `messages for ${users.length} new users`} to ${folder}.\n`,
  );
}

function writeProfiles(io: Io, folder: string, users: readonly string[], source: ProfileSource): void {
  makeFolderFor('profiles', folder);
  for (const user of users) writePrivatelyInto(folder, fileNameOf(user, '.config'), profileText(io, user, source));
  io.err(`Wrote the profiles of ${users.length} ${users.length === 1 ? 'user' : 'users'} to ${folder}.\n`);
}

/** Before any work, so that a folder that can't be made stops it. */
export function makeFolderFor(what: 'profiles' | 'messages', folder: string): void {
  makeFolder(folder, { code: 'unwritable-folder', fault: `can't be a folder for ${what}` }, 0o700);
}

/** A user name may hold characters that a file name can't, be one that Windows keeps for itself, or be too long for one. */
function fileNameOf(user: string, ending: string): string {
  const name = user
    .replaceAll(/[^A-Za-z0-9_.@+-]/gu, (character) => encodeURIComponent(character).replaceAll('*', '%2A'))
    .replace(/^\.+/, (dots) => '%2E'.repeat(dots.length))
    .replace(/^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i, '%$&');
  if (name.length <= longestName) return `${name}${ending}`;
  return `${name.slice(0, longestName)}~${createHash('sha256').update(user).digest('hex').slice(0, 16)}${ending}`;
}

// File systems take 255 bytes.
const longestName = 200;

/** The text for one person; what there is to say about it goes to stderr. */
function profileText(io: Io, user: string, source: ProfileSource): string {
  const { text, notices } = profilesOf(user, source);
  printNotices(io, notices);
  return text;
}
