import type { Context } from '../../core/context.ts';
import { ServiceError } from '../../core/errors.ts';
import { takeRows } from '../../core/paging.ts';
import { operation } from '../../core/resource.ts';
import { string, structure } from '../../core/shape.ts';
import { nextId } from '../../core/world.ts';
import { arnOf } from '../../services/organizations/arns.ts';
import { pageSize, paged, ParentId, Tags } from '../../services/organizations/shapes.ts';
import { mergeTags } from '../../services/organizations/tags.ts';
import { type OrganizationalUnit, organizationalUnitId, pathOf, requireParent } from './table.ts';

const OrganizationalUnitId = string({ max: 68, pattern: '^ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}$' });
const Name = string({ min: 1, max: 128, pattern: '[\\s\\S]*' });

export const organizationalUnitOperations = {
  ListOrganizationalUnitsForParent: operation(structure({ ParentId }, paged), onParent, (context, input) => {
    const { organizationalUnits } = context.world;
    requireParent(context, input.ParentId);
    const rows = organizationalUnits.by('parent', input.ParentId);
    const page = takeRows(context, input, rows, organizationalUnits, pageSize);
    return { OrganizationalUnits: page.items.map((unit) => describe(context, unit)), ...page.next };
  }),

  DescribeOrganizationalUnit: operation(structure({ OrganizationalUnitId }), onUnit, (context, input) => ({
    OrganizationalUnit: describe(context, requireUnit(context, input)),
  })),

  CreateOrganizationalUnit: operation(structure({ ParentId, Name }, { Tags }), onParent, (context, input) => {
    const { world } = context;
    const { ParentId, Name } = input;
    requireParent(context, ParentId);
    refuseTwin(context, ParentId, Name);
    checkDepth(context, ParentId);
    const Id = organizationalUnitId(world.organization.RootId, nextId(world, 'organizational-unit'));
    const unit: OrganizationalUnit = { Id, Name, ParentId, Tags: mergeTags([], input.Tags ?? []) };
    world.organizationalUnits.put(unit);
    context.report({ type: 'organizational-unit-created', organizationalUnitId: Id });
    return { OrganizationalUnit: describe(context, unit) };
  }),

  UpdateOrganizationalUnit: operation(structure({ OrganizationalUnitId }, { Name }), onUnit, (context, input) => {
    const before = requireUnit(context, input);
    const { Name = before.Name } = input;
    if (Name !== before.Name) refuseTwin(context, before.ParentId, Name);
    const unit: OrganizationalUnit = { ...before, Name };
    context.world.organizationalUnits.put(unit);
    context.report({ type: 'organizational-unit-updated', organizationalUnitId: unit.Id });
    return { OrganizationalUnit: describe(context, unit) };
  }),

  DeleteOrganizationalUnit: operation(structure({ OrganizationalUnitId }), onUnit, (context, input) => {
    const { world, report } = context;
    const { Id } = requireUnit(context, input);
    if (world.accounts.count('parent', Id) + world.organizationalUnits.count('parent', Id) > 0) {
      throw new ServiceError(
        'OrganizationalUnitNotEmptyException',
        'The specified OU is not empty. Move all accounts to another root or to other OUs, remove all child OUs, and try the operation again.',
      );
    }
    world.organizationalUnits.delete(Id);
    report({ type: 'organizational-unit-deleted', organizationalUnitId: Id });
    return {};
  }),
};

function onParent({ ParentId }: { readonly ParentId: string }, { world }: Context): string[] {
  return [arnOf(world, ParentId)];
}

interface UnitInput {
  readonly OrganizationalUnitId: string;
}

function onUnit({ OrganizationalUnitId }: UnitInput, { world }: Context): string[] {
  return [arnOf(world, OrganizationalUnitId)];
}

function requireUnit({ world }: Context, { OrganizationalUnitId }: UnitInput): OrganizationalUnit {
  const found = world.organizationalUnits.get(OrganizationalUnitId);
  if (found) return found;
  throw new ServiceError(
    'OrganizationalUnitNotFoundException',
    "You specified an organizational unit that doesn't exist.",
  );
}

function refuseTwin({ world }: Context, parentId: string, name: string): void {
  if (!world.organizationalUnits.by('parent', parentId).some((unit) => unit.Name === name)) return;
  throw new ServiceError('DuplicateOrganizationalUnitException', 'An OU with the same name already exists.');
}

/** User guide: OUs nest five levels deep under the root. */
function checkDepth({ world }: Context, parentId: string): void {
  let depth = 1;
  for (let unit = world.organizationalUnits.get(parentId); unit; depth++) {
    unit = world.organizationalUnits.get(unit.ParentId);
  }
  if (depth <= 5) return;
  throw new ServiceError('ConstraintViolationException', 'You have exceeded the allowed depth of the OU hierarchy.', {
    Reason: 'OU_DEPTH_LIMIT_EXCEEDED',
  });
}

function describe({ world, behaviour }: Context, { Id, Name }: OrganizationalUnit) {
  const path = behaviour.organizationPaths === 'absent' ? {} : { Path: pathOf(world, Id) };
  return { Id, Arn: arnOf(world, Id), Name, ...path };
}
