import { timestamp } from '../../core/context.ts';
import { secondsOf } from '../../core/duration.ts';
import { conflict, quotaExceeded, validationError } from '../../core/errors.ts';
import { takeRows } from '../../core/paging.ts';
import { operation } from '../../core/resource.ts';
import { string, structure } from '../../core/shape.ts';
import { nextId } from '../../core/world.ts';
import { arnInInstance, onInstance, requirePermissionSets } from '../../services/sso-admin/instance.ts';
import { InstanceArn, ofInstance, paged, Tags } from '../../services/sso-admin/shapes.ts';
import { mergeTags } from '../../services/sso-admin/tags.ts';
import {
  changePermissionSet,
  ofPermissionSet,
  onPermissionSet,
  type PermissionSet,
  permissionSetArn,
  permissionSetId,
  requirePermissionSet,
} from './table.ts';

const Name = string({ min: 1, max: 32, pattern: '[\\w+=,.@-]+' });
const Description = string({ min: 1, max: 700, pattern: '[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u00A1-\\u00FF]*' });
const SessionDuration = string({
  min: 1,
  max: 100,
  pattern:
    '(-?)P(?=\\d|T\\d)(?:(\\d+)Y)?(?:(\\d+)M)?(?:(\\d+)([DW]))?(?:T(?:(\\d+)H)?(?:(\\d+)M)?(?:(\\d+(?:\\.\\d+)?)S)?)?',
});
const RelayState = string({
  min: 1,
  max: 240,
  pattern: '[a-zA-Z0-9&$@#\\\\\\/%?=~\\-_\'"|!:,.;*+\\[\\]\\ \\(\\)\\{\\}]+',
});

export const permissionSetOperations = {
  ListPermissionSets: operation(structure(ofInstance, paged), onInstance, (context, input) => {
    requirePermissionSets(context, input);
    const { permissionSets } = context.world;
    const page = takeRows(context, input, permissionSets.rows(), permissionSets);
    return { PermissionSets: page.items.map((row) => row.PermissionSetArn), ...page.next };
  }),

  DescribePermissionSet: operation(structure(ofPermissionSet), onPermissionSet, (context, input) => {
    return { PermissionSet: describe(requirePermissionSet(context, input)) };
  }),

  CreatePermissionSet: operation(
    structure({ InstanceArn, Name }, { Description, SessionDuration, RelayState, Tags }),
    onNewPermissionSet,
    (context, input) => {
      const { world, behaviour } = context;
      const instance = requirePermissionSets(context, input);
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
  ),

  UpdatePermissionSet: operation(
    structure(ofPermissionSet, { Description, SessionDuration, RelayState }),
    onPermissionSet,
    (context, input) => {
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
  ),

  DeletePermissionSet: operation(structure(ofPermissionSet), onPermissionSet, (context, input) => {
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
  }),
};

function onNewPermissionSet({ InstanceArn }: { readonly InstanceArn: string }): string[] {
  return [arnInInstance(InstanceArn, 'permissionSet', '*'), InstanceArn];
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
