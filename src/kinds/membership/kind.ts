import type { GroupMembership } from '@aws-sdk/client-identitystore';
import * as z from '../../core/zod.ts';
import type { Aws } from '../../aws/connect.ts';
import { subjectKey } from '../../core/address.ts';
import type { Live } from '../../core/kind.ts';
import { isAwsError, promised } from '../../core/errors.ts';
import { defineKind } from '../define.ts';
import { groups } from '../group/schema.ts';
import { inventoryMemberships } from './inventory.ts';
import { rights } from './rights.ts';
import { ignoreNotFound } from '../shared/ignore-not-found.ts';
import { store } from '../shared/identity-store.ts';
import { readEach } from '../shared/read-each.ts';

const spec = z.object({ group: z.string(), user: z.string() });

export type MembershipSpec = z.infer<typeof spec>;

/** That a user is in a group: what `groups.*.members` says. */
export const membership = defineKind({
  name: 'membership',
  noun: ['membership', 'memberships'],
  section: groups,
  spec,

  *desired(entries) {
    for (const [group, { members = [] }] of Object.entries(entries)) {
      for (const [index, member] of members.entries()) {
        const at = ['groups', group, 'members', index];
        const { user, expires } = typeof member === 'string' ? { user: member } : member;
        const declared = { spec: { group, user }, at: [at] };
        yield expires === undefined ? declared : { ...declared, expires: { until: expires, at: [...at, 'expires'] } };
      }
    }
  },

  key: ({ group, user }) => [group, subjectKey('user', user)],
  label: ({ group, user }) => `${user} in ${group}`,
  subjects: ({ group, user }) => ({ group, user }),
  fields: {},

  rights,

  async read(aws, live) {
    const [groups, users] = await Promise.all([live.of('group'), live.of('user')]);
    // By user nobody sees the memberships of users who are gone.
    const byUser = users.length < groups.length && !live.needsOrphans;
    const rows = byUser ? await aws.unlessDenied(listByUser(aws, users)) : undefined;
    if (rows) live.missesOrphans();
    return rows ?? (await listByGroup(aws, groups));
  },

  named: ({ group, user }, names) => ({
    group: names.of('group', group) ?? group,
    user: names.of('user', user) ?? user,
  }),

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
    await ignoreNotFound(aws.identityStore.deleteGroupMembership({ ...store(aws), MembershipId: id }));
  },

  inventory: inventoryMemberships,
});

/** One call for each group, further pages aside. */
async function listByGroup(aws: Aws, groups: Live<unknown>[]): Promise<Live<MembershipSpec>[]> {
  const rows = await Promise.all(
    groups.map(({ id: GroupId }) =>
      aws.pages(
        (NextToken) => aws.identityStore.listGroupMemberships({ ...store(aws), GroupId, MaxResults: 100, NextToken }),
        (page) => promised(page.GroupMemberships, 'a list of memberships').map(rowOf),
      ),
    ),
  );
  return rows.flat();
}

/** One call for each user, further pages aside. */
async function listByUser(aws: Aws, users: Live<unknown>[]): Promise<Live<MembershipSpec>[]> {
  const rows = await readEach(users, ({ id: UserId = '' }) =>
    aws.pages(
      (NextToken) =>
        aws.identityStore.listGroupMembershipsForMember({
          ...store(aws),
          MemberId: { UserId },
          MaxResults: 100,
          NextToken,
        }),
      (page) => promised(page.GroupMemberships, 'a list of memberships').map(rowOf),
    ),
  );
  return rows.flat();
}

function rowOf({ MembershipId, GroupId, MemberId }: GroupMembership): Live<MembershipSpec> {
  return {
    id: MembershipId ?? '',
    spec: {
      group: promised(GroupId, 'the group of a membership'),
      user: promised(MemberId?.UserId, 'the member of a membership'),
    },
  };
}
