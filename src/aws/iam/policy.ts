import { managementAccountRights, readRights, writeRights, type ResourceType, type Right } from './actions.ts';

/** How narrow the policy can be; what is not known stands as `*`. */
export interface PolicyScope {
  partition: string;
  instanceArn?: string;
  identityStoreId?: string;
  managementAccountId?: string;
  /** The caller is outside the management account, where it can change nothing anyway. */
  isDelegated: boolean;
  /** The customer managed key of the instance, where it has one. */
  kmsKeyArn?: string;
}

interface Statement {
  Sid: string;
  Effect: 'Allow';
  Action: readonly string[];
  Resource: readonly string[];
  Condition?: Record<string, Record<string, readonly string[]>>;
}

export interface PolicyDocument {
  Version: '2012-10-17';
  Statement: readonly Statement[];
}

/** The identity policy of the role that plans, or of the one that applies: an apply plans first. */
export function iamPolicy(purpose: 'plan' | 'apply', scope: PolicyScope): PolicyDocument {
  const rights = [
    ...readRights,
    ...(purpose === 'apply' ? writeRights : []),
    ...(purpose === 'apply' && !scope.isDelegated ? managementAccountRights : []),
  ];
  const statements = rights.map(({ sid, on, actions }: Right): Statement => ({
    Sid: sid,
    Effect: 'Allow',
    Action: actions,
    Resource: on.map((type) => resourceOf(type, scope)),
  }));
  return { Version: '2012-10-17', Statement: [...statements, ...keyStatements(scope)] };
}

function resourceOf(type: ResourceType, scope: PolicyScope): string {
  const { partition, identityStoreId = '*', managementAccountId: account = '*' } = scope;
  const instanceId = scope.instanceArn?.split('/')[1] ?? '*';
  switch (type) {
    case 'any':
      return '*';
    case 'instance':
      return `arn:${partition}:sso:::instance/${instanceId}`;
    case 'permission-set':
      return `arn:${partition}:sso:::permissionSet/${instanceId}/*`;
    case 'application':
      // Of whichever account made it.
      return `arn:${partition}:sso::*:application/${instanceId}/*`;
    case 'account':
      return `arn:${partition}:sso:::account/*`;
    // These ARNs name the organization, whose id nothing else here needs.
    case 'member-account':
      return `arn:${partition}:organizations::${account}:account/o-*/*`;
    case 'organizational-unit':
      return `arn:${partition}:organizations::${account}:ou/o-*/ou-*`;
    case 'root':
      return `arn:${partition}:organizations::${account}:root/o-*/r-*`;
    // The organization's identity store belongs to its management account, whoever calls.
    case 'identity-store':
      return `arn:${partition}:identitystore::${account}:identitystore/${identityStoreId}`;
    // These ARNs name no store: the one above keeps them to it.
    case 'user':
    case 'group':
    case 'membership':
      return `arn:${partition}:identitystore:::${type}/*`;
    case 'reserved-role':
      return `arn:${partition}:iam::${account}:role/aws-reserved/sso.amazonaws.com/*`;
    case 'unborn-role':
      return `arn:${partition}:iam::${account}:role/AWSReservedSSO_*`;
    case 'saml-provider':
      return `arn:${partition}:iam::${account}:saml-provider/AWSSSO_*`;
  }
}

/**
 * Identity Center and its identity store decrypt with the caller's rights (user guide: "Implementing customer managed
 * KMS keys"). The key can be used through these two services alone; in China their names in this condition are not
 * documented, so there the key stands by itself.
 */
function keyStatements({ partition, kmsKeyArn }: PolicyScope): Statement[] {
  if (kmsKeyArn === undefined) return [];
  const viaServices = { 'kms:ViaService': ['sso.*.amazonaws.com', 'identitystore.*.amazonaws.com'] };
  return [
    {
      Sid: 'ReadWhatTheKeyEncrypts',
      Effect: 'Allow',
      Action: ['kms:Decrypt'],
      Resource: [kmsKeyArn],
      ...(partition !== 'aws-cn' && { Condition: { StringLike: viaServices } }),
    },
  ];
}
