import type { FoundSection } from './aws-config-sections.ts';
import { bareStartUrl, isAwsPortal } from '../core/access-portal.ts';
import type { Section } from './section.ts';

/** Which keys of a profile are another than the file wants, with what they are: empty where they mean the same. */
export interface Difference {
  key: string;
  is?: string;
  wanted?: string;
}

const what = ['sso_account_id', 'sso_role_name', 'region', 'output'] as const;

/** Whether a client gets other credentials, or signs in elsewhere, where this key is another. */
export const decidesCredentials = (key: string): boolean =>
  /^(sso_(?!registration_scopes)|aws_)/.test(key) ||
  ['role_arn', 'source_profile', 'credential_source', 'credential_process', 'web_identity_token_file'].includes(key);

/**
 * How a section that somebody wrote by hand differs from a wanted one. It may have more keys than that, and a region or
 * an output of its own where the file wants none.
 * @param session of a profile: the session that it names. botocore refuses a profile where one of the session's keys has
 * another value than in the session (`_resolve_sso_session_reference`); the SDK for JavaScript, for its URL and region.
 */
export function differences(found: FoundSection, wanted: Section, session?: FoundSection): Difference[] {
  const others = what.flatMap((key) => {
    const [is, should] = [found.keys.get(key), wanted.keys[key]];
    return should === undefined || is === should ? [] : [difference(key, is, should)];
  });
  const away = [...found.keys].flatMap(([key, is]) =>
    decidesCredentials(key) && !key.startsWith('sso_') ? [difference(key, is, undefined)] : [],
  );
  const against = [...(session?.keys ?? [])].flatMap(([key, should]) => {
    const is = found.keys.get(key);
    return is === undefined || is === should ? [] : [difference(key, is, should)];
  });
  return [...others, ...away, ...against];
}

/** How a section differs from a wanted one in the keys of that. */
export function exactDifferences(found: FoundSection, wanted: Section): Difference[] {
  return Object.entries(wanted.keys).flatMap(([key, should]) => {
    const is = found.keys.get(key);
    return is === should ? [] : [difference(key, is, should)];
  });
}

const difference = (key: string, is: string | undefined, wanted: string | undefined): Difference => ({
  key,
  ...(is !== undefined && { is }),
  ...(wanted !== undefined && { wanted }),
});

/**
 * Whether a session signs in to the same portal; what it asks for there is its writer's business. The AWS CLI follows a
 * start URL on a host that AWS does not own to the portal behind it, and writes that one's Region into the session (2.35.13).
 */
export function isSamePortal(found: FoundSection, wanted: Section): boolean {
  const portal = (url = ''): string => bareStartUrl(url).toLowerCase();
  const [is, should] = [portal(found.keys.get('sso_start_url')), portal(wanted.keys['sso_start_url'])];
  return is === should && (found.keys.get('sso_region') === wanted.keys['sso_region'] || !isAwsPortal(is));
}

/** The sessions by name that sign in to the same portal as a wanted one. */
export type SamePortal = ReadonlyMap<string, FoundSection>;

/** For each wanted section, the sessions that a profile in its place may name: those to the portal of its own. */
export function sessionsFor(
  sections: readonly FoundSection[],
  wanted: readonly Section[],
): (one: Section) => SamePortal {
  const found = sections.filter(({ kind }) => kind === 'sso-session');
  const same = (session: Section): SamePortal =>
    new Map(found.filter((one) => isSamePortal(one, session)).map((one) => [one.name, one]));
  const portals = new Map(
    wanted.filter(({ kind }) => kind === 'sso-session').map((session) => [session.name, same(session)]),
  );
  return ({ kind, name, keys }) => portals.get(kind === 'profile' ? (keys['sso_session'] ?? '') : name) ?? new Map();
}
