import type { Aws } from '../../aws/connect.ts';
import type { Rights } from '../../core/rights.ts';
import { directory, store } from '../shared/identity-store.ts';

export const rights: Rights<Aws> = {
  read: [
    {
      // By group or by user, whichever takes fewer calls.
      sid: 'Memberships',
      on: directory,
      actions: ['identitystore:ListGroupMemberships', 'identitystore:ListGroupMembershipsForMember'],
    },
  ],
  write: [
    {
      sid: 'Memberships',
      on: directory,
      actions: [
        'identitystore:CreateGroupMembership',
        'identitystore:DeleteGroupMembership',
        'identitystore:GetGroupMembershipId',
      ],
    },
  ],
  optional: { 'identitystore:ListGroupMembershipsForMember': 'replaceable' },
  probes: {
    'identitystore:ListGroupMemberships'(aws, idOf) {
      const GroupId = idOf('group');
      return GroupId === undefined
        ? undefined
        : aws.identityStore.listGroupMemberships({ ...store(aws), GroupId, MaxResults: 1 });
    },
    'identitystore:ListGroupMembershipsForMember'(aws, idOf) {
      const UserId = idOf('user');
      return UserId === undefined
        ? undefined
        : aws.identityStore.listGroupMembershipsForMember({ ...store(aws), MemberId: { UserId }, MaxResults: 1 });
    },
  },
};
