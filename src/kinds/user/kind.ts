import type { AttributeOperation, User } from '@aws-sdk/client-identitystore';
import * as z from '../../core/zod.ts';
import { subjectKey } from '../../core/address.ts';
import type { Declared, Field } from '../../core/kind.ts';
import { specIn } from '../../core/of-kind.ts';
import type { Aws } from '../../aws/connect.ts';
import { isAwsError, promised } from '../../core/errors.ts';
import { defineKind } from '../define.ts';
import { emailOrder } from './constraints.ts';
import { inventoryUsers } from './inventory.ts';
import { ignoreNotFound } from '../shared/ignore-not-found.ts';
import { store } from '../shared/identity-store.ts';
import { emailKey, users } from './schema.ts';
import { rights } from './rights.ts';

// What is live need not be what the file would take, so each is any text.
const attribute = z.optional(z.string());

const spec = z.object({
  userName: z.string(),
  givenName: z.string(),
  familyName: z.string(),
  displayName: z.string(),
  email: attribute,
  title: attribute,
  nickName: attribute,
  userType: attribute,
  locale: attribute,
  timezone: attribute,
  preferredLanguage: attribute,
  profileUrl: attribute,
  phoneNumber: attribute,
  address: z.optional(
    z.object({
      formatted: attribute,
      streetAddress: attribute,
      locality: attribute,
      region: attribute,
      postalCode: attribute,
      country: attribute,
    }),
  ),
  /** Live only (the API can't change it): the person can't sign in. */
  disabled: z.optional(z.boolean()),
  /** Live only: an identity provider put the user there. */
  external: z.optional(z.boolean()),
  /** Live only: what it has beside, for which the file has no key; an apply leaves it as it is. */
  besides: z.optional(z.array(z.string())),
});

export type UserSpec = z.infer<typeof spec>;

const value: Field = { type: 'value' };

export const user = defineKind({
  name: 'user',
  noun: users.noun,
  section: users,
  spec,
  constraints: emailOrder,
  rename: 'in-place',
  sameness: {
    what: 'the same e-mail address',
    isCertain: true,
    effect: 'loses the password, the MFA devices and the id',
    signsOf: (steps) =>
      new Map(
        steps.flatMap((step) => {
          const { email } = specIn(step);
          return email === undefined ? [] : [[step.id, emailKey(email)]];
        }),
      ),
  },

  desired: (entries) =>
    Object.entries(entries).map(([name, { cli: _cli, previously, displayName, ...entry }]): Declared<UserSpec> => ({
      // The entry last: to add to the copy of an entry takes several times as long.
      spec: { userName: name, displayName: displayName ?? `${entry.givenName} ${entry.familyName}`, ...entry },
      at: [['users', name]],
      ...(previously !== undefined && { previously }),
    })),

  key: ({ userName }) => [subjectKey('user', userName)],
  label: ({ userName, displayName }) => `${userName} (${displayName})`,
  subjects: ({ userName }) => ({ user: userName }),

  fields: {
    userName: { type: 'value', normalise: (name) => name.toLowerCase(), show: String },
    givenName: value,
    familyName: value,
    displayName: value,
    email: value,
    title: value,
    nickName: value,
    userType: value,
    locale: value,
    timezone: value,
    preferredLanguage: value,
    profileUrl: value,
    phoneNumber: value,
    address: {
      type: 'value',
      show: (address) =>
        Object.entries(address)
          .map(([part, text]) => `${part}: ${text}`)
          .join(', '),
    },
  },

  rights,

  async read(aws) {
    const users = await aws.pages(
      (NextToken) => aws.identityStore.listUsers({ ...store(aws), MaxResults: 100, NextToken }),
      (page) => promised(page.Users, 'a list of users'),
    );
    return users.map((live) => ({ id: live.UserId ?? '', spec: specOf(live) }));
  },

  async create(aws, after) {
    try {
      const created = await aws.identityStore.createUser({
        ...store(aws),
        UserName: after.userName,
        Name: { GivenName: after.givenName, FamilyName: after.familyName },
        DisplayName: after.displayName,
        NickName: after.nickName,
        ProfileUrl: after.profileUrl,
        UserType: after.userType,
        Title: after.title,
        PreferredLanguage: after.preferredLanguage,
        Locale: after.locale,
        Timezone: after.timezone,
        Emails: after.email === undefined ? undefined : [{ Value: after.email, Type: 'work', Primary: true }],
        PhoneNumbers: after.phoneNumber === undefined ? undefined : [{ Value: after.phoneNumber, Type: 'work' }],
        Addresses: after.address && [
          {
            Formatted: after.address.formatted,
            StreetAddress: after.address.streetAddress,
            Locality: after.address.locality,
            Region: after.address.region,
            PostalCode: after.address.postalCode,
            Country: after.address.country,
            Type: 'work',
          },
        ],
      });
      return created.UserId;
    } catch (error) {
      if (!isAwsError(error, 'ConflictException')) throw error;
      const id = await findUser(aws, after.userName);
      if (id === undefined) throw error;
      const live = await aws.identityStore.describeUser({ ...store(aws), UserId: id });
      const before = specOf(live);
      // It was found by this name, in whatever case.
      await update(aws, id, before, { ...after, userName: before.userName });
      return id;
    }
  },

  update,

  isExternal: ({ external }) => external === true,

  async delete(aws, id) {
    await ignoreNotFound(aws.identityStore.deleteUser({ ...store(aws), UserId: id }));
  },

  inventory: inventoryUsers,
});

