import { ReportedError } from '../core/errors.ts';
import { mergeProfiles } from './merge-profiles.ts';
import { readAsCli } from './aws-config-sections.ts';
import { findBlock, outsideBlock, withBlock, withoutBlock, type BlockParts } from './managed-block.ts';
import { sectionsText, type Section } from './section.ts';
import {
  beganWithout,
  deleteAwsConfig,
  readAwsConfig,
  replaceAwsConfig,
  type AwsConfigFile,
  type Environment,
} from './config-file.ts';
import type { Notice } from './notice.ts';
import { profilesOf, type ProfileSource } from './of-user.ts';

/** What was done to an AWS config, or would be. */
export interface BlockChange {
  file: string;
  /**
   * `none`: there was nothing to write or to remove; `current`: it was as it should be; `written`, `removed`; `elsewhere`: the
   * block is gone, since all of it is outside; `shown`: a dry run.
   */
  done: 'none' | 'current' | 'written' | 'elsewhere' | 'removed' | 'shown';
  notices: readonly Notice[];
  /** Of what was written. */
  sections?: readonly Section[];
  /** The copy of the file as it was, where this made one. */
  backup?: string | undefined;
  /** Of a dry run: the texts to compare. */
  texts?: { before: string; after: string };
}

export interface WriteOptions {
  env: Environment;
  /** Changes nothing. */
  dryRun: boolean;
}

/** Merges one person's profiles into their AWS config: into the managed block, and nowhere else. */
export function writeProfileBlock(user: string, source: ProfileSource, { env, dryRun }: WriteOptions): BlockChange {
  const config = readAwsConfig(env);
  const { file } = config;
  const parts = findBlock(config.bytes);
  checkIsOurs(config, parts);
  const emitted = profilesOf(user, source);
  if (!emitted.sections.some(isProfile)) {
    // A session alone would sign in to nothing.
    const { notices } = emitted;
    return parts.block === undefined
      ? { file, done: 'none', notices }
      : { ...removeBlock(config, parts, dryRun), notices };
  }
  const { sections, notices: merged } = mergeProfiles(emitted.sections, outsideBlock(parts).toString());
  const notices = [...emitted.notices, ...merged];
  // Where everything is outside already, there is nothing to keep.
  const bytes = sections.length > 0 ? withBlock(parts, sectionsText(sections)) : withoutBlock(parts);
  if (bytes.equals(config.bytes)) return { file, done: 'current', notices };
  if (dryRun) return { ...shown(config, bytes), notices };
  const backup = replaceAwsConfig(config, bytes, parts.block === undefined);
  return { file, done: sections.length === 0 ? 'elsewhere' : 'written', notices, sections, backup };
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

export const isProfile = ({ kind }: Section): boolean => kind === 'profile';

/** Takes the managed block away; what there was before the first one is back. */
export function removeProfileBlock({ env, dryRun }: WriteOptions): BlockChange {
  const config = readAwsConfig(env);
  const parts = findBlock(config.bytes);
  if (parts.block === undefined) return { file: config.file, done: 'none', notices: [] };
  checkIsOurs(config, parts);
  return removeBlock(config, parts, dryRun);
}

function removeBlock(config: AwsConfigFile, parts: BlockParts, dryRun: boolean): BlockChange {
  const bytes = withoutBlock(parts);
  if (dryRun) return shown(config, bytes);
  if (bytes.length === 0 && beganWithout(config)) deleteAwsConfig(config);
  else replaceAwsConfig(config, bytes, false);
  return { file: config.file, done: 'removed', notices: [] };
}

const shown = ({ file, bytes }: AwsConfigFile, after: Buffer): BlockChange => ({
  file,
  done: 'shown',
  notices: [],
  texts: { before: bytes.toString(), after: after.toString() },
});
