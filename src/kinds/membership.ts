import * as z from '../core/zod.ts';
import { joinKey, subjectKey } from '../core/address.ts';
import type { Declared } from '../core/kind.ts';
import { isAwsError, promised } from '../core/errors.ts';
import { defineKind } from './define.ts';
import { gone } from './gone.ts';
import { store } from './identity-store.ts';
import type { GroupSpec } from './group.ts';

const spec = z.object({ group: z.string(), user: z.string() });

export type MembershipSpec = z.infer<typeof spec>;

/** That a user is in a group: what `groups.*.members` says. */
export const membership = defineKind<MembershipSpec, { groups?: Record<string, { members?: string[] | undefined }> }>({
  name: 'membership',
  section: 'groups',
  spec,

  desired: ({ groups = {} }) =>
    Object.entries(groups).flatMap(([group, { members = [] }]) =>
      members.map((user, index): Declared<MembershipSpec> => ({
        spec: { group, user },
        at: [['groups', group, 'members', index]],
      })),
    ),

  key: ({ group, user }) => joinKey(group, subjectKey('user', user)),
  label: ({ group, user }) => `${user} in ${group}`,
  subjects: ({ group, user }) => ({ group, user }),
  fields: {},

  async read(aws, live) {
    const groups = await live.of<GroupSpec>('group');
    const rows = await Promise.all(
      groups.map(async ({ id: GroupId, spec: { name } }) => {
        // A group that is being renamed is already called by its new name.
        const group = (await live.nameOf('group', GroupId ?? '')) ?? name;
        const members = await aws.pages(
          (NextToken) => aws.identityStore.listGroupMemberships({ ...store(aws), GroupId, MaxResults: 100, NextToken }),
          (page) => promised(page.GroupMemberships, 'a list of memberships'),
        );
        return members.map((row) => ({
          group,
          id: row.MembershipId ?? '',
          userId: promised(row.MemberId?.UserId, 'the member of a membership'),
        }));
      }),
    );
    return Promise.all(
      rows.flat().map(async ({ id, group, userId }) => ({
        id,
        spec: { group, user: (await live.nameOf('user', userId)) ?? userId },
      })),
    );
  },

  async create(aws, { group, user }, ids) {
    const member = { GroupId: ids.of('group', group), MemberId: { UserId: ids.of('user', user) } };
    try {
      return (await aws.identityStore.createGroupMembership({ ...store(aws), ...member })).MembershipId;
    } catch (error) {
      if (!isAwsError(error, 'ConflictException')) throw error;
      return (await aws.identityStore.getGroupMembershipId({ ...store(aws), ...member })).MembershipId;
    }
  },

  async delete(aws, id) {
    await gone(aws.identityStore.deleteGroupMembership({ ...store(aws), MembershipId: id }));
  },
});
