import type { Context } from '../../core/context.ts';
import { accessDenied, notFound, validationError } from '../../core/errors.ts';
import type { Instance } from '../../core/world.ts';

interface InstanceInput {
  readonly InstanceArn: string;
}

/** The ARN of an instance holds no Region, but only its own Regions know it. */
export function requireInstance(context: Context, { InstanceArn }: InstanceInput): Instance {
  const found = findInstance(context, InstanceArn);
  if (!found) throw notFound(`Could not find Instance with arn ${InstanceArn}`);
  return found;
}

/**
 * For operations that declare no ResourceNotFoundException in the API model: an instance they can't find is one that the
 * caller has no access to.
 */
export function requireAccessibleInstance(context: Context, { InstanceArn }: InstanceInput): Instance {
  const { caller, operation } = context;
  const found = findInstance(context, InstanceArn);
  if (!found) throw accessDenied(caller.arn, `sso:${operation}`, InstanceArn);
  return found;
}

function findInstance({ world, regionRole }: Context, arn: string): Instance | undefined {
  return regionRole !== 'other' && arn === world.instance.InstanceArn ? world.instance : undefined;
}

export const notForAccountInstances = 'The operation is not supported for this Identity Center instance';

export function hasPermissionSets({ Kind, PermissionSetsEnabled = true }: Instance): boolean {
  return Kind === 'organization' && PermissionSetsEnabled;
}

/**
 * An account instance has users, groups and applications, but no permission sets and no account assignments. Those of an
 * organization may be switched off; what is answered then the API model doesn't say.
 */
export function requirePermissionSets(context: Context, input: InstanceInput): Instance {
  const instance = requireInstance(context, input);
  if (hasPermissionSets(instance)) return instance;
  const { caller, operation, behaviour } = context;
  if (instance.Kind === 'organization' && behaviour.withoutPermissionSets === 'denied') {
    throw accessDenied(caller.arn, `sso:${operation}`, instance.InstanceArn);
  }
  throw validationError(notForAccountInstances);
}

/** What IAM judges an operation on the instance by. */
export function onInstance({ InstanceArn }: InstanceInput): string[] {
  return [InstanceArn];
}

/**
 * The ARN of something that an instance holds: `permissionSet/ssoins-.../ps-...`. Those of applications and trusted token
 * issuers name an account, too. `*` as its id stands for one that is still to be made.
 */
export function arnInInstance(instanceArn: string, type: string, id: string, accountId = ''): string {
  return `${instanceArn.replace(':sso:::instance/', `:sso::${accountId}:${type}/`)}/${id}`;
}
