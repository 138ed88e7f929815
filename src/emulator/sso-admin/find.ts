import type { Context } from '../context.ts';
import { accessDenied, notFound, validationError } from '../errors.ts';
import { permissionSetId } from '../ids.ts';
import type { Account, Application, Instance, PermissionSet, PrincipalType } from '../rows.ts';

/**
 * These declare no ResourceNotFoundException in the API model; an instance they can't find is one that the caller has
 * no access to.
 */
const answersAccessDenied = new Set(['DescribeInstance', 'ListRegions']);

/** The ARN of an instance holds no Region, but only its home Region knows it. */
export function requireInstance(context: Context, arn: string): Instance {
  const { world, atHome, caller, operation } = context;
  const { instance } = world;
  if (atHome && arn === instance.InstanceArn) return instance;
  if (answersAccessDenied.has(operation)) throw accessDenied(caller.arn, `sso:${operation}`, arn);
  throw notFound(`Could not find Instance with arn ${arn}`);
}

export const notForAccountInstances = 'The operation is not supported for this Identity Center instance';

/** An account instance has users, groups and applications, but no permission sets and no account assignments. */
export function requireOrganizationInstance(context: Context, arn: string): Instance {
  const instance = requireInstance(context, arn);
  if (instance.Kind === 'organization') return instance;
  throw validationError(notForAccountInstances);
}

export function requirePermissionSet(
  context: Context,
  input: { readonly InstanceArn: string; readonly PermissionSetArn: string },
): PermissionSet {
  requireOrganizationInstance(context, input.InstanceArn);
  const found = context.world.permissionSets.get(input.PermissionSetArn);
  if (!found) throw notFound(`Could not find PermissionSet with id ${permissionSetId(input.PermissionSetArn)}`);
  return found;
}

export function requireAccount({ world }: Context, id: string): Account {
  const found = world.accounts.get(id);
  if (!found) throw notFound(`Could not find account with id ${id}`);
  return found;
}

export function requireApplication(context: Context, input: { readonly ApplicationArn: string }): Application {
  const found = context.atHome ? context.world.applications.get(input.ApplicationArn) : undefined;
  if (!found) throw notFound(`Could not find Application with arn ${input.ApplicationArn}`);
  return found;
}

export function requirePrincipal({ world }: Context, type: PrincipalType, id: string): void {
  const found = type === 'USER' ? world.users.has(id) : world.groups.has(id);
  if (!found) throw notFound(`Could not find ${type} with id ${id}`);
}
