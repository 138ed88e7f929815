import { enumeration, list, string, structure } from '../shape.ts';

// Names, constraints and members as in the AWS API model of organizations, version 2016-11-28.

const AccountId = string({ max: 12, pattern: '^\\d{12}$' });
const ParentId = string({ max: 100, pattern: '^(r-[0-9a-z]{4,32})|(ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})$' });
const ChildId = string({ max: 100, pattern: '^(\\d{12})|(ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})$' });
const OrganizationalUnitId = string({ max: 68, pattern: '^ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}$' });
const ResourceId = string({
  max: 130,
  pattern:
    '^(r-[0-9a-z]{4,32})|(\\d{12})|(ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})|(^p-[0-9a-zA-Z_]{8,128})|(^rp-[0-9a-zA-Z_]{4,128})|(^rt-[0-9a-zA-Z_]{8,32})$',
});
const CreateAccountRequestId = string({ max: 36, pattern: '^car-[a-z0-9]{8,32}$' });
const ServicePrincipal = string({ min: 1, max: 128, pattern: '[\\w+=,.@-]*' });
const TagKey = string({ min: 1, max: 128, pattern: '^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$' });
const TagValue = string({ min: 0, max: 256, pattern: '^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$' });
const Tags = list(structure({ Key: TagKey, Value: TagValue }));
const MaxResults = { type: 'integer', min: 1, max: 20 } as const;
const NextToken = string({ max: 100_000, pattern: '[\\s\\S]*' });
const paged = { MaxResults, NextToken };

export const organizationsShapes = {
  DescribeOrganization: structure({}),
  ListRoots: structure({}, paged),
  ListOrganizationalUnitsForParent: structure({ ParentId }, paged),
  ListAccounts: structure({}, paged),
  ListAccountsForParent: structure({ ParentId }, paged),
  ListChildren: structure({ ParentId, ChildType: enumeration('ACCOUNT', 'ORGANIZATIONAL_UNIT') }, paged),
  ListParents: structure({ ChildId }, paged),
  DescribeAccount: structure({ AccountId }),
  DescribeOrganizationalUnit: structure({ OrganizationalUnitId }),
  ListTagsForResource: structure({ ResourceId }, { NextToken }),
  ListDelegatedAdministrators: structure({}, { ...paged, ServicePrincipal }),
  ListAWSServiceAccessForOrganization: structure({}, paged),

  CreateAccount: structure(
    {
      Email: string({ min: 6, max: 64, pattern: '[^\\s@]+@[^\\s@]+\\.[^\\s@]+' }),
      AccountName: string({ min: 1, max: 50, pattern: '[\\u0020-\\u007E]+' }),
    },
    {
      RoleName: string({ max: 64, pattern: '[\\w+=,.@-]{1,64}' }),
      IamUserAccessToBilling: enumeration('ALLOW', 'DENY'),
      Tags,
    },
  ),
  DescribeCreateAccountStatus: structure({ CreateAccountRequestId }),
  CloseAccount: structure({ AccountId }),
  MoveAccount: structure({ AccountId, SourceParentId: ParentId, DestinationParentId: ParentId }),
  CreateOrganizationalUnit: structure({ ParentId, Name: string({ min: 1, max: 128, pattern: '[\\s\\S]*' }) }, { Tags }),
  TagResource: structure({ ResourceId, Tags }),
  UntagResource: structure({ ResourceId, TagKeys: list(TagKey) }),
};
