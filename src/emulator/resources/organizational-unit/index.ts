import type { Context } from '../../core/context.ts';
import { ServiceError } from '../../core/errors.ts';
import { takeRows } from '../../core/paging.ts';
import { defineResource, operation, taggedRow } from '../../core/resource.ts';
import { string, structure } from '../../core/shape.ts';
import { nextId } from '../../core/world.ts';
import { arnOf } from '../../services/organizations/arns.ts';
import { organizations } from '../../services/organizations/service.ts';
import { pageSize, paged, ParentId, Tags } from '../../services/organizations/shapes.ts';
import { mergeTags } from '../../services/organizations/tags.ts';
import { type OrganizationalUnit, organizationalUnitId, organizationalUnits, pathOf, requireParent } from './table.ts';

declare module '../../core/changes.ts' {
  interface Changes {
    'organizational-unit-created': { organizationalUnitId: string };
    'organizational-unit-updated': { organizationalUnitId: string };
  }
}

const OrganizationalUnitId = string({ max: 68, pattern: '^ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}$' });

export const organizationalUnit = defineResource({
  service: organizations,
  tables: { organizationalUnits },
  operations: {
    ListOrganizationalUnitsForParent: operation(structure({ ParentId }, paged), onParent, (context, input) => {
      const { organizationalUnits } = context.world;
      requireParent(context, input.ParentId);
      const rows = organizationalUnits.by('parent', input.ParentId);
      const page = takeRows(context, input, rows, organizationalUnits, pageSize);
      return { OrganizationalUnits: page.items.map((unit) => describe(context, unit)), ...page.next };
    }),

    DescribeOrganizationalUnit: operation(
      structure({ OrganizationalUnitId }),
      ({ OrganizationalUnitId }, { world }) => [arnOf(world, OrganizationalUnitId)],
      (context, input) => {
        const unit = context.world.organizationalUnits.get(input.OrganizationalUnitId);
        if (!unit) {
          throw new ServiceError(
            'OrganizationalUnitNotFoundException',
            "You specified an organizational unit that doesn't exist.",
          );
        }
        return { OrganizationalUnit: describe(context, unit) };
      },
    ),

    CreateOrganizationalUnit: operation(
      structure({ ParentId, Name: string({ min: 1, max: 128, pattern: '[\\s\\S]*' }) }, { Tags }),
      onParent,
      (context, input) => {
        const { world } = context;
        const { ParentId, Name } = input;
        requireParent(context, ParentId);
        if (world.organizationalUnits.by('parent', ParentId).some((unit) => unit.Name === Name)) {
          throw new ServiceError('DuplicateOrganizationalUnitException', 'An OU with the same name already exists.');
        }
        checkDepth(context, ParentId);
        const Id = organizationalUnitId(world.organization.RootId, nextId(world, 'organizational-unit'));
        const unit: OrganizationalUnit = { Id, Name, ParentId, Tags: mergeTags([], input.Tags ?? []) };
        world.organizationalUnits.put(unit);
        context.report({ type: 'organizational-unit-created', organizationalUnitId: Id });
        return { OrganizationalUnit: describe(context, unit) };
      },
    ),
  },
  tagged: ({ world, report }, id) =>
    taggedRow(world.organizationalUnits, id, () => {
      report({ type: 'organizational-unit-updated', organizationalUnitId: id });
    }),
});

function onParent({ ParentId }: { readonly ParentId: string }, { world }: Context): string[] {
  return [arnOf(world, ParentId)];
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
