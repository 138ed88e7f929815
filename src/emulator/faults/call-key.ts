import type { World } from '../world.ts';

/**
 * What a call asks for, as text. Ids are replaced by names, because an id depends on what else was made before; and a
 * token by the fact that there is one, because it holds a place among such. What is gone keeps the name that it had.
 */
export function createCallKeys(world: World): (operation: string, input: unknown) => string {
  const known = new Map<string, string>();

  const nameOf = (text: string): string => {
    const name = known.get(text) ?? findName(text);
    if (name === undefined) return text;
    known.set(text, name);
    return name;
  };

  const findName = (id: string): string | undefined => {
    const membership = world.memberships.get(id);
    if (membership) return `${nameOf(membership.UserId)} in ${nameOf(membership.GroupId)}`;
    const request = world.requests.get(id) as Partial<Record<string, string>> | undefined;
    if (request) {
      const { Kind, AccountId, PermissionSetArn, PrincipalType, PrincipalId, Name } = request;
      const what = [Kind, AccountId, PermissionSetArn, PrincipalType, PrincipalId, Name];
      return what.map((part = '') => nameOf(part)).join(' ');
    }
    const { users, groups, permissionSets, applications } = world;
    const principal = users.get(id)?.UserName ?? groups.get(id)?.DisplayName;
    return principal ?? permissionSets.get(id)?.Name ?? applications.get(id)?.Name;
  };

  return (operation, input) =>
    `${operation} ${JSON.stringify(input, (member, value: unknown) => {
      if (typeof value !== 'string') return value;
      return member === 'NextToken' ? 'another page' : nameOf(value);
    })}`;
}
