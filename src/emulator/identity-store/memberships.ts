import type { Context, Handlers } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { uuid } from '../ids.ts';
import { takeRows } from '../paging.ts';
import type { Membership } from '../rows.ts';
import { memberKey, nextId } from '../world.ts';
import {
  acceptAbsent,
  createdNow,
  notFoundHere,
  requireGroup,
  requireMembership,
  requireStore,
  requireUser,
} from './find.ts';
import type { identityStoreShapes } from './shapes.ts';

export const memberships = {
  CreateGroupMembership(context, input) {
    const { world } = context;
    const { IdentityStoreId } = input;
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
    return { MembershipId, IdentityStoreId };
  },

  DescribeGroupMembership(context, input) {
    return describe(context, requireMembership(context, input));
  },

  DeleteGroupMembership(context, input) {
    const row = acceptAbsent(context, () => requireMembership(context, input));
    if (row) remove(context, row);
    return {};
  },

  GetGroupMembershipId(context, input) {
    const { IdentityStoreId, GroupId } = input;
    requireStore(context, IdentityStoreId);
    const [found] = context.world.memberships.by('pair', memberKey(GroupId, input.MemberId.UserId ?? ''));
    if (!found) throw notFoundHere('GROUP_MEMBERSHIP');
    return { MembershipId: found.MembershipId, IdentityStoreId };
  },

  ListGroupMemberships(context, input) {
    const { memberships } = context.world;
    const { GroupId } = requireGroup(context, input);
    const page = takeRows(context, input, memberships.by('group', GroupId), memberships);
    return { GroupMemberships: page.items.map((row) => describe(context, row)), ...page.next };
  },

  ListGroupMembershipsForMember(context, input) {
    const { memberships } = context.world;
    const { UserId } = requireMember(context, input);
    const page = takeRows(context, input, memberships.by('user', UserId), memberships);
    return { GroupMemberships: page.items.map((row) => describe(context, row)), ...page.next };
  },

  IsMemberInGroups(context, input) {
    const { MemberId, GroupIds } = input;
    const { UserId } = requireMember(context, input);
    const Results = GroupIds.map((GroupId) => ({
      GroupId,
      MemberId,
      MembershipExists: context.world.memberships.count('pair', memberKey(GroupId, UserId)) > 0,
    }));
    return { Results };
  },
} satisfies Partial<Handlers<typeof identityStoreShapes>>;

/** What becomes of a deleted principal's memberships is not documented. */
export function dropMemberships(context: Context, rows: readonly Membership[]): void {
  if (context.behaviour.membershipsOfDeletedPrincipal === 'stay') return;
  for (const row of rows) remove(context, row);
}

function remove({ world, report }: Context, { MembershipId, GroupId, UserId }: Membership): void {
  world.memberships.delete(MembershipId);
  report({ type: 'membership-deleted', membershipId: MembershipId, groupId: GroupId, userId: UserId });
}

/** Members are users alone: groups don't nest. */
function requireMember(context: Context, input: { IdentityStoreId: string; MemberId: { readonly UserId?: string } }) {
  return requireUser(context, { IdentityStoreId: input.IdentityStoreId, UserId: input.MemberId.UserId ?? '' });
}

function describe({ world }: Context, { UserId, ...row }: Membership) {
  return { IdentityStoreId: world.instance.IdentityStoreId, ...row, MemberId: { UserId } };
}
