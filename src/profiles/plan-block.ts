import { ReportedError } from '../core/errors.ts';
import { shellWord } from '../core/words.ts';
import { readAsCli } from './aws-config-sections.ts';
import { readAwsConfig, type AwsConfigFile, type Environment } from './config-file.ts';
import {
  findBlocks,
  outsideBlocks,
  readBlock,
  withBlock,
  withoutBlock,
  type Block,
  type BlockFile,
  type BlockOwner,
} from './managed-block.ts';
import { mergeProfiles, ownerText, type OtherBlock, type Taken } from './merge-profiles.ts';
import type { Notice } from './notice.ts';
import { isSameUser, profilesOf, type ProfileSource } from './of-user.ts';
import { keepOwnKeys, printOf, type BlockNow, type OwnKeys } from './own-keys.ts';
import { isSamePortal } from './same-profile.ts';
import { headerOf, type Section } from './section.ts';

/** What one person's block in an AWS config is, and what it should be. */
export interface BlockPlan {
  config: AwsConfigFile;
  file: BlockFile;
  /** Absent where there is none yet. */
  block?: Block;
  /** What is outside all blocks. */
  outside: string;
  /** All that the person has by the file. */
  wanted: readonly Section[];
  /** What the block should hold. */
  own: OwnKeys;
  /** Names that other blocks have: nothing can be written. */
  taken: readonly Taken[];
  /** Why else nothing can be written. */
  refusal?: ReportedError;
  notices: readonly Notice[];
  /** The whole config with it. */
  after: Buffer;
}

/**
 * Plans one person's block: nothing is written.
 * @param suffix of its names; else the one that it has.
 * Errors: those of `readAwsConfig` and `findBlocks`.
 */
export function planBlock(env: Environment, user: string, source: ProfileSource, suffix?: string): BlockPlan {
  const config = readAwsConfig(env);
  const file = findBlocks(config.bytes);
  const outside = outsideBlocks(file);
  const block = ownBlock(file, outside, user, source);
  const end = suffix ?? block?.owner?.suffix;
  const emitted = profilesOf(user, source, end);
  const others = file.blocks.flatMap((one): OtherBlock[] =>
    one === block ? [] : [{ owner: one.owner, sections: readBlock(file, one).sections }],
  );
  // A session alone would sign in to nothing.
  const isEmpty = !emitted.sections.some(({ kind }) => kind === 'profile');
  const { notices: kept, wanted } = withoutTakenDefault(isEmpty ? [] : emitted.sections, others);
  const merged = mergeProfiles(wanted, outside, others);
  const own = keepOwnKeys(merged.sections, nowIn(file, block));
  const owner: BlockOwner = {
    place: source.instance ?? sessionName(emitted.sections),
    user,
    ...(end !== undefined && { suffix: end }),
  };
  const after =
    own.sections.length > 0
      ? withBlock(file, block, { owner, sections: own.sections, wanted: merged.sections }, own.freed)
      : block
        ? withoutBlock(file, block, own.freed)
        : config.bytes;
  return {
    config,
    file,
    ...(block && { block }),
    outside,
    wanted,
    own,
    taken: merged.taken,
    ...(merged.refusal && { refusal: merged.refusal }),
    notices: [...emitted.notices, ...kept, ...merged.notices, ...ownNotices(own)],
    after,
  };
}

/** `[default]` stays with the block that has it. */
function withoutTakenDefault(
  sections: readonly Section[],
  others: readonly OtherBlock[],
): { notices: Notice[]; wanted: readonly Section[] } {
  const isDefault = ({ kind, name }: Pick<Section, 'kind' | 'name'>): boolean =>
    kind === 'profile' && name === 'default';
  for (const { owner, sections: theirs } of others) {
    const there = theirs.find(isDefault);
    if (!there || !sections.some(isDefault)) continue;
    const message = `[default] in line ${there.line} stays with ${ownerText(owner)}.`;
    return {
      notices: [{ code: 'profile-taken', message }],
      wanted: sections.filter((section) => !isDefault(section)),
    };
  }
  return { notices: [], wanted: sections };
}

/** The block of this instance and this user. */
export function ownBlock(file: BlockFile, outside: string, user: string, source: ProfileSource): Block | undefined {
  const { instance, settings } = source;
  const portal: Section = {
    kind: 'sso-session',
    name: '',
    keys: { sso_start_url: settings.startUrl, sso_region: settings.ssoRegion },
  };
  return file.blocks.find((block) => {
    const { owner } = block;
    if (owner && !isSameUser(owner.user, user)) return false;
    if (owner && instance !== undefined && /^(sso)?ins-/.test(owner.place)) return owner.place === instance;
    if (isWrittenFor(block, source)) return true;
    const { sections } = readBlock(file, block);
    const sessions = [...sections, ...readAsCli(outside).sections].filter(({ kind }) => kind === 'sso-session');
    return sections.some((section) => {
      const session =
        section.kind === 'sso-session'
          ? section
          : sessions.find(({ name }) => name === section.keys.get('sso_session'));
      return session !== undefined && isSamePortal(session, portal);
    });
  });
}

/** Whether idc wrote the portal of this source into it, whatever its reader made of that. */
function isWrittenFor(
  { owner, written }: Block,
  { settings: { sessionName: name, startUrl } }: ProfileSource,
): boolean {
  const session = {
    kind: 'sso-session',
    name: owner?.suffix === undefined ? name : `${name}-${owner.suffix}`,
  } as const;
  return written?.has(printOf(session, 'sso_start_url', startUrl)) === true;
}

const sessionName = (sections: readonly Section[]): string =>
  sections.find(({ kind }) => kind === 'sso-session')?.name ?? '';

/** What a block holds, to tell whose it is. */
export function nowIn(file: BlockFile, block: Block | undefined): BlockNow {
  if (!block) return { sections: [], headers: [], lines: [] };
  const { sections, headers } = readBlock(file, block);
  return { sections, headers, lines: file.text.slice(0, block.end).split(/\r\n|\n|\r/), written: block.written };
}

/** What is said of keys that a block's reader set: those that decide whose credentials are used, and those that go. */
export function ownNotices({ kept, lost }: Pick<OwnKeys, 'kept' | 'lost'>): Notice[] {
  return [
    ...kept.map(({ section, entry: { key, value, from }, wanted }) => ({
      code: 'own-credentials-key',
      message: `${headerOf(section)} has ${key} = ${value} in line ${from}, ${wanted === undefined ? 'which idc did not write' : `not ${wanted}`}: it decides whose credentials are used, and stays. Delete that line if it is not yours.`,
    })),
    ...lost.map(({ section, keys }) => ({
      code: 'own-keys-removed',
      message: `${headerOf(section)} in line ${section.line} goes, with what you had set in it: ${keys.join(', ')}.`,
    })),
  ];
}

/** Errors: `session-taken` or `profile-taken` where another block has a name. */
export function refuseTaken({ taken, refusal }: BlockPlan): void {
  if (refusal) throw refusal;
  const [first] = taken;
  if (!first) return;
  const more = taken.length === 1 ? ' is' : ` and ${taken.length - 1} more of the names are`;
  const user = first.owner ? ` ${shellWord(first.owner.user)}` : '';
  throw new ReportedError(
    first.section.kind === 'sso-session' ? 'session-taken' : 'profile-taken',
    `${headerOf(first.section)} (line ${first.line} of the AWS config)${more} in ${ownerText(first.owner)}.`,
    `Add --session NAME: the names of the session and the profiles then end with -NAME. Or remove that block: idc profiles --remove${user}. Nothing was changed.`,
  );
}
