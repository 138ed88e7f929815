import { holdings } from '../access/holdings.ts';
import type { IdentityDocument } from '../config/schema/document.ts';
import type { LoadedFile } from '../config/load.ts';
import type { AccessFacts } from '../core/access.ts';
import { subjectKey } from '../core/address.ts';
import { ReportedError } from '../core/errors.ts';
import type { Names } from '../core/kind.ts';
import type { Instance } from '../core/plan.ts';
import type { UserCli } from '../kinds/user/schema.ts';
import { emitProfiles, type ProfileSettings } from './emit.ts';
import { defaultPortalUrl, regionalPortalUrl } from '../core/access-portal.ts';

/** Who reaches what, and what the profiles of all users share. */
export interface ProfileSource {
  loaded: LoadedFile;
  facts: AccessFacts;
  names: Names;
  settings: ProfileSettings;
  /** The id of the instance (`ssoins-…`), where it is known. */
  instance?: string;
  accountId(nameOrId: string): string;
}

/**
 * One person's profiles, with what there is to say about them.
 * @param suffix what the names of the session and of all profiles but `[default]` end with.
 */
export function profilesOf(
  user: string,
  { loaded: { document }, facts, names, settings, accountId }: ProfileSource,
  suffix?: string,
): ReturnType<typeof emitProfiles> {
  const key = subjectKey('user', user);
  const users: Record<string, { cli?: UserCli | undefined }> = document.users ?? {};
  const cli = Object.entries(users).find(([name]) => subjectKey('user', name) === key)?.[1].cli;
  return emitProfiles({
    user,
    settings: suffix === undefined ? settings : suffixed(settings, suffix),
    preferences: {
      user: cli,
      permissionSets: new Map(Object.entries(document.cli.permissionSets ?? {})),
      accounts: new Map(Object.entries(document.cli.accounts ?? {}).map(([name, said]) => [accountId(name), said])),
    },
    grants: holdings(facts, 'after', { users: new Set([key]) }).map(({ account, permissionSet }) => ({
      accountId: account,
      accountName: names.account(account),
      permissionSet,
    })),
    ...(cli?.default && {
      default: { accountId: accountId(cli.default.account), permissionSet: cli.default.permissionSet },
    }),
  });
}

/** Names of people differ in more than case. */
export const isSameUser = (one: string, other: string): boolean =>
  subjectKey('user', one) === subjectKey('user', other);

const suffixed = (settings: ProfileSettings, suffix: string): ProfileSettings => ({
  ...settings,
  sessionName: `${settings.sessionName}-${suffix}`,
  profileName: `${settings.profileName}-${suffix}`,
});

/** What all profiles share. */
export function settingsOf(
  { cli }: IdentityDocument,
  instance: Pick<Instance, 'arn' | 'region' | 'identityStoreId' | 'partition'>,
): ProfileSettings {
  const { startUrl = defaultPortalUrl(instance), region, output } = cli;
  if (startUrl === undefined) {
    throw new ReportedError(
      'no-start-url',
      `The access portal's URL is not known in partition ${instance.partition}.`,
      'Set cli.startUrl (console: IAM Identity Center > Settings > AWS access portal URL).',
    );
  }
  const failOver = (cli.regions ?? []).filter((other) => other !== instance.region);
  return {
    failOver: [...new Set(failOver)].map((other) => ({ region: other, startUrl: portalIn(other, instance.arn) })),
    sessionName: cli.sessionName,
    registrationScopes: cli.registrationScopes,
    profileName: cli.profileName,
    ssoRegion: instance.region,
    startUrl,
    ...(region !== undefined && { region }),
    ...(output !== undefined && { output }),
  };
}

function portalIn(region: string, arn: string): string {
  const url = regionalPortalUrl(arn, region);
  if (url !== undefined) return url;
  throw new ReportedError(
    'no-start-url',
    `The access portal's URL in ${region} is not known.`,
    'Take this region out of cli.regions.',
  );
}
