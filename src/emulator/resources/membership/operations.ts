import type { Context } from '../../core/context.ts';
import { ServiceError } from '../../core/errors.ts';
import { uuid } from '../../core/ids.ts';
import { takeRows } from '../../core/paging.ts';
import { operation } from '../../core/resource.ts';
import { list, structure, union } from '../../core/shape.ts';
import { nextId } from '../../core/world.ts';
import { identityArn, storeArn } from '../../services/identity-store/arns.ts';
import { IdentityStoreId, paged, ResourceId } from '../../services/identity-store/shapes.ts';
import { acceptAbsent, createdNow, notFoundHere, requireStore } from '../../services/identity-store/store.ts';
import { requireGroup } from '../group/table.ts';
import { requireUser } from '../user/table.ts';
import { type Membership, memberKey, removeMembership, requireMembership } from './table.ts';

const GroupId = ResourceId;
const MembershipId = ResourceId;
const MemberId = union({ UserId: ResourceId });

export const membershipOperations = {
  CreateGroupMembership: operation(structure({ IdentityStoreId, GroupId, MemberId }), onMember, (context, input) => {
    const { world } = context;
    const { GroupId } = requireGroup(context, input);
    const { UserId } = requireMember(context, input);
    if (world.memberships.count('pair', memberKey(GroupId, UserId)) > 0) {
      throw new ServiceError('ConflictException', 'Member and Group relationship already exists', {
        Reason: 'UNIQUENESS_CONSTRAINT_VIOLATION',
      });
    }
    const MembershipId = uuid(nextId(world, 'membership'));
    world.memberships.put({ MembershipId, GroupId, UserId, ...createdNow(context) });
    context.report({ type: 'membership-created', membershipId: MembershipId, groupId: GroupId, userId: UserId });
    return identify(context, MembershipId);
  }),

  DescribeGroupMembership: operation(structure({ IdentityStoreId, MembershipId }), onMembership, (context, input) => {
    return describe(context, requireMembership(context, input));
  }),

  DeleteGroupMembership: operation(structure({ IdentityStoreId, MembershipId }), onMembership, (context, input) => {
    const row = acceptAbsent(context, () => requireMembership(context, input));
    if (row) removeMembership(context, row);
    return {};
  }),

  GetGroupMembershipId: operation(
    structure({ IdentityStoreId, GroupId, MemberId }),
    onAnyMembership,
    (context, input) => {
      const { IdentityStoreId, GroupId } = input;
      requireStore(context, IdentityStoreId);
      const [found] = context.world.memberships.by('pair', memberKey(GroupId, input.MemberId.UserId ?? ''));
      if (!found) throw notFoundHere('GROUP_MEMBERSHIP');
      return identify(context, found.MembershipId);
    },
  ),

  ListGroupMemberships: operation(structure({ IdentityStoreId, GroupId }, paged), onAnyMembership, (context, input) => {
    const { memberships } = context.world;
    const { GroupId } = requireGroup(context, input);
    const page = takeRows(context, input, memberships.by('group', GroupId), memberships);
    return { GroupMemberships: page.items.map((row) => describe(context, row)), ...page.next };
  }),

  ListGroupMembershipsForMember: operation(
    structure({ IdentityStoreId, MemberId }, paged),
    onAnyMembership,
    (context, input) => {
      const { memberships } = context.world;
      const { UserId } = requireMember(context, input);
      const page = takeRows(context, input, memberships.by('user', UserId), memberships);
      return { GroupMemberships: page.items.map((row) => describe(context, row)), ...page.next };
    },
  ),

  IsMemberInGroups: operation(
    structure({ IdentityStoreId, MemberId, GroupIds: list(GroupId, { min: 1, max: 100 }) }),
    onAnyMembership,
    (context, input) => {
      const { MemberId, GroupIds } = input;
      const { UserId } = requireMember(context, input);
      const Results = GroupIds.map((GroupId) => ({
        GroupId,
        MemberId,
        MembershipExists: context.world.memberships.count('pair', memberKey(GroupId, UserId)) > 0,
      }));
      return { Results };
    },
  ),
};

interface Members {
  readonly MemberId?: { readonly UserId?: string };
  readonly GroupId?: string;
  readonly GroupIds?: readonly string[];
}

function onMember({ MemberId, GroupId, GroupIds = [] }: Members, { world }: Context): string[] {
  return [
    ...(MemberId?.UserId === undefined ? [] : [identityArn(world, 'user', MemberId.UserId)]),
    ...(GroupId === undefined ? [] : [identityArn(world, 'group', GroupId)]),
    ...GroupIds.map((id) => identityArn(world, 'group', id)),
    storeArn(world),
  ];
}

/** Of a request that names no membership by id. */
function onAnyMembership(input: Members, context: Context): string[] {
  const members = onMember(input, context);
  return members.toSpliced(-1, 0, identityArn(context.world, 'membership', '*'));
}

function onMembership({ MembershipId }: { readonly MembershipId: string }, { world }: Context): string[] {
  const { UserId = '*', GroupId = '*' } = world.memberships.get(MembershipId) ?? {};
  return [
    identityArn(world, 'user', UserId),
    identityArn(world, 'group', GroupId),
    identityArn(world, 'membership', MembershipId),
    storeArn(world),
  ];
}

/** Members are users alone: groups don't nest. */
function requireMember(context: Context, input: { IdentityStoreId: string; MemberId: { readonly UserId?: string } }) {
  return requireUser(context, { IdentityStoreId: input.IdentityStoreId, UserId: input.MemberId.UserId ?? '' });
}

/** What every answer about a membership begins with. */
function identify({ world }: Context, MembershipId: string) {
  const { IdentityStoreId } = world.instance;
  return { IdentityStoreId, MembershipId, MembershipArn: identityArn(world, 'membership', MembershipId) };
}

function describe(context: Context, { UserId, ...row }: Membership) {
  return { ...row, ...identify(context, row.MembershipId), MemberId: { UserId } };
}
