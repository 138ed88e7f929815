import type { identityStoreShapes } from './identity-store/shapes.ts';
import type { Input } from './shape.ts';
import type { ssoAdminShapes } from './sso-admin/shapes.ts';

// What the world is made of. Members are named as the API names them, so that handlers answer them as they are.
// Times are seconds since 1970 with a fraction, as on the wire; only a job's DueAt is in the clock's milliseconds.

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

export interface Organization {
  readonly Id: string;
  readonly RootId: string;
  readonly ManagementAccountId: string;
  readonly RootTags: readonly Tag[];
  readonly Partition: string;
  readonly CreatedDate: number;
}

export interface Instance {
  readonly InstanceArn: string;
  readonly IdentityStoreId: string;
  readonly OwnerAccountId: string;
  readonly Kind: 'organization' | 'account';
  readonly Region: string;
  readonly Name?: string;
  readonly CreatedDate: number;
  readonly KeyType: 'AWS_OWNED_KMS_KEY' | 'CUSTOMER_MANAGED_KEY';
  readonly KmsKeyArn?: string;
  readonly Tags: readonly Tag[];
  /** Absent where attributes for access control are not enabled. */
  readonly AccessControl?: AccessControl;
}

export interface AccessControlAttribute {
  readonly Key: string;
  readonly Value: { readonly Source: readonly string[] };
}

/** Which attributes of a person are passed into accounts. */
export interface AccessControl {
  readonly Attributes: readonly AccessControlAttribute[];
  /** Until then its creation is in progress; milliseconds of the clock. */
  readonly EnabledFrom: number;
  /** Why its creation failed, where it did. */
  readonly FailureReason?: string;
}

export type AccountState = 'PENDING_ACTIVATION' | 'ACTIVE' | 'SUSPENDED' | 'PENDING_CLOSURE' | 'CLOSED';

export interface Account {
  readonly Id: string;
  readonly Name: string;
  readonly Email: string;
  readonly State: AccountState;
  readonly ParentId: string;
  readonly JoinedMethod: 'INVITED' | 'CREATED';
  readonly JoinedTimestamp: number;
  readonly Tags: readonly Tag[];
  /** Customer managed policies that exist in the account, path and name in one; undefined: any does. */
  readonly CustomerManagedPolicies?: readonly string[];
}

export interface OrganizationalUnit {
  readonly Id: string;
  readonly Name: string;
  readonly ParentId: string;
  readonly Tags: readonly Tag[];
}

export interface DelegatedAdministrator {
  readonly AccountId: string;
  readonly DelegationEnabledDate: number;
}

interface Audited {
  readonly CreatedAt: number;
  readonly CreatedBy: string;
  readonly UpdatedAt: number;
  readonly UpdatedBy: string;
}

export interface ExternalId {
  readonly Issuer: string;
  readonly Id: string;
}

/** What CreateUser and UpdateUser set. */
export type UserAttributes = Omit<Input<(typeof identityStoreShapes)['CreateUser']>, 'IdentityStoreId'>;

export interface User extends UserAttributes, Audited {
  readonly UserId: string;
  readonly UserName: string;
  readonly UserStatus: 'ENABLED' | 'DISABLED';
  readonly ExternalIds?: readonly ExternalId[];
}

export interface GroupAttributes {
  readonly DisplayName: string;
  readonly Description?: string;
}

export interface Group extends GroupAttributes, Audited {
  readonly GroupId: string;
  readonly ExternalIds?: readonly ExternalId[];
}

export interface Membership extends Audited {
  readonly MembershipId: string;
  readonly GroupId: string;
  readonly UserId: string;
}

export interface PolicyReference {
  readonly Name: string;
  readonly Path: string;
}

export interface PermissionsBoundary {
  readonly ManagedPolicyArn?: string;
  readonly CustomerManagedPolicyReference?: PolicyReference;
}

export interface PermissionSet {
  readonly PermissionSetArn: string;
  readonly Name: string;
  readonly Description?: string;
  readonly SessionDuration: string;
  readonly RelayState?: string;
  readonly CreatedDate: number;
  readonly ManagedPolicyArns: readonly string[];
  readonly CustomerManagedPolicyReferences: readonly PolicyReference[];
  readonly InlinePolicy?: string;
  readonly PermissionsBoundary?: PermissionsBoundary;
  readonly Tags: readonly Tag[];
  /** Grows with every change that provisioned copies don't have. */
  readonly Revision: number;
}

/** A permission set as a role in an account has it. */
export interface Provisioned {
  readonly AccountId: string;
  readonly PermissionSetArn: string;
  /** The permission set as it was when it was provisioned here. */
  readonly Content: PermissionSet;
}

export type PrincipalType = 'USER' | 'GROUP';

export interface Assignment {
  readonly AccountId: string;
  readonly PermissionSetArn: string;
  readonly PrincipalType: PrincipalType;
  readonly PrincipalId: string;
}

export interface Application {
  readonly ApplicationArn: string;
  readonly ApplicationProviderArn: string;
  /** Two applications can have one. */
  readonly Name: string;
  readonly ApplicationAccount: string;
  readonly Status: 'ENABLED' | 'DISABLED';
  readonly PortalOptions?: Input<(typeof ssoAdminShapes)['CreateApplication']>['PortalOptions'];
  readonly Description?: string;
  readonly CreatedDate: number;
  /** False: everybody may use it, assigned or not. */
  readonly AssignmentRequired: boolean;
  readonly Tags: readonly Tag[];
  readonly ClientToken?: string;
}

export interface ApplicationAssignment {
  readonly ApplicationArn: string;
  readonly PrincipalType: PrincipalType;
  readonly PrincipalId: string;
}

interface AnyRequest {
  readonly RequestId: string;
  readonly Status: 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED';
  readonly FailureReason?: string;
  readonly CreatedDate: number;
  /** What goes wrong with it, where something is made to. */
  readonly Fate?: RequestFate;
}

export interface RequestFate {
  /** It ends FAILED for this reason, and has no effect. */
  readonly FailureReason?: string;
  /** Until then Describe doesn't know it; milliseconds of the clock. */
  readonly KnownFrom?: number;
  /** Until then it is in no list; milliseconds of the clock. */
  readonly ListedFrom?: number;
}

export interface AssignmentRequest extends AnyRequest, Assignment {
  readonly Kind: 'assignment-creation' | 'assignment-deletion';
}

export interface ProvisioningRequest extends AnyRequest {
  readonly Kind: 'provisioning';
  readonly PermissionSetArn: string;
  /** Absent where all provisioned accounts are meant. */
  readonly AccountId?: string;
}

export interface AccountRequest extends AnyRequest {
  readonly Kind: 'account-creation' | 'account-closure';
  /** Of a creation only once it has succeeded. */
  readonly AccountId?: string;
  readonly CompletedTimestamp?: number;
  /** What a creation asks for. */
  readonly Name: string;
  readonly Email: string;
  readonly Tags: readonly Tag[];
}

/** What is asynchronous: the status that is read until it is no longer IN_PROGRESS. */
export type AsyncRequest = AssignmentRequest | ProvisioningRequest | AccountRequest;

/** One piece of work of a request, in one account. */
export interface Job {
  readonly JobId: string;
  readonly RequestId: string;
  readonly DueAt: number;
  /** Absent where a request has nothing to do but to end. */
  readonly AccountId?: string;
  /** The permission set as it was when the request was made: that is what gets provisioned. */
  readonly Content?: PermissionSet;
}
