import type { Context } from '../../core/context.ts';
import { notFound } from '../../core/errors.ts';
import type { World } from '../../core/world.ts';

/** An account by its id, as Identity Center looks for it. */
export function requireAccount({ world }: Context, id: string) {
  const found = world.accounts.get(id);
  if (!found) throw notFound(`Could not find account with id ${id}`);
  return found;
}

/** An account as IAM policies on Identity Center name it; `*` for all of them. */
export function accountArn({ organization }: World, id: string): string {
  return `arn:${organization.Partition}:sso:::account/${id}`;
}
