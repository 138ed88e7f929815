import { managementAccountOf } from '../../core/plan.ts';
import type { Aws } from '../connect.ts';
import { readRights } from './actions.ts';
import type { Answers } from '../client/watch-answers.ts';

/** What came of the reads that a plan needs. */
export interface ReadRights {
  /** IAM actions that AWS denies, and its words. */
  denied: { action: string; message: string }[];
  /** IAM actions that nothing there is could be tried on. */
  untried: string[];
}

/** What the reads can be tried on. */
export interface Samples {
  permissionSetArn: string | undefined;
  userId: string | undefined;
  groupId: string | undefined;
}

type Try = (aws: Aws, samples: Samples) => Promise<unknown> | undefined;

const ofSet =
  (call: (aws: Aws, set: { InstanceArn: string; PermissionSetArn: string }) => Promise<unknown>): Try =>
  (aws, { permissionSetArn }) =>
    permissionSetArn === undefined
      ? undefined
      : call(aws, { InstanceArn: aws.instance.arn, PermissionSetArn: permissionSetArn });

const forPrincipal = 'sso:ListAccountAssignmentsForPrincipal';

interface OfPrincipal {
  InstanceArn: string;
  PrincipalType: 'USER' | 'GROUP';
  PrincipalId: string;
  MaxResults: number;
}

const ofPrincipal =
  (call: (aws: Aws, principal: OfPrincipal) => Promise<unknown>): Try =>
  (aws, { groupId, userId }) => {
    const PrincipalId = groupId ?? userId;
    if (PrincipalId === undefined) return undefined;
    const PrincipalType = groupId === undefined ? 'USER' : 'GROUP';
    return call(aws, { InstanceArn: aws.instance.arn, PrincipalType, PrincipalId, MaxResults: 1 });
  };

/** The cheapest call of each, for what the reading has not called anyway; undefined where there is nothing to try it on. */
const tries: Readonly<Record<string, Try>> = {
  'sso:ListPermissionSets': (aws) => aws.ssoAdmin.listPermissionSets({ InstanceArn: aws.instance.arn, MaxResults: 1 }),
  'sso:DescribePermissionSet': ofSet((aws, set) => aws.ssoAdmin.describePermissionSet(set)),
  'sso:ListManagedPoliciesInPermissionSet': ofSet((aws, set) => aws.ssoAdmin.listManagedPoliciesInPermissionSet(set)),
  'sso:ListCustomerManagedPolicyReferencesInPermissionSet': ofSet((aws, set) =>
    aws.ssoAdmin.listCustomerManagedPolicyReferencesInPermissionSet(set),
  ),
  'sso:GetInlinePolicyForPermissionSet': ofSet((aws, set) => aws.ssoAdmin.getInlinePolicyForPermissionSet(set)),
  'sso:GetPermissionsBoundaryForPermissionSet': ofSet((aws, set) =>
    aws.ssoAdmin.getPermissionsBoundaryForPermissionSet(set),
  ),
  'sso:ListTagsForResource': ofSet((aws, { InstanceArn, PermissionSetArn }) =>
    aws.ssoAdmin.listTagsForResource({ InstanceArn, ResourceArn: PermissionSetArn }),
  ),
  'sso:ListAccountsForProvisionedPermissionSet': ofSet((aws, set) =>
    aws.ssoAdmin.listAccountsForProvisionedPermissionSet({ ...set, MaxResults: 1 }),
  ),
  'sso:ListAccountAssignments': ofSet((aws, set) =>
    aws.ssoAdmin.listAccountAssignments({ ...set, AccountId: managementAccountOf(aws.instance), MaxResults: 1 }),
  ),
  'sso:ListPermissionSetsProvisionedToAccount': (aws) =>
    aws.ssoAdmin.listPermissionSetsProvisionedToAccount({
      InstanceArn: aws.instance.arn,
      AccountId: managementAccountOf(aws.instance),
      MaxResults: 1,
    }),
  [forPrincipal]: ofPrincipal((aws, principal) => aws.ssoAdmin.listAccountAssignmentsForPrincipal(principal)),
  'sso:ListApplications': (aws) => aws.ssoAdmin.listApplications({ InstanceArn: aws.instance.arn, MaxResults: 1 }),
  'sso:ListApplicationAssignmentsForPrincipal': ofPrincipal((aws, principal) =>
    aws.ssoAdmin.listApplicationAssignmentsForPrincipal(principal),
  ),
  'sso:DescribeInstanceAccessControlAttributeConfiguration': (aws) =>
    aws.ssoAdmin.describeInstanceAccessControlAttributeConfiguration({ InstanceArn: aws.instance.arn }),
  'sso:ListAccountAssignmentCreationStatus': (aws) =>
    aws.ssoAdmin.listAccountAssignmentCreationStatus({ InstanceArn: aws.instance.arn, MaxResults: 1 }),
  'sso:ListAccountAssignmentDeletionStatus': (aws) =>
    aws.ssoAdmin.listAccountAssignmentDeletionStatus({ InstanceArn: aws.instance.arn, MaxResults: 1 }),
  'identitystore:ListUsers': (aws) =>
    aws.identityStore.listUsers({ IdentityStoreId: aws.instance.identityStoreId, MaxResults: 1 }),
  'identitystore:ListGroups': (aws) =>
    aws.identityStore.listGroups({ IdentityStoreId: aws.instance.identityStoreId, MaxResults: 1 }),
  'identitystore:ListGroupMemberships': (aws, { groupId }) =>
    groupId === undefined
      ? undefined
      : aws.identityStore.listGroupMemberships({
          IdentityStoreId: aws.instance.identityStoreId,
          GroupId: groupId,
          MaxResults: 1,
        }),
  'identitystore:ListGroupMembershipsForMember': (aws, { userId }) =>
    userId === undefined
      ? undefined
      : aws.identityStore.listGroupMembershipsForMember({
          IdentityStoreId: aws.instance.identityStoreId,
          MemberId: { UserId: userId },
          MaxResults: 1,
        }),
};

/**
 * Tries every read that a plan may need and that has not been called yet, each by its cheapest call. Never fails: what goes
 * wrong in another way than by a denial is untried.
 */
export async function tryReads(aws: Aws, answers: Answers, samples: Samples): Promise<ReadRights> {
  const isFromManagement = aws.caller?.accountId === managementAccountOf(aws.instance);
  const actions = readRights
    .flatMap((right) => right.actions)
    // Without the first there is no instance. Of Organizations, what the targets of the file need has been called by now. The
    // last is documented for the management account alone, so that a denial elsewhere says nothing of rights.
    .filter((action) => action !== 'sso:ListInstances')
    .filter((action) => !action.startsWith('organizations:') || answers.has(action))
    .filter((action) => action !== forPrincipal || isFromManagement);
  await Promise.allSettled(
    actions.filter((action) => !answers.has(action)).map(async (action) => tries[action]?.(aws, samples)),
  );
  return {
    denied: actions.flatMap((action) => {
      const answer = answers.get(action);
      return answer === undefined || answer === true ? [] : [{ action, message: answer.denied }];
    }),
    untried: actions.filter((action) => !answers.has(action)),
  };
}
