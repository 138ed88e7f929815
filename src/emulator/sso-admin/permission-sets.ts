import type { Context, Handlers } from '../context.ts';
import { timestamp } from '../context.ts';
import { secondsOf } from '../duration.ts';
import { conflict, quotaExceeded, validationError } from '../errors.ts';
import { permissionSetArn, permissionSetId } from '../ids.ts';
import { takeRows } from '../paging.ts';
import type { PermissionSet } from '../rows.ts';
import { nextId } from '../world.ts';
import { requireOrganizationInstance, requirePermissionSet } from './find.ts';
import type { ssoAdminShapes } from './shapes.ts';
import { mergeTags } from './tags.ts';

export const permissionSets = {
  ListPermissionSets(context, input) {
    requireOrganizationInstance(context, input.InstanceArn);
    const { permissionSets } = context.world;
    const page = takeRows(context, input, permissionSets.rows(), permissionSets);
    return { PermissionSets: page.items.map((row) => row.PermissionSetArn), ...page.next };
  },

  DescribePermissionSet(context, input) {
    return { PermissionSet: describe(requirePermissionSet(context, input)) };
  },

  CreatePermissionSet(context, input) {
    const { world, behaviour } = context;
    const instance = requireOrganizationInstance(context, input.InstanceArn);
    const { Name, Description, RelayState, SessionDuration = 'PT1H', Tags = [] } = input;
    checkDuration(SessionDuration);
    if (world.permissionSets.count('name', Name) > 0) {
      throw conflict(`PermissionSet with name ${Name} already exists.`);
    }
    if (world.permissionSets.size >= behaviour.quotas.permissionSets) {
      throw quotaExceeded(
        `You have exceeded AWS SSO limits. Cannot create more than ${behaviour.quotas.permissionSets} permission sets.`,
      );
    }
    const row: PermissionSet = {
      PermissionSetArn: permissionSetArn(instance.InstanceArn, nextId(world, 'permission-set')),
      Name,
      ...(Description === undefined ? {} : { Description }),
      SessionDuration,
      ...(RelayState === undefined ? {} : { RelayState }),
      CreatedDate: timestamp(context),
      ManagedPolicyArns: [],
      CustomerManagedPolicyReferences: [],
      Tags: mergeTags(context, [], Tags),
      Revision: 1,
    };
    world.permissionSets.put(row);
    context.report({ type: 'permission-set-created', permissionSetArn: row.PermissionSetArn });
    return { PermissionSet: describe(row) };
  },

  UpdatePermissionSet(context, input) {
    const { RelayState: _cleared, ...before } = requirePermissionSet(context, input);
    const { Description = before.Description, RelayState, SessionDuration = before.SessionDuration } = input;
    checkDuration(SessionDuration);
    const roleChanges = SessionDuration !== before.SessionDuration;
    changePermissionSet(
      context,
      {
        ...before,
        SessionDuration,
        ...(Description === undefined ? {} : { Description }),
        // Observed by Terraform's authors: a RelayState that is left out is cleared.
        ...(RelayState === undefined ? {} : { RelayState }),
      },
      roleChanges || context.behaviour.textEditsNeedProvisioning,
    );
    return {};
  },

  DeletePermissionSet(context, input) {
    const { world } = context;
    const { PermissionSetArn } = requirePermissionSet(context, input);
    const inUse =
      world.provisioned.count('permissionSet', PermissionSetArn) > 0 ||
      world.assignments.count('permissionSet', PermissionSetArn) > 0 ||
      world.jobs.rows().some((job) => job.Content?.PermissionSetArn === PermissionSetArn);
    if (inUse) {
      throw conflict(
        `Could not delete because PermissionSet with id ${permissionSetId(PermissionSetArn)} is provisioned to accounts or has account assignments.`,
      );
    }
    world.permissionSets.delete(PermissionSetArn);
    context.report({ type: 'permission-set-deleted', permissionSetArn: PermissionSetArn });
    return {};
  },
} satisfies Partial<Handlers<typeof ssoAdminShapes>>;

/** Stores a changed permission set. Provisioned copies become stale only where the change is one that roles have. */
export function changePermissionSet(context: Context, row: PermissionSet, makesStale: boolean): void {
  context.world.permissionSets.put(makesStale ? { ...row, Revision: row.Revision + 1 } : row);
  context.report({ type: 'permission-set-updated', permissionSetArn: row.PermissionSetArn });
}

function describe(row: PermissionSet) {
  const { Name, PermissionSetArn, Description, CreatedDate, SessionDuration, RelayState } = row;
  return { Name, PermissionSetArn, Description, CreatedDate, SessionDuration, RelayState };
}

/** User guide: a session lasts between 1 and 12 hours. The API model takes any ISO 8601 duration. */
function checkDuration(text: string): void {
  // A day, or anything longer, is too long already.
  const seconds = secondsOf(text);
  if (seconds === undefined || seconds < 3600 || seconds > 12 * 3600) {
    throw validationError(`Session duration ${text} is not valid: it must be between 1 hour and 12 hours.`);
  }
}
