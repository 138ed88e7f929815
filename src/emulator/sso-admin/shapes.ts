import { enumeration, list, string, structure } from '../shape.ts';

// Names, constraints and members as in the AWS API model of sso-admin, version 2020-07-20.

const AccountId = string({ min: 12, max: 12, pattern: '\\d{12}' });
const TargetId = AccountId;
const InstanceArn = string({
  min: 10,
  max: 1224,
  pattern: 'arn:aws(-[a-z]{1,5}){0,3}:sso:::instance/(sso)?ins-[a-zA-Z0-9-.]{16}',
});
const PermissionSetArn = string({
  min: 10,
  max: 1224,
  pattern: 'arn:aws(-[a-z]{1,5}){0,3}:sso:::permissionSet/(sso)?ins-[a-zA-Z0-9-.]{16}/ps-[a-zA-Z0-9-./]{16}',
});
const TaggableResourceArn = string({
  min: 10,
  max: 2048,
  pattern:
    'arn:aws(-[a-z]{1,5}){0,3}:sso::((:instance/(sso)?ins-[a-zA-Z0-9-.]{16})|(:permissionSet/(sso)?ins-[a-zA-Z0-9-.]{16}/ps-[a-zA-Z0-9-./]{16})|(\\d{12}:application/(sso)?ins-[a-zA-Z0-9-.]{16}/apl-[a-zA-Z0-9]{16})|(\\d{12}:trustedTokenIssuer/(sso)?ins-[a-zA-Z0-9-.]{16}/tti-[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}))',
});
const InstanceName = string({ min: 0, max: 255, pattern: '[\\w+=,.@-]+' });
const RegionName = string({ min: 1, max: 32, pattern: '([a-z]+-){2,3}\\d' });
const KmsKeyArn = string({
  min: 20,
  max: 2048,
  pattern:
    'arn:aws(-[a-z]{1,5}){0,3}:kms:([a-z]{2,}(-[a-z0-9]+)+){1}:[0-9]{12}:key/(mrk-[a-f0-9]{32}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})',
});
const EncryptionConfiguration = structure(
  { KeyType: enumeration('AWS_OWNED_KMS_KEY', 'CUSTOMER_MANAGED_KEY') },
  { KmsKeyArn },
);
const RequestId = string({
  min: 36,
  max: 36,
  pattern: '\\b[0-9a-f]{8}\\b-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-\\b[0-9a-f]{12}\\b',
});
const MaxResults = { type: 'integer', min: 1, max: 100 } as const;
const NextToken = string({ min: 0, max: 2048, pattern: '[-a-zA-Z0-9+=/_]*' });
const paged = { MaxResults, NextToken };

const PermissionSetName = string({ min: 1, max: 32, pattern: '[\\w+=,.@-]+' });
const Description = string({ min: 1, max: 700, pattern: '[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u00A1-\\u00FF]*' });
const SessionDuration = string({
  min: 1,
  max: 100,
  pattern:
    '(-?)P(?=\\d|T\\d)(?:(\\d+)Y)?(?:(\\d+)M)?(?:(\\d+)([DW]))?(?:T(?:(\\d+)H)?(?:(\\d+)M)?(?:(\\d+(?:\\.\\d+)?)S)?)?',
});
const RelayState = string({
  min: 1,
  max: 240,
  pattern: '[a-zA-Z0-9&$@#\\\\\\/%?=~\\-_\'"|!:,.;*+\\[\\]\\ \\(\\)\\{\\}]+',
});
const InlinePolicy = string({ min: 1, max: 32_768, pattern: '[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+' });
const ManagedPolicyArn = string({
  min: 20,
  max: 2048,
  pattern: 'arn:aws(-[a-z]{1,5}){0,3}:iam::aws:policy((/[A-Za-z0-9\\.,\\+@=_-]+)*)/([A-Za-z0-9\\.,\\+=@_-]+)',
});
const CustomerManagedPolicyReference = structure(
  { Name: string({ min: 1, max: 128, pattern: '[\\w+=,.@-]+' }) },
  { Path: string({ min: 1, max: 512, pattern: '((/[A-Za-z0-9\\.,\\+@=_-]+)*)/' }) },
);
const PermissionsBoundary = structure({}, { CustomerManagedPolicyReference, ManagedPolicyArn });
const TagKey = string({ min: 1, max: 128, pattern: '([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)' });
const TagValue = string({ min: 0, max: 256, pattern: '([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)' });
const Tags = list(structure({ Key: TagKey, Value: TagValue }), { min: 0, max: 75 });
const TagKeys = list(TagKey, { min: 1, max: 75 });

