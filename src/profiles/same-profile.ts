import type { FoundSection } from './aws-config-sections.ts';
import type { Section } from './section.ts';

/** Which keys of a profile are another than the file wants, with what they are: empty where they mean the same. */
export interface Difference {
  key: string;
  is?: string;
  wanted?: string;
}

const what = ['sso_account_id', 'sso_role_name', 'region', 'output'] as const;

/** With one of these, a client gets other credentials than the session's. */
const elsewhere = [
  'role_arn',
  'source_profile',
  'credential_source',
  'credential_process',
  'web_identity_token_file',
  'aws_access_key_id',
];

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
  const away = elsewhere.flatMap((key) => {
    const is = found.keys.get(key);
    return is === undefined ? [] : [difference(key, is, undefined)];
  });
  const against = [...(session?.keys ?? [])].flatMap(([key, should]) => {
    const is = found.keys.get(key);
    return is === undefined || is === should ? [] : [difference(key, is, should)];
  });
  return [...others, ...away, ...against];
}

/** How a section that is ours alone differs: any key counts. */
export function exactDifferences(found: FoundSection, wanted: Section): Difference[] {
  const keys = [...new Set([...Object.keys(wanted.keys), ...found.keys.keys()])];
  return keys.flatMap((key) => {
    const [is, should] = [found.keys.get(key), wanted.keys[key]];
    return is === should ? [] : [difference(key, is, should)];
  });
}

const difference = (key: string, is: string | undefined, wanted: string | undefined): Difference => ({
  key,
  ...(is !== undefined && { is }),
  ...(wanted !== undefined && { wanted }),
});

/** Whether a session signs in to the same portal; what it asks for there is its writer's business. */
export function isSamePortal(found: FoundSection, wanted: Section): boolean {
  const portal = (url = ''): string => url.replace(/[/#]+$/, '').toLowerCase();
  return (
    portal(found.keys.get('sso_start_url')) === portal(wanted.keys['sso_start_url']) &&
    found.keys.get('sso_region') === wanted.keys['sso_region']
  );
}

/** By name: the sessions that sign in to the wanted one's portal. */
export function sessionsOf(sections: readonly FoundSection[], wanted: Section): Map<string, FoundSection> {
  return new Map(
    sections
      .filter((section) => section.kind === 'sso-session' && isSamePortal(section, wanted))
      .map((section) => [section.name, section]),
  );
}
