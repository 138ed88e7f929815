import type { FoundHeader, FoundSection } from './aws-config-sections.ts';
import { differences, exactDifferences, sessionsFor, type Difference } from './same-profile.ts';
import { isLegacy, isPlainDefault, type Taken } from './merge-profiles.ts';
import type { KeptCredentialKey, OwnKeys } from './own-keys.ts';
import { isNamed, type Section } from './section.ts';

/**
 * What mends a section: the next `--write`; or its writer, where it is outside the block: `[default]` for the region alone
 * lacks keys, a legacy profile has no session, another has the name for something else. Or a key in the block is the user's.
 */
export type Mend = 'write' | 'add-keys' | 'legacy' | 'by-hand' | 'own-key';

export interface Comparison {
  /** Wanted, and nobody has written it. */
  missing: Section[];
  /** There, but another than what is wanted. */
  stale: {
    section: FoundSection;
    differences: Difference[];
    mend: Mend;
  }[];
  /** Wanted, but there under two headers: clients take different ones. */
  twice: { section: Section; lines: readonly number[] }[];
  /** Wanted, but another block has the name. */
  taken: readonly Taken[];
  /** Wanted, but a header outside has the name in a form that the AWS CLI does not read, so the block can't have it. */
  hidden: { section: Section; line: number }[];
  /** In the block without being wanted, or anybody's profile for what is not granted. */
  extra: { section: FoundSection; isOurs: boolean }[];
}

/** A config, taken apart. */
export interface ConfigNow {
  /** The sections in the person's block. */
  block: readonly FoundSection[];
  /** What the block should hold, and which keys in it are its reader's. */
  own: Pick<OwnKeys, 'sections' | 'kept'>;
  /** Sections outside all blocks. */
  outside: readonly FoundSection[];
  /** Headers outside all blocks for the AWS SDK for JavaScript alone. */
  hidden: readonly FoundHeader[];
  /** Names that other blocks have. */
  taken?: readonly Taken[];
}

/**
 * Compares a config with the wanted sections by what profiles mean: account, permission set, portal, region and output,
 * however they came there and under whatever name. In the person's own block, names and the keys of idc count.
 */
export function compareConfig(
  wanted: readonly Section[],
  { block, own: { sections: planned, kept }, outside, hidden, taken = [] }: ConfigNow,
): Comparison {
  const found = [...block, ...outside];
  const sessions = sessionsFor(found, wanted);
  const sessionIn = ({ kind, keys }: FoundSection, section: Section): FoundSection | undefined =>
    kind === 'profile' ? sessions(section).get(keys.get('sso_session') ?? '') : undefined;

  const differencesOf = (one: FoundSection, section: Section): Difference[] =>
    differences(one, section, sessionIn(one, section));

  const comparison: Comparison = { missing: [], stale: [], twice: [], taken, hidden: [], extra: [] };
  const judge = (section: Section): void => {
    if (taken.some((one) => isNamed(one.section, section))) return;
    const other = hidden.find((one) => isNamed(one, section));
    const own = other ? undefined : block.find((one) => isNamed(one, section));
    const namesakes = [...(own ? [own] : []), ...outside.filter((one) => isNamed(one, section))];
    if (namesakes.length > 1) {
      comparison.twice.push({ section, lines: namesakes.map(({ line }) => line).sort((a, b) => a - b) });
      return;
    }
    if (own) {
      const target = planned.find((one) => isNamed(one, section)) ?? section;
      const changes = exactDifferences(own, target);
      if (changes.length > 0) comparison.stale.push({ section: own, differences: changes, mend: 'write' });
      const byHand = kept.filter((one) => one.section.line === own.line).map(keptDifference);
      if (byHand.length > 0) comparison.stale.push({ section: own, differences: byHand, mend: 'own-key' });
      return;
    }
    const same = (other ? outside : found).filter((one) =>
      section.kind === 'profile'
        ? sessionIn(one, section) !== undefined &&
          grantOf(section) === foundGrant(one) &&
          isDefault(section) === isDefault(one)
        : one.kind === 'sso-session' && sessions(section).has(one.name),
    );
    if (same.some((one) => differencesOf(one, section).length === 0)) return;
    if (other) {
      comparison.hidden.push({ section, line: other.line });
      return;
    }
    const [namesake] = namesakes;
    const mend = namesake ? mendOf(namesake, section) : 'write';
    if (same[0]) {
      comparison.stale.push({ section: same[0], differences: differencesOf(same[0], section), mend });
    } else if (namesake) {
      comparison.stale.push({ section: namesake, differences: exactDifferences(namesake, section), mend });
    } else comparison.missing.push(section);
  };
  // Without a profile, nobody needs the session.
  const needed = wanted.some(({ kind }) => kind === 'profile') ? wanted : [];
  for (const section of needed) judge(section);
  const grants = new Set(wanted.map(grantOf));
  const wantedSessions = wanted.filter(({ kind }) => kind === 'sso-session');
  comparison.extra = [
    ...block
      .filter((one) => !needed.some((section) => isNamed(one, section)))
      .map((section) => ({ section, isOurs: true })),
    ...outside
      .filter(
        (one) =>
          wantedSessions.some((session) => sessionIn(one, session)) &&
          one.keys.has('sso_account_id') &&
          !grants.has(foundGrant(one)),
      )
      .map((section) => ({ section, isOurs: false })),
  ];
  return comparison;
}

function mendOf(found: FoundSection, wanted: Section): Mend {
  if (isPlainDefault(found)) return 'add-keys';
  return isLegacy(found, wanted) ? 'legacy' : 'by-hand';
}

const keptDifference = ({ entry: { key, value }, wanted }: KeptCredentialKey): Difference => ({
  key,
  is: value,
  ...(wanted !== undefined && { wanted }),
});
const isDefault = ({ name }: Pick<Section, 'name'>): boolean => name === 'default';
const grantOf = ({ keys }: Section): string => `${keys['sso_account_id']} ${keys['sso_role_name']}`;
const foundGrant = ({ keys }: FoundSection): string => `${keys.get('sso_account_id')} ${keys.get('sso_role_name')}`;
