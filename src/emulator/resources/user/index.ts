import { defineResource } from '../../core/resource.ts';
import { identityStore } from '../../services/identity-store/service.ts';
import { notFoundHere } from '../../services/identity-store/store.ts';
import { userOperations } from './operations.ts';
import { users } from './table.ts';

declare module '../../core/behaviour.ts' {
  interface Quotas {
    users: number;
  }
  interface Behaviour {
    /** Two user names that differ by case alone conflict. */
    userNameCase: 'insensitive' | 'sensitive';
    /** A second user with an e-mail address; the user guide says that it must be unique. */
    duplicateEmail: 'refused' | 'allowed';
    /** UpdateUser of userName; the user guide says of the console that it can't be changed. */
    userNameUpdate: 'allowed' | 'refused';
  }
}

declare module '../../core/changes.ts' {
  interface Changes {
    'user-created': { userId: string };
    'user-updated': { userId: string };
    'user-deleted': { userId: string };
  }
}

export const user = defineResource({
  service: identityStore,
  tables: { users },
  operations: userOperations,
  defaults: {
    quotas: { users: 200_000 },
    userNameCase: 'insensitive',
    duplicateEmail: 'refused',
    userNameUpdate: 'allowed',
    extensionUpdate: 'attribute',
    managerForm: 'object',
  },
  nameOf: ({ users }, id) => users.get(id)?.UserName,
  refuseUnknown({ users }, { UserId, MemberId }) {
    const id = UserId ?? (MemberId as { readonly UserId?: string } | undefined)?.UserId;
    return typeof id === 'string' && !users.has(id) ? notFoundHere('USER', id) : undefined;
  },
});
