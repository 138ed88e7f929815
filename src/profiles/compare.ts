import type { FoundHeader, FoundSection } from './aws-config-sections.ts';
import { differences, exactDifferences, sessionsOf, type Difference } from './same-profile.ts';
import type { Section } from './section.ts';

export interface Comparison {
  /** Wanted, and nobody has written it. */
  missing: Section[];
  /** There, but another than what is wanted. */
  stale: {
    section: FoundSection;
    differences: Difference[];
    /** The name stands outside the block, so the block can't have it. */
    needsHand: boolean;
  }[];
  /** Wanted, but a header outside has the name in a form that the AWS CLI does not read, so the block can't have it. */
  hidden: { section: Section; line: number }[];
  /** In the block without being wanted, or anybody's profile for what is not granted. */
  extra: { section: FoundSection; isOurs: boolean }[];
}

/**
 * Compares a config with the wanted sections by what profiles mean: account, permission set, portal, region and output,
 * whoever wrote them and under whatever name. In our own block, names and all keys count.
 * @param block the sections in the block.
 * @param outside those that others have written.
 * @param hidden headers that others have written for the AWS SDK for JavaScript alone.
 */
export function compareConfig(
  wanted: readonly Section[],
  block: readonly FoundSection[],
  outside: readonly FoundSection[],
  hidden: readonly FoundHeader[],
): Comparison {
  const session = wanted.find(({ kind }) => kind === 'sso-session');
  const found = [...block, ...outside];
  const sessions = session ? sessionsOf(found, session) : new Map<string, never>();
  const isOfSession = ({ kind, keys }: FoundSection): boolean =>
    kind === 'profile' && sessions.has(keys.get('sso_session') ?? '');

  const differencesOf = (one: FoundSection, section: Section): Difference[] =>
    differences(one, section, sessions.get(one.keys.get('sso_session') ?? ''));

  const comparison: Comparison = { missing: [], stale: [], hidden: [], extra: [] };
  const judge = (section: Section): void => {
    const other = hidden.find((one) => isNamed(one, section));
    const own = other ? undefined : block.find((one) => isNamed(one, section));
    if (own) {
      const ours = { section: own, differences: exactDifferences(own, section), needsHand: false };
      if (ours.differences.length > 0) comparison.stale.push(ours);
      return;
    }
    const same = (other ? outside : found).filter((one) =>
      section.kind === 'profile'
        ? isOfSession(one) && grantOf(section) === foundGrant(one) && isDefault(section) === isDefault(one)
        : one.kind === 'sso-session' && sessions.has(one.name),
    );
    if (same.some((one) => differencesOf(one, section).length === 0)) return;
    if (other) {
      comparison.hidden.push({ section, line: other.line });
      return;
    }
    const namesake = outside.find((one) => isNamed(one, section));
    const needsHand = namesake !== undefined;
    if (same[0]) {
      comparison.stale.push({ section: same[0], differences: differencesOf(same[0], section), needsHand });
    } else if (namesake) {
      comparison.stale.push({ section: namesake, differences: exactDifferences(namesake, section), needsHand });
    } else comparison.missing.push(section);
  };
  // Without a profile, nobody needs the session.
  const needed = wanted.some(({ kind }) => kind === 'profile') ? wanted : [];
  for (const section of needed) judge(section);
  const grants = new Set(wanted.map(grantOf));
  comparison.extra = [
    ...block
      .filter((one) => !needed.some((section) => isNamed(one, section)))
      .map((section) => ({ section, isOurs: true })),
    ...outside
      .filter((one) => isOfSession(one) && one.keys.has('sso_account_id') && !grants.has(foundGrant(one)))
      .map((section) => ({ section, isOurs: false })),
  ];
  return comparison;
}

const isNamed = (one: Pick<Section, 'kind' | 'name'>, { kind, name }: Section): boolean =>
  one.kind === kind && one.name === name;
const isDefault = ({ name }: Pick<Section, 'name'>): boolean => name === 'default';
const grantOf = ({ keys }: Section): string => `${keys['sso_account_id']} ${keys['sso_role_name']}`;
const foundGrant = ({ keys }: FoundSection): string => `${keys.get('sso_account_id')} ${keys.get('sso_role_name')}`;
