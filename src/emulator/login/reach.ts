import type { World } from '../core/world.ts';
import type { Account } from '../resources/account/table.ts';
import type { PermissionSet } from '../resources/permission-set/table.ts';
import { pairKey } from '../resources/provisioned-permission-set/table.ts';
import { principalKey } from '../services/sso-admin/principals.ts';

/** An account, and the permission sets that a user may take in it. */
export interface Reach {
  account: Account;
  /** As they are provisioned there, by name. */
  permissionSets: PermissionSet[];
}

/** What a user reaches at this moment: by assignments of their own and of their groups, in accounts that are active. */
export function reachOf(world: World, userId: string): Reach[] {
  const groups = world.memberships.by('user', userId).filter(({ GroupId }) => world.groups.has(GroupId));
  const assignments = [
    principalKey({ PrincipalType: 'USER', PrincipalId: userId }),
    ...groups.map(({ GroupId }) => principalKey({ PrincipalType: 'GROUP', PrincipalId: GroupId })),
  ].flatMap((principal) => world.assignments.by('principal', principal));
  const sets = new Map<string, Map<string, PermissionSet>>();
  for (const { AccountId, PermissionSetArn } of assignments) {
    const content = world.provisioned.get(pairKey(AccountId, PermissionSetArn))?.Content;
    if (!content) continue;
    sets.set(AccountId, (sets.get(AccountId) ?? new Map<string, PermissionSet>()).set(content.Name, content));
  }
  return [...sets].flatMap(([id, contents]) => {
    const account = world.accounts.get(id);
    if (account?.State !== 'ACTIVE') return [];
    return [{ account, permissionSets: [...contents.values()].sort((a, b) => (a.Name < b.Name ? -1 : 1)) }];
  });
}
