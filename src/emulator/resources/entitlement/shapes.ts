import { type Shape, string, structure, union } from '../../core/shape.ts';

// Constraints as in the AWS API model of account-access, version 2018-05-10.

export const ApplicationArn = string({
  min: 49,
  max: 2048,
  pattern: 'arn:[a-z0-9-]+:account-access:[a-z0-9]+(-[a-z0-9]+)*:[0-9]{12}:application/[a-zA-Z0-9-]+',
});
const InstanceArn = string({
  min: 10,
  max: 1224,
  pattern: 'arn:[a-z0-9-]+:sso:::instance/(sso)?ins-[a-zA-Z0-9-.]{16}',
});
const PrincipalId = string({
  min: 1,
  max: 47,
  pattern: '([0-9a-f]{10}-|)[A-Fa-f0-9]{8}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{12}',
});
const RoleArn = string({
  pattern: 'arn:[a-z0-9-]+:iam::[0-9]{12}:role/([a-zA-Z0-9+=,.@_-]+/)*[a-zA-Z0-9+=,.@_-]+',
});
const Account = string({ min: 12, max: 12, pattern: '[0-9]{12}' });
const tags = { type: 'map', key: string(), value: string() } as const satisfies Shape;
const principal = union({ identityCenter: union({ userId: PrincipalId, groupId: PrincipalId }) });
const paged = { maxResults: { type: 'integer', min: 1, max: 100 }, nextToken: string() } as const;

export const CreateApplication = structure(
  { identitySource: union({ identityCenter: structure({ instanceArn: InstanceArn }) }) },
  { tags },
);
export const ListApplications = structure({}, paged);
export const OfApplication = structure({ applicationArn: ApplicationArn });
export const CreateEntitlement = structure({
  applicationArn: ApplicationArn,
  entitlement: union({ principalRole: structure({ principal, roleArn: RoleArn }) }),
});
export const OfEntitlement = structure({ applicationArn: ApplicationArn, entitlementId: string() });
export const ListEntitlements = structure(
  {
    applicationArn: ApplicationArn,
    filter: structure({}, { principalRole: structure({}, { principal, roleArn: RoleArn, account: Account }) }),
  },
  paged,
);
