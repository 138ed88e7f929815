import type { User } from '@aws-sdk/client-identitystore';
import type { Aws } from '../../aws/connect.ts';
import { promised } from '../../core/errors.ts';
import type { Live, LiveReader } from '../../core/kind.ts';
import { store } from '../shared/identity-store.ts';
import { keepFirst } from '../shared/revisions.ts';
import { enterpriseOf, extension, otherEnterpriseNames, speaksOfEnterprise } from './enterprise.ts';
import type { UserSpec } from './kind.ts';

const withExtension = { Extensions: [extension] };

/** Every user, with the enterprise attributes where the file speaks of any: they come with the same calls. */
export async function readUsers(aws: Aws, live: LiveReader): Promise<Live<UserSpec>[]> {
  const asked = live.comparesAdded('user') ? withExtension : {};
  const users = await aws.pages(
    (NextToken) => aws.identityStore.listUsers({ ...store(aws), ...asked, MaxResults: 100, NextToken }),
    (page) => promised(page.Users, 'a list of users'),
  );
  return users.map((user) => {
    keepFirst(aws, user.UserId, user);
    return { id: user.UserId ?? '', spec: specOf(user) };
  });
}

/** The user as it is, with the enterprise attributes where those are compared. */
export const describeUser = (aws: Aws, UserId: string, compared: UserSpec): Promise<User> =>
  aws.identityStore.describeUser({ ...store(aws), UserId, ...(speaksOfEnterprise(compared) && withExtension) });

export function specOf(live: User): UserSpec {
  const address = live.Addresses?.[0];
  const postal = {
    formatted: address?.Formatted,
    streetAddress: address?.StreetAddress,
    locality: address?.Locality,
    region: address?.Region,
    postalCode: address?.PostalCode,
    country: address?.Country,
  };
  const besides = besidesOf(live);
  return {
    userName: promised(live.UserName, 'the name of a user'),
    givenName: live.Name?.GivenName ?? '',
    familyName: live.Name?.FamilyName ?? '',
    displayName: live.DisplayName ?? '',
    ...present({
      email: live.Emails?.[0]?.Value,
      title: live.Title,
      nickName: live.NickName,
      userType: live.UserType,
      locale: live.Locale,
      timezone: live.Timezone,
      preferredLanguage: live.PreferredLanguage,
      profileUrl: live.ProfileUrl,
      phoneNumber: live.PhoneNumbers?.[0]?.Value,
      ...enterpriseOf(live),
    }),
    ...(Object.values(postal).some((part) => part) && { address: present(postal) }),
    ...(live.UserStatus === 'DISABLED' && { disabled: true }),
    ...((live.ExternalIds?.length ?? 0) > 0 && { external: true }),
    ...(besides.length > 0 && { besides }),
  };
}

/** What a user has, and the file has no key for. */
function besidesOf(live: User): string[] {
  const { Name, Emails, Photos, Website, Birthdate, Roles } = live;
  const found: Record<string, boolean> = {
    'a middle name': Boolean(Name?.MiddleName),
    'an honorific prefix': Boolean(Name?.HonorificPrefix),
    'an honorific suffix': Boolean(Name?.HonorificSuffix),
    photos: Photos !== undefined && Photos.length > 0,
    'a website': Boolean(Website),
    'a birthdate': Boolean(Birthdate),
    roles: Roles !== undefined && Roles.length > 0,
    'an e-mail address that is not the primary one': Emails?.[0]?.Primary === false,
  };
  return [
    ...Object.keys(found).filter((what) => found[what]),
    ...otherEnterpriseNames(live).map((name) => `the enterprise attribute ${name}`),
  ];
}

/** Drops what is missing or empty: AWS answers both for "none". */
export function present<T extends Record<string, string | undefined>>(values: T): { [K in keyof T]: string } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value)) as { [K in keyof T]: string };
}
