import { assignment } from './account-assignment/kind.ts';
import { group } from './group/kind.ts';
import { membership } from './membership/kind.ts';
import { permissionSet } from './permission-set/kind.ts';
import { user } from './user/kind.ts';

/** What has to have been read, whoever manages it: from these follows who reaches what. */
export const accessKinds = [user, group, membership, permissionSet, assignment];
