import { hexId } from '../../core/ids.ts';
import type { World } from '../../core/world.ts';

interface RoleArns {
  /** Where the role is. */
  role: string;
  /** What IAM judges reads by while there is no role of that name: it has no path then (observed). */
  unborn: string;
}

/** The role that a permission set becomes in an account. Its path has the Region, except in us-east-1. */
export function reservedRoleArns(
  { organization, instance }: World,
  accountId: string,
  permissionSet: { readonly Name: string; readonly PermissionSetArn: string },
): RoleArns {
  const prefix = `arn:${organization.Partition}:iam::${accountId}:role`;
  const name = `AWSReservedSSO_${permissionSet.Name}_${hexId(`role ${accountId} ${permissionSet.PermissionSetArn}`)}`;
  const region = instance.Region === 'us-east-1' ? '' : `${instance.Region}/`;
  return { role: `${prefix}/aws-reserved/sso.amazonaws.com/${region}${name}`, unborn: `${prefix}/${name}` };
}

/** The SAML provider that an account's roles trust. */
export function samlProviderArn({ organization, instance }: World, accountId: string): string {
  const id = hexId(`saml-provider ${instance.InstanceArn}`);
  return `arn:${organization.Partition}:iam::${accountId}:saml-provider/AWSSSO_${id}_DO_NOT_DELETE`;
}
