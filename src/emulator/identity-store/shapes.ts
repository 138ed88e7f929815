import { list, string, structure, union } from '../shape.ts';

// Names, constraints and members as in the AWS API model of identitystore, version 2020-06-15.

const IdentityStoreId = string({
  min: 1,
  max: 36,
  pattern: 'd-[0-9a-f]{10}$|^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}',
});
const ResourceId = string({
  min: 1,
  max: 47,
  pattern: '([0-9a-f]{10}-|)[A-Fa-f0-9]{8}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{12}',
});
const UserId = ResourceId;
const GroupId = ResourceId;
const MembershipId = ResourceId;
const MemberId = union({ UserId });

export const UserName = string({ min: 1, max: 128, pattern: '[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+' });
export const GroupDisplayName = string({
  min: 1,
  max: 1024,
  pattern: '[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\t\\n\\r \u00A0]+',
});
export const Text = string({
  min: 1,
  max: 1024,
  pattern: '[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\t\\n\\r \u00A0\u3000]+',
});
const Flag = { type: 'boolean' } as const;

export const Name = structure(
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

const AttributePath = string({
  min: 1,
  max: 255,
  pattern: '(?:\\p{L}+:\\p{L}+:\\p{L}+(?:\\.\\p{L}+){0,3}|\\p{L}+(?:\\.\\p{L}+){0,2})',
});
const AttributeValue = { type: 'document' } as const;
const Operations = list(structure({ AttributePath }, { AttributeValue }), { min: 1, max: 100 });
const ExternalIdText = string({ min: 1, max: 256, pattern: '[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+' });
const AlternateIdentifier = union({
  ExternalId: structure({ Issuer: ExternalIdText, Id: ExternalIdText }),
  UniqueAttribute: structure({ AttributePath, AttributeValue }),
});

const MaxResults = { type: 'integer', min: 1, max: 100 } as const;
const NextToken = string({ min: 1, max: 65_535, pattern: '[-a-zA-Z0-9+=/:_]*' });
const paged = { MaxResults, NextToken };
const Filters = list(structure({ AttributePath, AttributeValue: Text }), { min: 0, max: 1 });

const inStore = { IdentityStoreId };

export const identityStoreShapes = {
  CreateUser: structure(inStore, {
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
  }),
  DescribeUser: structure({ IdentityStoreId, UserId }, { Extensions: ExtensionNames }),
  UpdateUser: structure({ IdentityStoreId, UserId, Operations }),
  DeleteUser: structure({ IdentityStoreId, UserId }),
  ListUsers: structure(inStore, { ...paged, Filters, Extensions: ExtensionNames }),
  GetUserId: structure({ IdentityStoreId, AlternateIdentifier }),

  CreateGroup: structure(inStore, { DisplayName: GroupDisplayName, Description: Text }),
  DescribeGroup: structure({ IdentityStoreId, GroupId }),
  UpdateGroup: structure({ IdentityStoreId, GroupId, Operations }),
  DeleteGroup: structure({ IdentityStoreId, GroupId }),
  ListGroups: structure(inStore, { ...paged, Filters }),
  GetGroupId: structure({ IdentityStoreId, AlternateIdentifier }),

  CreateGroupMembership: structure({ IdentityStoreId, GroupId, MemberId }),
  DescribeGroupMembership: structure({ IdentityStoreId, MembershipId }),
  DeleteGroupMembership: structure({ IdentityStoreId, MembershipId }),
  GetGroupMembershipId: structure({ IdentityStoreId, GroupId, MemberId }),
  ListGroupMemberships: structure({ IdentityStoreId, GroupId }, paged),
  ListGroupMembershipsForMember: structure({ IdentityStoreId, MemberId }, paged),
  IsMemberInGroups: structure({ IdentityStoreId, MemberId, GroupIds: list(GroupId, { min: 1, max: 100 }) }),
};
