import { list, string, structure } from '../../core/shape.ts';
import { Revision } from '../../services/identity-store/revisions.ts';
import {
  AlternateIdentifier,
  Filters,
  IdentityStoreId,
  Operations,
  paged,
  ResourceId,
  Text,
} from '../../services/identity-store/shapes.ts';

export const UserId = ResourceId;
export const UserName = string({ min: 1, max: 128, pattern: '[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+' });
const Flag = { type: 'boolean' } as const;
const Name = structure(
  {},
  {
    Formatted: Text,
    FamilyName: Text,
    GivenName: Text,
    MiddleName: Text,
    HonorificPrefix: Text,
    HonorificSuffix: Text,
  },
);
const valued = structure({}, { Value: Text, Type: Text, Primary: Flag });
export const Emails = list(valued, { min: 1, max: 1 });
export const PhoneNumbers = list(valued, { min: 1, max: 1 });
export const Roles = list(valued, { min: 1, max: 1 });
export const Addresses = list(
  structure(
    {},
    {
      StreetAddress: Text,
      Locality: Text,
      Region: Text,
      PostalCode: Text,
      Country: Text,
      Formatted: Text,
      Type: Text,
      Primary: Flag,
    },
  ),
  { min: 1, max: 1 },
);
export const Photos = list(structure({ Value: Text }, { Type: Text, Display: Text, Primary: Flag }), {
  min: 1,
  max: 3,
});
const ExtensionName = string({ min: 1, max: 50, pattern: 'aws:identitystore:[a-z]{1,20}' });
const Extensions = { type: 'map', key: ExtensionName, value: { type: 'document' }, min: 1, max: 10 } as const;
const ExtensionNames = list(ExtensionName, { min: 1, max: 10 });

export const CreateUser = structure(
  { IdentityStoreId },
  {
    UserName,
    Name,
    DisplayName: Text,
    NickName: Text,
    ProfileUrl: Text,
    Emails,
    Addresses,
    PhoneNumbers,
    UserType: Text,
    Title: Text,
    PreferredLanguage: Text,
    Locale: Text,
    Timezone: Text,
    Photos,
    Website: Text,
    Birthdate: Text,
    Roles,
    Extensions,
  },
);
export const DescribeUser = structure({ IdentityStoreId, UserId }, { Extensions: ExtensionNames });
export const UpdateUser = structure({ IdentityStoreId, UserId, Operations }, { Revision });
export const DeleteUser = structure({ IdentityStoreId, UserId }, { Revision });
export const ListUsers = structure({ IdentityStoreId }, { ...paged, Filters, Extensions: ExtensionNames });
export const GetUserId = structure({ IdentityStoreId, AlternateIdentifier });
