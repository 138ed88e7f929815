import { notFound, type ServiceError } from '../errors.ts';
import { notFoundHere } from '../identity-store/find.ts';
import { permissionSetId } from '../ids.ts';
import type { World } from '../world.ts';

/** Who deletes has seen what there is to delete, and takes "not found" for "gone". */
const removes = /^(Delete|Detach|Untag)/;

interface Named {
  readonly PermissionSetArn?: string;
  readonly ApplicationArn?: string;
  readonly PrincipalType?: string;
  readonly PrincipalId?: string;
  readonly GroupId?: string;
  readonly UserId?: string;
  readonly MemberId?: { readonly UserId?: string };
}

/** What a host that is behind answers to a write that names what it doesn't know yet; undefined where it knows all. */
export function refuseUnknown(behind: World, operation: string, input: unknown): ServiceError | undefined {
  if (removes.test(operation)) return undefined;
  const given = (input ?? {}) as Named;
  const {
    PermissionSetArn: set,
    ApplicationArn: application,
    PrincipalId: principal,
    PrincipalType: type,
    GroupId: group,
  } = given;
  const user = given.UserId ?? given.MemberId?.UserId;
  const principals = type === 'USER' ? behind.users : behind.groups;
  if (set !== undefined && !behind.permissionSets.has(set)) {
    return notFound(`Could not find PermissionSet with id ${permissionSetId(set)}`);
  }
  if (application !== undefined && !behind.applications.has(application)) {
    return notFound(`Could not find Application with arn ${application}`);
  }
  if (principal !== undefined && !principals.has(principal)) {
    return notFound(`Could not find ${type} with id ${principal}`);
  }
  if (group !== undefined && !behind.groups.has(group)) return notFoundHere('GROUP', group);
  if (user !== undefined && !behind.users.has(user)) return notFoundHere('USER', user);
  return undefined;
}
