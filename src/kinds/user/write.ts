import type { AttributeOperation, User } from '@aws-sdk/client-identitystore';
import type { Aws } from '../../aws/connect.ts';
import { isAwsError } from '../../core/errors.ts';
import { differingFields } from '../../core/fields.ts';
import { ignoreNotFound } from '../shared/ignore-not-found.ts';
import { store } from '../shared/identity-store.ts';
import { keepNewest, writeReviewed } from '../shared/revisions.ts';
import { changedEnterprise, enterpriseOperations, extensionsOf, sendInForm } from './enterprise.ts';
import { fields } from './fields.ts';
import type { UserSpec } from './kind.ts';
import { describeUser, present, specOf } from './read.ts';

/** Makes the user, or what was made in the meantime under this name what the file says. */
export async function createUser(aws: Aws, after: UserSpec): Promise<string | undefined> {
  try {
    const created = await sendInForm(
      aws.identityStore,
      (form) => ({ ...store(aws), ...requestOf(after), Extensions: extensionsOf(after, form) }),
      (request) => aws.identityStore.createUser(request),
    );
    keepNewest(aws, created.UserId, created);
    return created.UserId;
  } catch (error) {
    if (!isAwsError(error, 'ConflictException')) throw error;
    const id = await findUser(aws, after.userName);
    if (id === undefined) throw error;
    const found = await describeUser(aws, id, after);
    keepNewest(aws, id, found);
    const before = specOf(found);
    // It was found by this name, in whatever case.
    await updateUser(aws, id, before, { ...after, userName: before.userName });
    return id;
  }
}

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

/** What CreateUser is given, the extension aside. */
const requestOf = (after: UserSpec) => ({
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

/** Names that differ by case alone are one, unless the file asks for the other case. */
const exactFields: typeof fields = { ...fields, userName: { type: 'value' } };

/** What every change of a user has. */
const reviewed = (aws: Aws, id: string, before: UserSpec, after: UserSpec) => ({
  id,
  what: `the user ${before.userName}`,
  describe: () => describeUser(aws, id, after),
  changed: (found: User) => differingFields(fields, before, specOf(found)),
});

/** Changes what differs, of the user as it was reviewed. */
export async function updateUser(aws: Aws, id: string, before: UserSpec, after: UserSpec): Promise<void> {
  if (differingFields(exactFields, before, after).length === 0) return;
  await writeReviewed<User>(aws, {
    ...reviewed(aws, id, before, after),
    isDone: (found) => differingFields(exactFields, specOf(found), after).length === 0,
    async send(revision, known) {
      let found = known && Promise.resolve(known);
      const live = (): Promise<User> => (found ??= describeUser(aws, id, after));
      const operations = await plainOperations(before, after, live);
      const enterprise = changedEnterprise(before, after);
      return sendInForm(
        aws.identityStore,
        async (form) => [...operations, ...(await enterpriseOperations(enterprise, after, form, live))],
        (Operations) => aws.identityStore.updateUser({ ...store(aws), UserId: id, Operations, ...revision }),
      );
    },
  });
}

/**
 * UpdateUser replaces by path; an operation without a value removes.
 * @param live the user as it is: lists are replaced whole, so what the file can't say (an e-mail's type) is read first and sent
 * back.
 */
async function plainOperations(
  before: UserSpec,
  after: UserSpec,
  live: () => Promise<User>,
): Promise<AttributeOperation[]> {
  const operations: AttributeOperation[] = [];
  for (const [field, path] of Object.entries(scalarPaths) as [keyof typeof scalarPaths, string][]) {
    if (before[field] !== after[field]) operations.push({ AttributePath: path, AttributeValue: after[field] });
  }
  const lists = (['email', 'phoneNumber', 'address'] as const).filter(
    (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  );
  for (const field of lists) operations.push(listOperation(field, await live(), after));
  return operations;
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

export async function deleteUser(aws: Aws, id: string, before: UserSpec): Promise<void> {
  const deletion = writeReviewed<User>(aws, {
    ...reviewed(aws, id, before, before),
    isDone: () => false,
    send: (revision) => aws.identityStore.deleteUser({ ...store(aws), UserId: id, ...revision }),
  });
  await ignoreNotFound(deletion);
}
