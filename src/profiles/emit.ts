import { preferencesFor, type PreferenceLayers } from './preferences.ts';
import { nameInRegions, nameProfiles, type NamedGrant, type ProfileGrant } from './profile-names.ts';
import { sectionsText, type Section } from './section.ts';

export type { ProfileGrant } from './profile-names.ts';

export interface ProfileSettings {
  sessionName: string;
  startUrl: string;
  ssoRegion: string;
  registrationScopes: string[];
  region?: string;
  output?: string;
  /** Regions that the instance is replicated to, each with its portal. */
  failOver?: readonly { region: string; startUrl: string }[];
  /** Made of {permissionSet}, {accountId} and {account}. */
  profileName: string;
}

export interface ProfileNotice {
  code: 'profile-renamed' | 'profile-unwritable' | 'default-profile-without-grant' | 'user-without-grants';
  message: string;
}

export interface ProfileInput {
  user: string;
  grants: ProfileGrant[];
  settings: ProfileSettings;
  /** Win over the region and output of the settings. */
  preferences?: PreferenceLayers;
  default?: { accountId: string; permissionSet: string };
}

/**
 * `~/.aws/config` for one person: one session, and a profile for every permission set in every account; the same once more for
 * each region that the instance is replicated to, since a sign-in of the AWS CLI holds in one region alone.
 */
export function emitProfiles({ user, grants, settings, preferences = {}, default: preferred }: ProfileInput): {
  text: string;
  sections: Section[];
  notices: ProfileNotice[];
} {
  const distinct = [...new Map(grants.toSorted(inOrder).map((grant) => [idOf(grant), grant])).values()];
  const writable = distinct.filter(isWritable);
  const { sessionName, failOver = [] } = settings;
  const inRegion = ({ region }: { region: string }): string => `${sessionName}-${region}`;
  const sessionNames = [sessionName, ...failOver.map(inRegion)];
  const profiles = nameProfiles(writable, settings.profileName, sessionNames);
  const byRegion = nameInRegions(
    profiles,
    failOver.map(({ region }) => region),
    sessionNames,
  );
  const main = preferred && profiles.find((profile) => idOf(profile) === idOf(preferred));

  const profile = (name: string, grant: NamedGrant, session = sessionName): Section => ({
    kind: 'profile',
    name,
    keys: said({
      sso_session: session,
      sso_account_id: grant.accountId,
      sso_role_name: grant.permissionSet,
      ...preferencesFor(grant, preferences, settings),
    }),
  });
  const session = (name: string, startUrl: string, ssoRegion: string): Section => ({
    kind: 'sso-session',
    name,
    keys: {
      sso_start_url: startUrl,
      sso_region: ssoRegion,
      sso_registration_scopes: settings.registrationScopes.join(','),
    },
  });
  const sections = [
    session(sessionName, settings.startUrl, settings.ssoRegion),
    ...(main ? [profile('default', main)] : []),
    ...profiles.map((grant) => profile(grant.profile, grant)),
    ...failOver.flatMap((other) => [
      session(inRegion(other), other.startUrl, other.region),
      ...(byRegion.get(other.region) ?? []).map((grant) => profile(grant.profile, grant, inRegion(other))),
    ]),
  ];

  const notices: ProfileNotice[] = [
    ...(grants.length === 0
      ? [{ code: 'user-without-grants', message: `${user} holds no permission set and gets no profile.` } as const]
      : []),
    ...distinct
      .filter((grant) => !isWritable(grant))
      .map((grant) => ({
        code: 'profile-unwritable' as const,
        message: `${user}: ${whatOf(grant)} has no profile, because the AWS CLI's file can't hold these names.`,
      })),
    ...[...profiles, ...[...byRegion.values()].flat()].flatMap((profile) => {
      const { renamed } = profile;
      if (!renamed) return [];
      const message = `${user}: the profile of ${whatOf(profile)} is ${profile.profile} instead of ${JSON.stringify(renamed.from)}: ${renamed.why}.`;
      return [{ code: 'profile-renamed' as const, message }];
    }),
    ...(preferred && !main
      ? [
          {
            code: 'default-profile-without-grant',
            message: `${user}: there is no [default] profile, since ${preferred.permissionSet} in ${preferred.accountId} is not granted.`,
          } as const,
        ]
      : []),
  ];
  return { text: sectionsText(sections), sections, notices };
}

const idOf = ({ accountId, permissionSet }: { accountId: string; permissionSet: string }): string =>
  JSON.stringify([accountId, permissionSet]);

const whatOf = ({ permissionSet, accountName, accountId }: ProfileGrant | NamedGrant): string =>
  `${permissionSet} in ${accountName === accountId ? accountId : `${accountName} (${accountId})`}`;

/** Any fixed order will do: the notices and the names must not depend on the order of the input. */
const inOrder = (a: ProfileGrant, b: ProfileGrant): number =>
  `${idOf(a)}${a.accountName}` < `${idOf(b)}${b.accountName}` ? -1 : 1;

/** What AWS allows, and what therefore stands in the file as it is; anything else could break out of its line. */
const isWritable = ({ accountId, permissionSet }: ProfileGrant): boolean =>
  /^\d{12}$/.test(accountId) && /^[A-Za-z0-9_+=,.@-]+$/.test(permissionSet);

const said = (keys: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(keys).filter((entry): entry is [string, string] => entry[1] !== undefined));
