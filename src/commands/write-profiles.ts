import { fitIn } from '../profiles/fit-in.ts';
import { findBlock, outsideBlock, withBlock, withoutBlock } from '../profiles/managed-block.ts';
import { sectionsText, type Section } from '../profiles/section.ts';
import {
  beganWithout,
  deleteAwsConfig,
  readAwsConfig,
  replaceAwsConfig,
  type AwsConfigFile,
} from './aws-config-file.ts';
import { wantsColor, type CommonFlags, type Io } from './io.ts';
import { printNotices } from './print-notices.ts';
import { profilesOf, type ProfileSource } from './profile-source.ts';

export interface WriteFlags extends CommonFlags {
  dryRun?: boolean;
}

/** Merges one person's profiles into their AWS config: into the managed block, and nowhere else. */
export async function writeProfileBlock(io: Io, flags: WriteFlags, user: string, source: ProfileSource): Promise<void> {
  const config = readAwsConfig(io);
  const parts = findBlock(config.bytes);
  const emitted = profilesOf(user, source);
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

function whatWasDone(file: string, sections: readonly Section[], backup: string | undefined): string {
  if (sections.length === 0) return `All of it stands in ${file} by other hands, so the block is gone.\n`;
  const count = sections.filter(({ kind }) => kind === 'profile').length;
  const copy = backup === undefined ? '' : `; as it was, it is ${backup}`;
  return `Wrote ${count} ${count === 1 ? 'profile' : 'profiles'} to ${file}${copy}.\n`;
}

/** Takes the managed block away; what there was before the first one is back. */
export async function removeProfileBlock(io: Io, flags: WriteFlags): Promise<void> {
  const config = readAwsConfig(io);
  const parts = findBlock(config.bytes);
  if (parts.block === undefined) {
    io.err(`There is no block of idc in ${config.file}.\n`);
    return;
  }
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
  const { renderConfigDiff } = await import('../render/config-diff.ts');
  const color = wantsColor(io, flags, io.outIsTerminal);
  io.out(renderConfigDiff(file, bytes.toString(), after.toString(), { color }));
}