const ApplicationArn = string({
  min: 10,
  max: 1224,
  pattern: 'arn:aws(-[a-z]{1,5}){0,3}:sso::\\d{12}:application/(sso)?ins-[a-zA-Z0-9-.]{16}/apl-[a-zA-Z0-9]{16}',
});
const ApplicationProviderArn = string({
  min: 10,
  max: 1224,
  pattern: 'arn:aws(-[a-z]{1,5}){0,3}:sso::aws:applicationProvider/[a-zA-Z0-9-/]+',
});
const PortalOptions = structure(
  {},
  {
    SignInOptions: structure(
      { Origin: enumeration('IDENTITY_CENTER', 'APPLICATION') },
      {
        ApplicationUrl: string({
          min: 1,
          max: 512,
          pattern: 'http(s)?:\\/\\/[-a-zA-Z0-9+&@#\\/%?=~_|!:,.;]*[-a-zA-Z0-9+&bb@#\\/%?=~_|]',
        }),
      },
    ),
    Visibility: enumeration('ENABLED', 'DISABLED'),
  },
);
const AccessControlAttributes = list(
  structure({
    Key: string({ min: 1, max: 128, pattern: '[\\p{L}\\p{Z}\\p{N}_.:\\/=+\\-@]+' }),
    Value: structure({
      Source: list(string({ min: 0, max: 256, pattern: '[\\p{L}\\p{Z}\\p{N}_.:\\/=+\\-@\\[\\]\\{\\}\\$\\\\"]*' }), {
        min: 1,
        max: 1,
      }),
    }),
  }),
  { min: 0, max: 50 },
);
const InstanceAccessControlAttributeConfiguration = structure({ AccessControlAttributes });

const PrincipalId = string({
  min: 1,
  max: 47,
  pattern: '([0-9a-f]{10}-|)[A-Fa-f0-9]{8}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{12}',
});
const PrincipalType = enumeration('USER', 'GROUP');
const TargetType = enumeration('AWS_ACCOUNT');
const ProvisioningStatus = enumeration('LATEST_PERMISSION_SET_PROVISIONED', 'LATEST_PERMISSION_SET_NOT_PROVISIONED');
const StatusFilter = structure({}, { Status: enumeration('IN_PROGRESS', 'FAILED', 'SUCCEEDED') });

const ofInstance = { InstanceArn };
const ofPermissionSet = { InstanceArn, PermissionSetArn };
const ofApplication = { ApplicationArn };
const ofApplicationAssignment = { ApplicationArn, PrincipalId, PrincipalType };
const ofAssignment = { InstanceArn, TargetId, TargetType, PermissionSetArn, PrincipalType, PrincipalId };

