import type { Context } from '../../core/context.ts';
import { quotaExceeded, validationError } from '../../core/errors.ts';
import { uuid } from '../../core/ids.ts';
import { takeRows } from '../../core/paging.ts';
import { operation } from '../../core/resource.ts';
import { string, structure } from '../../core/shape.ts';
import { fold, nextId } from '../../core/world.ts';
import { identityArn, storeArn } from '../../services/identity-store/arns.ts';
import { applyOperations, type Attribute } from '../../services/identity-store/attribute-paths.ts';
import {
  AlternateIdentifier,
  Filters,
  IdentityStoreId,
  Operations,
  paged,
  ResourceId as GroupId,
  Text,
} from '../../services/identity-store/shapes.ts';
import { checkRevision, nextRevision, Revision, revisionOf } from '../../services/identity-store/revisions.ts';
import {
  acceptAbsent,
  type AlternateIdentifier as Wanted,
  createdNow,
  duplicate,
  externalIdKey,
  isReserved,
  notFoundHere,
  requireStore,
  updatedNow,
  wantedText,
} from '../../services/identity-store/store.ts';
import { type Group, requireGroup } from './table.ts';

const GroupDisplayName = string({
  min: 1,
  max: 1024,
  pattern: '[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\t\\n\\r \u00A0\u3000]+',
});

/** What UpdateGroup can set, by path. */
const groupPaths: Readonly<Record<string, Attribute>> = {
  displayName: { at: ['DisplayName'], shape: GroupDisplayName, required: true },
  description: { at: ['Description'], shape: Text },
};

export const groupOperations = {
  CreateGroup: operation(
    structure({ IdentityStoreId }, { DisplayName: GroupDisplayName, Description: Text }),
    onStore,
    (context, input) => {
      const { world, behaviour } = context;
      requireStore(context, input.IdentityStoreId);
      const { DisplayName, Description } = input;
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
      return identify(context, group);
    },
  ),

  DescribeGroup: operation(structure({ IdentityStoreId, GroupId }), onGroup, (context, input) => {
    return describe(context, requireGroup(context, input));
  }),

  UpdateGroup: operation(
    structure({ IdentityStoreId, GroupId, Operations }, { Revision }),
    onGroup,
    (context, input) => {
      const before = requireGroup(context, input);
      checkRevision(context, before, input);
      const after = applyOperations(before, groupPaths, input.Operations);
      const group: Group = { ...after, ...updatedNow(context), ...nextRevision(before) };
      checkUnique(context, group);
      context.world.groups.put(group);
      context.report({ type: 'group-updated', groupId: group.GroupId });
      return identify(context, group);
    },
  ),

  DeleteGroup: operation(structure({ IdentityStoreId, GroupId }, { Revision }), onGroup, (context, input) => {
    const group = acceptAbsent(context, () => requireGroup(context, input));
    if (!group) return {};
    checkRevision(context, group, input);
    // As with users, the group's assignments stay behind.
    context.world.groups.delete(group.GroupId);
    context.report({ type: 'group-deleted', groupId: group.GroupId });
    return {};
  }),

  ListGroups: operation(structure({ IdentityStoreId }, { ...paged, Filters }), onAnyGroup, (context, input) => {
    requireStore(context, input.IdentityStoreId);
    const { groups } = context.world;
    const [filter] = input.Filters ?? [];
    if (filter && fold(filter.AttributePath) !== 'displayname') {
      throw validationError(`Filtering by ${filter.AttributePath} is not supported.`);
    }
    const rows = filter ? groups.by('name', filter.AttributeValue) : groups.rows();
    const page = takeRows(context, input, rows, groups);
    return { Groups: page.items.map((group) => describe(context, group)), ...page.next };
  }),

  GetGroupId: operation(structure({ IdentityStoreId, AlternateIdentifier }), onAnyGroup, (context, input) => {
    requireStore(context, input.IdentityStoreId);
    const [found] = find(context, input.AlternateIdentifier);
    if (!found) throw notFoundHere('GROUP');
    const { Revision: _revision, ...identity } = identify(context, found);
    return identity;
  }),
};

function onStore(_input: object, { world }: Context): string[] {
  return [storeArn(world)];
}

function onGroup({ GroupId }: { readonly GroupId: string }, { world }: Context): string[] {
  return [identityArn(world, 'group', GroupId), storeArn(world)];
}

/** Of a request that names no group by id. */
function onAnyGroup(_input: object, context: Context): string[] {
  return onGroup({ GroupId: '*' }, context);
}

function find({ world }: Context, wanted: Wanted): Group[] {
  const { ExternalId, UniqueAttribute } = wanted;
  if (ExternalId) return world.groups.by('externalId', externalIdKey(ExternalId));
  const name = wantedText(wanted);
  if (fold(UniqueAttribute?.AttributePath ?? '') !== 'displayname') {
    throw validationError(`Attribute path ${UniqueAttribute?.AttributePath} is not a unique attribute of groups.`);
  }
  return world.groups.by('name', name);
}

/** What every answer about a group begins with. */
function identify({ world, behaviour }: Context, group: Group) {
  const { GroupId } = group;
  const { IdentityStoreId } = world.instance;
  return { IdentityStoreId, GroupId, GroupArn: identityArn(world, 'group', GroupId), ...revisionOf(behaviour, group) };
}

function describe(context: Context, group: Group) {
  const { Revision: _revision, ...attributes } = group;
  return { ...attributes, ...identify(context, group) };
}

function checkUnique({ world }: Context, { GroupId, DisplayName }: Group): void {
  if (isReserved(DisplayName)) throw validationError(`${DisplayName} is a reserved group name.`);
  if (world.groups.by('name', DisplayName).some((row) => row.GroupId !== GroupId)) throw duplicate('GroupDisplayName');
}
