import type { Context, Handlers } from '../context.ts';
import { quotaExceeded, validationError } from '../errors.ts';
import { uuid } from '../ids.ts';
import { takeRows } from '../paging.ts';
import type { Group } from '../rows.ts';
import { externalIdKey, fold, nextId } from '../world.ts';
import { applyOperations, groupPaths } from './attributes.ts';
import {
  acceptAbsent,
  type AlternateIdentifier,
  createdNow,
  duplicate,
  isReserved,
  notFoundHere,
  requireGroup,
  requireStore,
  textOf,
  updatedNow,
} from './find.ts';
import { dropApplicationAssignments } from './left-behind.ts';
import { dropMemberships } from './memberships.ts';
import type { identityStoreShapes } from './shapes.ts';

export const groups = {
  CreateGroup(context, input) {
    const { world, behaviour } = context;
    requireStore(context, input.IdentityStoreId);
    const { IdentityStoreId, DisplayName, Description } = input;
    if (DisplayName === undefined) {
      throw validationError('displayName: The attribute displayName is required.');
    }
    if (world.groups.size >= behaviour.quotas.groups) {
      throw quotaExceeded(`The number of groups can't be more than ${behaviour.quotas.groups}.`);
    }
    const GroupId = uuid(nextId(world, 'group'));
    const described = Description === undefined ? {} : { Description };
    const group: Group = { GroupId, DisplayName, ...described, ...createdNow(context) };
    checkUnique(context, group);
    world.groups.put(group);
    context.report({ type: 'group-created', groupId: GroupId });
    return { GroupId, IdentityStoreId };
  },

  DescribeGroup(context, input) {
    return describe(context, requireGroup(context, input));
  },

  UpdateGroup(context, input) {
    const before = requireGroup(context, input);
    const group: Group = { ...applyOperations(before, groupPaths, input.Operations), ...updatedNow(context) };
    checkUnique(context, group);
    context.world.groups.put(group);
    context.report({ type: 'group-updated', groupId: group.GroupId });
    return {};
  },

  DeleteGroup(context, input) {
    const group = acceptAbsent(context, () => requireGroup(context, input));
    if (!group) return {};
    // As with users, the group's assignments stay behind.
    context.world.groups.delete(group.GroupId);
    context.report({ type: 'group-deleted', groupId: group.GroupId });
    dropMemberships(context, context.world.memberships.by('group', group.GroupId));
    dropApplicationAssignments(context, 'GROUP', group.GroupId);
    return {};
  },

  ListGroups(context, input) {
    requireStore(context, input.IdentityStoreId);
    const { groups } = context.world;
    const [filter] = input.Filters ?? [];
    if (filter && fold(filter.AttributePath) !== 'displayname') {
      throw validationError(`Filtering by ${filter.AttributePath} is not supported.`);
    }
    const rows = filter ? groups.by('name', filter.AttributeValue) : groups.rows();
    const page = takeRows(context, input, rows, groups);
    return { Groups: page.items.map((group) => describe(context, group)), ...page.next };
  },

  GetGroupId(context, input) {
    requireStore(context, input.IdentityStoreId);
    const [found] = find(context, input.AlternateIdentifier);
    if (!found) throw notFoundHere('GROUP');
    return { GroupId: found.GroupId, IdentityStoreId: input.IdentityStoreId };
  },
} satisfies Partial<Handlers<typeof identityStoreShapes>>;

function find({ world }: Context, { ExternalId, UniqueAttribute }: AlternateIdentifier): Group[] {
  if (ExternalId) return world.groups.by('externalId', externalIdKey(ExternalId));
  if (fold(UniqueAttribute?.AttributePath ?? '') !== 'displayname') {
    throw validationError(`Attribute path ${UniqueAttribute?.AttributePath} is not a unique attribute of groups.`);
  }
  return world.groups.by('name', textOf(UniqueAttribute?.AttributeValue));
}

function describe({ world }: Context, group: Group) {
  return { IdentityStoreId: world.instance.IdentityStoreId, ...group };
}

function checkUnique({ world }: Context, { GroupId, DisplayName }: Group): void {
  if (isReserved(DisplayName)) throw validationError(`${DisplayName} is a reserved group name.`);
  if (world.groups.by('name', DisplayName).some((row) => row.GroupId !== GroupId)) throw duplicate('GroupDisplayName');
}
