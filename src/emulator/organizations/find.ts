import type { Context } from '../context.ts';
import { ServiceError } from '../errors.ts';
import type { Account, OrganizationalUnit } from '../rows.ts';
import type { World } from '../world.ts';

export function requireAccount({ world }: Context, id: string): Account {
  const found = world.accounts.get(id);
  if (found) return found;
  throw new ServiceError('AccountNotFoundException', "You specified an account that doesn't exist.");
}

export function isParent({ organization, organizationalUnits }: World, id: string): boolean {
  return id === organization.RootId || organizationalUnits.has(id);
}

export function requireParent({ world }: Context, id: string, error = 'ParentNotFoundException'): void {
  if (!isParent(world, id)) throw new ServiceError(error, "You specified parent that doesn't exist.");
}

function arnPrefix({ organization }: World): string {
  return `arn:${organization.Partition}:organizations::${organization.ManagementAccountId}`;
}

export function organizationArn(world: World): string {
  return `${arnPrefix(world)}:organization/${world.organization.Id}`;
}

export function accountArn(world: World, id: string): string {
  return `${arnPrefix(world)}:account/${world.organization.Id}/${id}`;
}

export function rootArn(world: World): string {
  return `${arnPrefix(world)}:root/${world.organization.Id}/${world.organization.RootId}`;
}

export function unitArn(world: World, id: string): string {
  return `${arnPrefix(world)}:ou/${world.organization.Id}/${id}`;
}

/** `o-.../r-.../ou-.../`: the way down from the organization to a root or OU. */
function pathOf({ organization, organizationalUnits }: World, id: string): string {
  const names: string[] = [];
  let unit = organizationalUnits.get(id);
  while (unit) {
    names.unshift(unit.Id);
    unit = organizationalUnits.get(unit.ParentId);
  }
  return [organization.Id, organization.RootId, ...names, ''].join('/');
}

export function describeAccount({ world, behaviour }: Context, account: Account) {
  const { Id, Email, Name, State, ParentId, JoinedMethod, JoinedTimestamp } = account;
  // The API model retires Status in favour of State, which knows more of them.
  const Status = State === 'CLOSED' ? 'SUSPENDED' : State === 'PENDING_ACTIVATION' ? 'ACTIVE' : State;
  return {
    Id,
    Arn: accountArn(world, Id),
    Email,
    Name,
    ...(behaviour.accountStatus === 'absent' ? {} : { Status }),
    State,
    ...(behaviour.organizationPaths === 'absent' ? {} : { Paths: [`${pathOf(world, ParentId)}${Id}/`] }),
    JoinedMethod,
    JoinedTimestamp,
  };
}

export function describeUnit({ world, behaviour }: Context, { Id, Name }: OrganizationalUnit) {
  const path = behaviour.organizationPaths === 'absent' ? {} : { Path: pathOf(world, Id) };
  return { Id, Arn: unitArn(world, Id), Name, ...path };
}
