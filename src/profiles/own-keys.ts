import { createHash } from 'node:crypto';
import type { FoundEntry, FoundSection } from './aws-config-sections.ts';
import { isAwsPortal } from '../core/access-portal.ts';
import { decidesCredentials } from './same-profile.ts';
import { isNamed, type Section } from './section.ts';

/** What the marks of a block keep of each key that idc wrote, so that what differs from it is known to be the user's. */
export const printsOf = ({ kind, name, keys }: Section): string[] =>
  Object.entries(keys).map(([key, value]) => printOf({ kind, name }, key, value));

export const printOf = ({ kind, name }: Pick<Section, 'kind' | 'name'>, key: string, value: string): string =>
  createHash('sha256')
    .update(JSON.stringify([kind, name, key, value]))
    .digest('base64url')
    .slice(0, 5);

/** A key in a block that its reader set, and that decides whose credentials a client gets. */
export interface KeptCredentialKey {
  section: FoundSection;
  entry: FoundEntry;
  /** What the file says; absent for a key that idc doesn't write. */
  wanted?: string;
}

/** A section that goes, though its reader had put keys into it. */
export interface LostKeys {
  section: FoundSection;
  keys: readonly string[];
}

export interface OwnKeys {
  /** The wanted sections, with what their reader put into them. */
  sections: Section[];
  kept: KeptCredentialKey[];
  lost: LostKeys[];
  /** Sections of the block that are not idc's, and all their lines. */
  foreign: FoundSection[];
  freed: string[];
  /** The sections of the block that are idc's. */
  ours: FoundSection[];
}

/** What a block holds now. */
export interface BlockNow {
  sections: readonly FoundSection[];
  /** The lines of all headers, of whatever kind. */
  headers: readonly number[];
  /** The file's lines from its first to the end of the block. */
  lines: readonly string[];
  /** See `printsOf`; absent in a block of before there were such. */
  written?: ReadonlySet<string> | undefined;
}

// Before there were prints, a block held these keys alone, and every profile in it had a session.
const keysOfBefore = new Set([
  'sso_start_url',
  'sso_region',
  'sso_registration_scopes',
  'sso_session',
  'sso_account_id',
  'sso_role_name',
  'region',
  'output',
]);

/** Sorts a block's lines into idc's, which follow the file, and its reader's, which stay. */
export function keepOwnKeys(wanted: readonly Section[], now: BlockNow): OwnKeys {
  const isOurs = (section: FoundSection, { key, value }: FoundEntry): boolean =>
    now.written
      ? now.written.has(printOf(section, key, value))
      : keysOfBefore.has(key) && (section.kind === 'sso-session' || section.keys.has('sso_session'));
  const result: OwnKeys = { sections: [], kept: [], lost: [], foreign: [], freed: [], ours: [] };
  const byLine = new Map(now.sections.map((section) => [section.line, section]));
  const own = new Map<Section, Section>();
  for (const [index, line] of now.headers.entries()) {
    const end = now.headers[index + 1] ?? now.lines.length + 1;
    const section = byLine.get(line);
    const target = section && wanted.find((one) => isNamed(one, section));
    if (section && target && !own.has(target)) {
      const kept = section.entries.filter((one) => !isOurs(section, one) && target.keys[one.key] !== one.value);
      result.ours.push(section);
      own.set(
        target,
        withOwn(target, kept, (added) => ownLines(now.lines, section, added, end)),
      );
      result.kept.push(
        ...kept
          .filter(({ key }) => decidesCredentials(key) && !isRegionOfVanityUrl(section, key))
          .map((entry) => credentialKey(section, entry, target)),
      );
    } else if (section?.entries.some((one) => isOurs(section, one))) {
      result.ours.push(section);
      const keys = section.entries.filter((one) => !isOurs(section, one)).map(({ key }) => key);
      if (keys.length > 0) result.lost.push({ section, keys });
    } else {
      if (section) result.foreign.push(section);
      result.freed.push(...trimmed(now.lines.slice(line - 1, end - 1).filter((text) => !isMark(text))), '');
    }
  }
  result.sections = wanted.map((section) => own.get(section) ?? section);
  return result;
}

/**
 * The AWS CLI follows a start URL on a host that AWS does not own to the portal behind it, and writes that one's Region into
 * the session (2.35.13): it knows better.
 */
const isRegionOfVanityUrl = ({ kind, keys }: FoundSection, key: string): boolean =>
  kind === 'sso-session' && key === 'sso_region' && !isAwsPortal(keys.get('sso_start_url') ?? '');

/** Keys that idc has too keep their place. */
function withOwn(
  section: Section,
  kept: readonly FoundEntry[],
  linesOf: (added: readonly FoundEntry[]) => string[],
): Section {
  const changed = kept.filter(({ key, value }) => key in section.keys && !value.includes('\n'));
  const replaced = new Set(kept.map(({ key }) => key));
  const inPlace = new Map(changed.map(({ key, value }) => [key, value]));
  const keys = Object.entries(section.keys).flatMap(([key, value]) => {
    const own = inPlace.get(key);
    return own === undefined ? (replaced.has(key) ? [] : [[key, value]]) : [[key, own]];
  });
  const own = linesOf(kept.filter((entry) => !changed.includes(entry)));
  return { ...section, keys: Object.fromEntries(keys) as Record<string, string>, ...(own.length > 0 && { own }) };
}

/** Comments, and the keys that stay, with what is indented under them. */
function ownLines(
  lines: readonly string[],
  { line, entries }: FoundSection,
  kept: readonly FoundEntry[],
  end: number,
): string[] {
  const isIn = (one: FoundEntry, number: number): boolean => number >= one.from && number < one.to;
  return lines.slice(line, end - 1).filter((text, index) => {
    const number = line + index + 1;
    if (text.trim() === '' || isMark(text)) return false;
    return kept.some((one) => isIn(one, number)) || !entries.some((one) => isIn(one, number));
  });
}

const isMark = (line: string): boolean => /^# ?idc (begin|end)\b/.test(line);

function credentialKey(section: FoundSection, entry: FoundEntry, { keys }: Section): KeptCredentialKey {
  const wanted = keys[entry.key];
  return { section, entry, ...(wanted !== undefined && { wanted }) };
}

function trimmed(lines: readonly string[]): string[] {
  const last = lines.findLastIndex((line) => line.trim() !== '');
  return lines.slice(0, last + 1);
}