export const ssoAdminShapes = {
  ListInstances: structure({}, paged),
  DescribeInstance: structure(ofInstance),
  UpdateInstance: structure(ofInstance, {
    Name: InstanceName,
    EncryptionConfiguration,
    PermissionSetsEnabled: { type: 'boolean' },
  }),
  ListRegions: structure(ofInstance, paged),
  DescribeRegion: structure({ InstanceArn, RegionName }),
  DescribeInstanceAccessControlAttributeConfiguration: structure(ofInstance),
  CreateInstanceAccessControlAttributeConfiguration: structure({
    InstanceArn,
    InstanceAccessControlAttributeConfiguration,
  }),
  UpdateInstanceAccessControlAttributeConfiguration: structure({
    InstanceArn,
    InstanceAccessControlAttributeConfiguration,
  }),
  DeleteInstanceAccessControlAttributeConfiguration: structure(ofInstance),

  ListPermissionSets: structure(ofInstance, paged),
  DescribePermissionSet: structure(ofPermissionSet),
  CreatePermissionSet: structure(
    { InstanceArn, Name: PermissionSetName },
    { Description, SessionDuration, RelayState, Tags },
  ),
  UpdatePermissionSet: structure(ofPermissionSet, { Description, SessionDuration, RelayState }),
  DeletePermissionSet: structure(ofPermissionSet),

  ListManagedPoliciesInPermissionSet: structure(ofPermissionSet, paged),
  AttachManagedPolicyToPermissionSet: structure({ ...ofPermissionSet, ManagedPolicyArn }),
  DetachManagedPolicyFromPermissionSet: structure({ ...ofPermissionSet, ManagedPolicyArn }),
  ListCustomerManagedPolicyReferencesInPermissionSet: structure(ofPermissionSet, paged),
  AttachCustomerManagedPolicyReferenceToPermissionSet: structure({
    ...ofPermissionSet,
    CustomerManagedPolicyReference,
  }),
  DetachCustomerManagedPolicyReferenceFromPermissionSet: structure({
    ...ofPermissionSet,
    CustomerManagedPolicyReference,
  }),
  GetInlinePolicyForPermissionSet: structure(ofPermissionSet),
  PutInlinePolicyToPermissionSet: structure({ ...ofPermissionSet, InlinePolicy }),
  DeleteInlinePolicyFromPermissionSet: structure(ofPermissionSet),
  GetPermissionsBoundaryForPermissionSet: structure(ofPermissionSet),
  PutPermissionsBoundaryToPermissionSet: structure({ ...ofPermissionSet, PermissionsBoundary }),
  DeletePermissionsBoundaryFromPermissionSet: structure(ofPermissionSet),

  ListTagsForResource: structure({ ResourceArn: TaggableResourceArn }, { InstanceArn, NextToken }),
  TagResource: structure({ ResourceArn: TaggableResourceArn, Tags }, { InstanceArn }),
  UntagResource: structure({ ResourceArn: TaggableResourceArn, TagKeys }, { InstanceArn }),

  ProvisionPermissionSet: structure(
    { ...ofPermissionSet, TargetType: enumeration('AWS_ACCOUNT', 'ALL_PROVISIONED_ACCOUNTS') },
    { TargetId },
  ),
  DescribePermissionSetProvisioningStatus: structure({ InstanceArn, ProvisionPermissionSetRequestId: RequestId }),
  ListPermissionSetProvisioningStatus: structure(ofInstance, { ...paged, Filter: StatusFilter }),
  ListAccountsForProvisionedPermissionSet: structure(ofPermissionSet, { ...paged, ProvisioningStatus }),
  ListPermissionSetsProvisionedToAccount: structure({ InstanceArn, AccountId }, { ...paged, ProvisioningStatus }),

  CreateAccountAssignment: structure(ofAssignment),
  DeleteAccountAssignment: structure(ofAssignment),
  DescribeAccountAssignmentCreationStatus: structure({ InstanceArn, AccountAssignmentCreationRequestId: RequestId }),
  DescribeAccountAssignmentDeletionStatus: structure({ InstanceArn, AccountAssignmentDeletionRequestId: RequestId }),
  ListAccountAssignmentCreationStatus: structure(ofInstance, { ...paged, Filter: StatusFilter }),
  ListAccountAssignmentDeletionStatus: structure(ofInstance, { ...paged, Filter: StatusFilter }),
  ListAccountAssignments: structure({ ...ofPermissionSet, AccountId }, paged),
  ListAccountAssignmentsForPrincipal: structure(
    { InstanceArn, PrincipalId, PrincipalType },
    { ...paged, Filter: structure({}, { AccountId }) },
  ),

  ListApplicationProviders: structure({}, paged),
  ListApplications: structure(ofInstance, {
    ...paged,
    Filter: structure({}, { ApplicationAccount: AccountId, ApplicationProvider: ApplicationProviderArn }),
  }),
  DescribeApplication: structure(ofApplication),
  CreateApplication: structure(
    { InstanceArn, ApplicationProviderArn, Name: string({ min: 1, max: 100, pattern: '[\\S\\s]*' }) },
    {
      Description: string({ min: 1, max: 128 }),
      PortalOptions,
      Tags,
      Status: enumeration('ENABLED', 'DISABLED'),
      ClientToken: string({ min: 1, max: 64, pattern: '[!-~]+' }),
    },
  ),
  DeleteApplication: structure(ofApplication),
  GetApplicationAssignmentConfiguration: structure(ofApplication),
  PutApplicationAssignmentConfiguration: structure({ ApplicationArn, AssignmentRequired: { type: 'boolean' } }),
  ListApplicationAssignments: structure(ofApplication, paged),
  ListApplicationAssignmentsForPrincipal: structure(
    { InstanceArn, PrincipalId, PrincipalType },
    { ...paged, Filter: structure({}, { ApplicationArn }) },
  ),
  DescribeApplicationAssignment: structure(ofApplicationAssignment),
  CreateApplicationAssignment: structure(ofApplicationAssignment),
  DeleteApplicationAssignment: structure(ofApplicationAssignment),
};
