import type { Resource } from '../core/resource.ts';
import type { World } from '../core/world.ts';

/**
 * What a call asks for, as text. Ids are replaced by names, because an id depends on what else was made before; and a
 * token by the fact that there is one, because it holds a place among such. What is gone keeps the name that it had.
 */
export function createCallKeys(
  world: World,
  resources: readonly Resource[],
): (operation: string, input: unknown) => string {
  const known = new Map<string, string>();

  const nameOf = (text: string): string => {
    const name = known.get(text) ?? findName(text);
    if (name === undefined) return text;
    known.set(text, name);
    return name;
  };

  const findName = (id: string): string | undefined => {
    const request = world.requests.get(id) as Partial<Record<string, string>> | undefined;
    if (request) {
      const { Kind, AccountId, PermissionSetArn, PrincipalType, PrincipalId, Name } = request;
      const what = [Kind, AccountId, PermissionSetArn, PrincipalType, PrincipalId, Name];
      return what.map((part = '') => nameOf(part)).join(' ');
    }
    for (const resource of resources) {
      const name = resource.nameOf?.(world, id, nameOf);
      if (name !== undefined) return name;
    }
    return undefined;
  };

  return (operation, input) =>
    `${operation} ${JSON.stringify(input, (member, value: unknown) => {
      if (typeof value !== 'string') return value;
      return member === 'NextToken' ? 'another page' : nameOf(value);
    })}`;
}