/** The id of a user whom CreateUser called a conflict; undefined where the conflict is another one (the e-mail). */
async function findUser(aws: Aws, userName: string): Promise<string | undefined> {
  try {
    const found = await aws.identityStore.getUserId({
      ...store(aws),
      AlternateIdentifier: { UniqueAttribute: { AttributePath: 'userName', AttributeValue: userName } },
    });
    return found.UserId;
  } catch (error) {
    if (isAwsError(error, 'ResourceNotFoundException')) return undefined;
    throw error;
  }
}

const scalarPaths = {
  userName: 'userName',
  givenName: 'name.givenName',
  familyName: 'name.familyName',
  displayName: 'displayName',
  nickName: 'nickName',
  profileUrl: 'profileUrl',
  userType: 'userType',
  title: 'title',
  preferredLanguage: 'preferredLanguage',
  locale: 'locale',
  timezone: 'timezone',
} as const;

/** UpdateUser replaces by path; an operation without a value removes. */
async function update(aws: Aws, id: string, before: UserSpec, after: UserSpec): Promise<void> {
  const operations: AttributeOperation[] = [];
  for (const [field, path] of Object.entries(scalarPaths) as [keyof typeof scalarPaths, string][]) {
    if (before[field] !== after[field]) operations.push({ AttributePath: path, AttributeValue: after[field] });
  }
  const lists = (['email', 'phoneNumber', 'address'] as const).filter(
    (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  );
  if (lists.length > 0) {
    // These lists are replaced whole, so what the file can't say (an e-mail's type) is read first and sent back.
    const live = await aws.identityStore.describeUser({ ...store(aws), UserId: id });
    for (const field of lists) operations.push(listOperation(field, live, after));
  }
  if (operations.length > 0) {
    await aws.identityStore.updateUser({ ...store(aws), UserId: id, Operations: operations });
  }
}

/** One operation for a list of exactly one; inside AttributeValue the member names are lower camel case. */
function listOperation(field: 'email' | 'phoneNumber' | 'address', live: User, after: UserSpec): AttributeOperation {
  const path = { email: 'emails', phoneNumber: 'phoneNumbers', address: 'addresses' }[field];
  if (after[field] === undefined) return { AttributePath: path };
  const { Type, Primary } = { email: live.Emails, phoneNumber: live.PhoneNumbers, address: live.Addresses }[
    field
  ]?.[0] ?? {
    Type: 'work',
    Primary: undefined,
  };
  const content = field === 'address' ? present(after.address ?? {}) : { value: after[field] };
  // The only address is the one that invitations and codes go to.
  const isPrimary = field === 'email' ? true : Primary;
  const entry = { ...content, ...(Type && { type: Type }), ...(isPrimary !== undefined && { primary: isPrimary }) };
  return { AttributePath: path, AttributeValue: [entry] };
}

function specOf(live: User): UserSpec {
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
    }),
    ...(Object.values(postal).some((part) => part) && { address: present(postal) }),
    ...(live.UserStatus === 'DISABLED' && { disabled: true }),
    ...((live.ExternalIds?.length ?? 0) > 0 && { external: true }),
    ...(besides.length > 0 && { besides }),
  };
}

/** What a user has, and the file has no key for. */
function besidesOf({ Name, Emails, Photos, Website, Birthdate, Roles }: User): string[] {
  const present: Record<string, boolean> = {
    'a middle name': Boolean(Name?.MiddleName),
    'an honorific prefix': Boolean(Name?.HonorificPrefix),
    'an honorific suffix': Boolean(Name?.HonorificSuffix),
    photos: Photos !== undefined && Photos.length > 0,
    'a website': Boolean(Website),
    'a birthdate': Boolean(Birthdate),
    roles: Roles !== undefined && Roles.length > 0,
    'an e-mail address that is not the primary one': Emails?.[0]?.Primary === false,
  };
  return Object.keys(present).filter((what) => present[what]);
}

/** Drops what is missing or empty: AWS answers both for "none". */
function present<T extends Record<string, string | undefined>>(values: T): { [K in keyof T]: string } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value)) as { [K in keyof T]: string };
}
