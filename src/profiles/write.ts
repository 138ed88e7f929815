import { ReportedError } from '../core/errors.ts';
import {
  beganWithout,
  deleteAwsConfig,
  readAwsConfig,
  replaceAwsConfig,
  type AwsConfigFile,
  type Environment,
} from './config-file.ts';
import { findBlocks, outsideBlocks, withoutBlock, type Block } from './managed-block.ts';
import { ownerText } from './merge-profiles.ts';
import type { Notice } from './notice.ts';
import { isSameUser, type ProfileSource } from './of-user.ts';
import { keepOwnKeys } from './own-keys.ts';
import { nowIn, ownBlock, ownNotices, planBlock, refuseTaken } from './plan-block.ts';
import type { Section } from './section.ts';

/** What was done to an AWS config, or would be. */
export interface BlockChange {
  file: string;
  /**
   * `none`: there was nothing to write or to remove; `current`: it was as it should be; `written`, `removed`; `elsewhere`: the
   * block is gone, since all of it is outside; `shown`: a dry run.
   */
  done: 'none' | 'current' | 'written' | 'elsewhere' | 'removed' | 'shown';
  /** How many were removed. */
  blocks?: number;
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

/**
 * Merges one person's profiles into their AWS config: into their block, and nowhere else.
 * @param suffix what the names of the session and the profiles end with; else what they end with now.
 */
export function writeProfileBlock(
  user: string,
  source: ProfileSource,
  { env, dryRun }: WriteOptions,
  suffix?: string,
): BlockChange {
  const plan = planBlock(env, user, source, suffix);
  refuseTaken(plan);
  const { config, block, wanted, own, notices, after } = plan;
  const { file } = config;
  if (!block && wanted.length === 0) return { file, done: 'none', notices };
  if (after.equals(config.bytes)) return { file, done: 'current', notices };
  if (dryRun) return { ...shown(config, after), notices };
  const { sections } = own;
  if (sections.length === 0) {
    replaceOrDelete(config, after);
    return { file, done: wanted.length === 0 ? 'removed' : 'elsewhere', notices };
  }
  const backup = replaceAwsConfig(config, after, plan.file.blocks.length === 0);
  return { file, done: 'written', notices, sections, backup };
}

/** Which blocks go: a user's, or all; where it says nothing, the only one. */
export interface Choice {
  user: string | undefined;
  all: boolean;
  /** Tells which instance's block is meant, where a user has several. */
  readSource(): Promise<ProfileSource>;
}

/**
 * Removes blocks; what there was before the first one is back, with what others have written since. Errors: `several-blocks`
 * where the choice says too little.
 */
export async function removeProfileBlocks(choice: Choice, { env, dryRun }: WriteOptions): Promise<BlockChange> {
  const config = readAwsConfig(env);
  const notices: Notice[] = [];
  const chosen = await chooseBlocks(choice, config);
  if (chosen.length === 0) return { file: config.file, done: 'none', notices };
  let { bytes } = config;
  // From the last one, since what is behind a block moves.
  for (const block of chosen.toReversed()) {
    const file = findBlocks(bytes);
    const { lost, freed } = keepOwnKeys([], nowIn(file, block));
    notices.push(...ownNotices({ kept: [], lost }));
    bytes = withoutBlock(file, block, freed);
  }
  if (dryRun) return { ...shown(config, bytes), notices };
  replaceOrDelete(config, bytes);
  return { file: config.file, done: 'removed', notices, blocks: chosen.length };
}

async function chooseBlocks({ user, all, readSource }: Choice, { file, bytes }: AwsConfigFile): Promise<Block[]> {
  const blockFile = findBlocks(bytes);
  const chosen = blockFile.blocks.filter(({ owner }) => user === undefined || !owner || isSameUser(owner.user, user));
  if (all || chosen.length < 2) return chosen;
  if (user === undefined) {
    const list = chosen.map(({ owner }) => ownerText(owner)).join(', ');
    const remedy = 'Name the user (idc profiles --remove NAME), or take all of them with --remove --all.';
    throw new ReportedError('several-blocks', `${file} has several: ${list}.`, remedy);
  }
  const one = ownBlock(blockFile, outsideBlocks(blockFile), user, await readSource());
  return one ? [one] : [];
}

/** What began without a file ends without one. */
function replaceOrDelete(config: AwsConfigFile, bytes: Buffer): void {
  if (bytes.length === 0 && beganWithout(config)) deleteAwsConfig(config);
  else replaceAwsConfig(config, bytes, false);
}

const shown = ({ file, bytes }: AwsConfigFile, after: Buffer): BlockChange => ({
  file,
  done: 'shown',
  notices: [],
  texts: { before: bytes.toString(), after: after.toString() },
});
