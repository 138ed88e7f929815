import type { User } from '../resources/user/table.ts';

/** Whether this is a user of the directory who isn't disabled. */
export function maySignIn(user: User | undefined): user is User {
  return user?.UserStatus === 'ENABLED';
}
