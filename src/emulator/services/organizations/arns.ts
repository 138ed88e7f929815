import type { World } from '../../core/world.ts';

function arnPrefix({ organization }: World): string {
  return `arn:${organization.Partition}:organizations::${organization.ManagementAccountId}`;
}

export function organizationArn(world: World): string {
  return `${arnPrefix(world)}:organization/${world.organization.Id}`;
}

/** The ARN of an account, a unit or the root, as its id says. */
export function arnOf(world: World, id: string): string {
  const type = id.startsWith('r-') ? 'root' : id.startsWith('ou-') ? 'ou' : 'account';
  return `${arnPrefix(world)}:${type}/${world.organization.Id}/${id}`;
}
