import { identityArn, identityStoreArn, ssoAccountArn } from '../arns.ts';
import type { Context } from '../context.ts';
import { accountArn, rootArn, unitArn } from '../organizations/find.ts';
import type { ServiceName } from '../service.ts';
import { isObject } from '../validate.ts';
import type { World } from '../world.ts';

type RequestInput = Readonly<Record<string, unknown>>;

/**
 * What a request touches, as the service authorization reference lists it for the action; each must be allowed. `*`
 * where the action knows no resources.
 */
export function resourcesOf(service: ServiceName, context: Context, input: RequestInput): string[] {
  const found = finders[service](context, input);
  return found.length > 0 ? [...new Set(found)] : ['*'];
}

const finders: Record<ServiceName, (context: Context, input: RequestInput) => string[]> = {
  'sso-admin': ssoResources,
  identitystore: identityResources,
  organizations: ({ world }, input) => organizationsResources(world, input),
  sts: () => [],
};

// What AWS puts first in its message for an assignment (observed) is first here.
function ssoResources({ world, operation }: Context, input: RequestInput): string[] {
  // The reference lists none for it.
  if (operation === 'ListApplications') return [];
  const instance = textAt(input, 'InstanceArn');
  const set = textAt(input, 'PermissionSetArn') ?? textAt(input, 'ResourceArn') ?? textAt(input, 'ApplicationArn');
  const provider = textAt(input, 'ApplicationProviderArn');
  const account = textAt(input, 'TargetId') ?? textAt(input, 'AccountId');
  return [
    ...(set === undefined ? [] : [set]),
    ...(provider === undefined ? [] : [provider]),
    // A set that is still to be made has no ARN of its own, and the action requires one.
    ...(operation === 'CreatePermissionSet' && instance !== undefined
      ? [`${instance.replace(':instance/', ':permissionSet/')}/*`]
      : []),
    ...(instance === undefined ? [] : [instance]),
    ...(account === undefined ? [] : [ssoAccountArn(world, account)]),
    ...(input['TargetType'] === 'ALL_PROVISIONED_ACCOUNTS' ? [ssoAccountArn(world, '*')] : []),
  ];
}

/** Resources that are not in the request: all of a type, or one that only the answer names. */
const unnamed: Record<string, 'user' | 'group' | 'membership'> = {
  ListUsers: 'user',
  ListGroups: 'group',
  ListGroupMemberships: 'membership',
  ListGroupMembershipsForMember: 'membership',
  IsMemberInGroups: 'membership',
  GetUserId: 'user',
  GetGroupId: 'group',
  GetGroupMembershipId: 'membership',
};

function identityResources({ world, operation }: Context, input: RequestInput): string[] {
  const member = isObject(input['MemberId']) ? textAt(input['MemberId'], 'UserId') : undefined;
  const membership = textAt(input, 'MembershipId');
  const row = membership === undefined ? undefined : world.memberships.get(membership);
  const ids = {
    user: [textAt(input, 'UserId'), member, membership === undefined ? undefined : (row?.UserId ?? '*')],
    group: [
      textAt(input, 'GroupId'),
      ...(Array.isArray(input['GroupIds']) ? (input['GroupIds'] as string[]) : []),
      membership === undefined ? undefined : (row?.GroupId ?? '*'),
    ],
    membership: [membership],
  };
  const type = unnamed[operation];
  if (type !== undefined) ids[type].push('*');
  return [
    ...(['user', 'group', 'membership'] as const).flatMap((kind) =>
      ids[kind].filter((id) => id !== undefined).map((id) => identityArn(world, kind, id)),
    ),
    identityStoreArn(world),
  ];
}

const organizationsMembers = [
  'AccountId',
  'ParentId',
  'ChildId',
  'OrganizationalUnitId',
  'ResourceId',
  'SourceParentId',
  'DestinationParentId',
];

function organizationsResources(world: World, input: RequestInput): string[] {
  return organizationsMembers.flatMap((name) => {
    const id = textAt(input, name);
    if (id === undefined) return [];
    if (id.startsWith('r-')) return [rootArn(world)];
    return [id.startsWith('ou-') ? unitArn(world, id) : accountArn(world, id)];
  });
}

function textAt(input: RequestInput, name: string): string | undefined {
  const value = input[name];
  return typeof value === 'string' ? value : undefined;
}
