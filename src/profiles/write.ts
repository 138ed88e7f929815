import { ReportedError } from '../core/errors.ts';
import { fitIn } from './fit-in.ts';
import { readAsCli } from './aws-config-sections.ts';
import { findBlock, outsideBlock, withBlock, withoutBlock, type BlockParts } from './managed-block.ts';
import { sectionsText, type Section } from './section.ts';
import { beganWithout, deleteAwsConfig, readAwsConfig, replaceAwsConfig, type AwsConfigFile } from './config-file.ts';
import { wantsColor, type CommonFlags, type Io } from '../cli/io.ts';
import { printNotices } from '../cli/print-notices.ts';
import { profilesOf, type ProfileSource } from './of-user.ts';

export interface WriteFlags extends CommonFlags {
  dryRun?: boolean;
}

/** Merges one person's profiles into their AWS config: into the managed block, and nowhere else. */
export async function writeProfileBlock(io: Io, flags: WriteFlags, user: string, source: ProfileSource): Promise<void> {
  const config = readAwsConfig(io);
  const parts = findBlock(config.bytes);
  checkIsOurs(config, parts);
  const emitted = profilesOf(user, source);
  if (!emitted.sections.some(isProfile)) {
    // A session alone would sign in to nothing.
    printNotices(io, emitted.notices);
    if (parts.block === undefined) io.err(`Nothing was written to ${config.file}.\n`);
    else await takeBlock(io, flags, config, parts);
    return;
  }
  const { sections, notices } = fitIn(emitted.sections, outsideBlock(parts).toString());
  printNotices(io, [...emitted.notices, ...notices]);
  // Where everything stands outside already, there is nothing to keep.
  const bytes = sections.length > 0 ? withBlock(parts, sectionsText(sections)) : withoutBlock(parts);
  if (bytes.equals(config.bytes)) {
    io.err(`${config.file} is as it should be already.\n`);
  } else if (flags.dryRun) {
    await printDiff(io, flags, config, bytes);
  } else {
    const backup = replaceAwsConfig(config, bytes, parts.block === undefined);
    io.err(whatWasDone(config.file, sections, backup));
  }
}

const ourKeys = new Set([
  'sso_start_url',
  'sso_region',
  'sso_registration_scopes',
  'sso_session',
  'sso_account_id',
  'sso_role_name',
  'region',
  'output',
]);

/** The block is replaced whole, so nothing that somebody has put into it may be lost. Errors: `foreign-in-block`. */
function checkIsOurs({ file, bytes }: AwsConfigFile, parts: BlockParts): void {
  const isOutside = new Set(readAsCli(outsideBlock(parts).toString()).sections.map(({ line }) => line));
  for (const { kind, name, line, keys } of readAsCli(bytes.toString()).sections) {
    if (isOutside.has(line)) continue;
    const foreign = [...keys.keys()].find((key) => !ourKeys.has(key));
    const isOurs = kind === 'sso-session' || keys.has('sso_session');
    if (foreign === undefined && isOurs) continue;
    const what = foreign === undefined ? 'is none that idc writes' : `has "${foreign}", which idc never writes`;
    throw new ReportedError(
      'foreign-in-block',
      `In the block that idc keeps in ${file}, the ${kind} "${name}" (line ${line}) ${what}, and would be lost.`,
      'Move what is yours behind the line "# idc end". Nothing was changed.',
    );
  }
}

function whatWasDone(file: string, sections: readonly Section[], backup: string | undefined): string {
  if (sections.length === 0) return `All of it stands in ${file} by other hands, so the block is gone.\n`;
  const count = sections.filter(isProfile).length;
  const copy = backup === undefined ? '' : `; as it was, it is ${backup}`;
  const what = count === 0 ? 'the session and no profile' : `${count} ${count === 1 ? 'profile' : 'profiles'}`;
  return `Wrote ${what} to ${file}${copy}.\n`;
}

const isProfile = ({ kind }: Section): boolean => kind === 'profile';

/** Takes the managed block away; what there was before the first one is back. */
export async function removeProfileBlock(io: Io, flags: WriteFlags): Promise<void> {
  const config = readAwsConfig(io);
  const parts = findBlock(config.bytes);
  if (parts.block === undefined) {
    io.err(`There is no block of idc in ${config.file}.\n`);
    return;
  }
  checkIsOurs(config, parts);
  await takeBlock(io, flags, config, parts);
}

async function takeBlock(io: Io, flags: WriteFlags, config: AwsConfigFile, parts: BlockParts): Promise<void> {
  const bytes = withoutBlock(parts);
  if (flags.dryRun) {
    await printDiff(io, flags, config, bytes);
    return;
  }
  if (bytes.length === 0 && beganWithout(config)) deleteAwsConfig(config);
  else replaceAwsConfig(config, bytes, false);
  io.err(`Took the block of idc out of ${config.file}.\n`);
}

async function printDiff(io: Io, flags: CommonFlags, { file, bytes }: AwsConfigFile, after: Buffer): Promise<void> {
  const { renderConfigDiff } = await import('../render/text/config-diff.ts');
  const color = wantsColor(io, flags, io.outIsTerminal);
  io.out(renderConfigDiff(file, bytes.toString(), after.toString(), { color }));
}
