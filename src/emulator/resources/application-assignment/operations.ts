import type { Context } from '../../core/context.ts';
import { conflict, notFound, quotaExceeded, validationError } from '../../core/errors.ts';
import { sorted, takePage, takeRows } from '../../core/paging.ts';
import { operation } from '../../core/resource.ts';
import { structure } from '../../core/shape.ts';
import { onInstance, requireInstance } from '../../services/sso-admin/instance.ts';
import { type Principal, principalKey, requirePrincipal, withGroups } from '../../services/sso-admin/principals.ts';
import { InstanceArn, paged, PrincipalId, PrincipalType } from '../../services/sso-admin/shapes.ts';
import { ofApplication, onApplication, requireApplication } from '../application/table.ts';
import { type ApplicationAssignment, applicationAssignmentKey, changeOf } from './table.ts';

const ofAssignment = { ...ofApplication, PrincipalId, PrincipalType };

export const applicationAssignmentOperations = {
  CreateApplicationAssignment: operation(structure(ofAssignment), onApplication, (context, input) => {
    const { world, behaviour, report } = context;
    const assignment = assignmentOf(context, input);
    requirePrincipal(context, assignment);
    if (world.applicationAssignments.has(applicationAssignmentKey(assignment))) {
      if (behaviour.createApplicationAssignmentAgain === 'success') return {};
      throw conflict(`The application assignment for ${assignment.PrincipalId} already exists.`);
    }
    checkQuota(context, assignment);
    world.applicationAssignments.put(assignment);
    report({ type: 'application-assignment-created', ...changeOf(assignment) });
    return {};
  }),

  DeleteApplicationAssignment: operation(structure(ofAssignment), onApplication, (context, input) => {
    const { world, behaviour, report } = context;
    // The principal may be gone: that is how what a deleted user or group leaves behind is cleaned up.
    const assignment = assignmentOf(context, input);
    if (world.applicationAssignments.delete(applicationAssignmentKey(assignment))) {
      report({ type: 'application-assignment-deleted', ...changeOf(assignment) });
    } else if (behaviour.deleteAbsentApplicationAssignment === 'not-found') throw absent();
    return {};
  }),

  DescribeApplicationAssignment: operation(structure(ofAssignment), onApplication, (context, input) => {
    const found = context.world.applicationAssignments.get(applicationAssignmentKey(assignmentOf(context, input)));
    if (!found) throw absent();
    return found;
  }),

  ListApplicationAssignments: operation(structure(ofApplication, paged), onApplication, (context, input) => {
    const { ApplicationArn } = requireApplication(context, input);
    const { applicationAssignments } = context.world;
    const rows = applicationAssignments.by('application', ApplicationArn);
    const page = takeRows(context, input, rows, applicationAssignments);
    return { ApplicationAssignments: page.items, ...page.next };
  }),

  ListApplicationAssignmentsForPrincipal: operation(
    structure({ InstanceArn, PrincipalId, PrincipalType }, { ...paged, Filter: structure({}, ofApplication) }),
    onInstance,
    (context, input) => {
      requireInstance(context, input);
      requirePrincipal(context, input);
      const wanted = input.Filter?.ApplicationArn;
      const { caller, behaviour } = context;
      // API model: "You must provide a filter when calling this action from a member account".
      if (
        wanted === undefined &&
        caller.role === 'delegated-administrator' &&
        behaviour.forPrincipalFromDelegatedAdministrator === 'denied'
      ) {
        throw validationError('A filter is required when this operation is called from a member account.');
      }
      const all = accessOf(context, input);
      const rows = wanted === undefined ? all : all.filter((row) => row.ApplicationArn === wanted);
      const page = takePage(context, input, sorted(rows, applicationAssignmentKey), applicationAssignmentKey);
      return { ApplicationAssignments: page.items, ...page.next };
    },
  ),
};

interface AssignmentInput extends Principal {
  readonly ApplicationArn: string;
}

function assignmentOf(context: Context, input: AssignmentInput): ApplicationAssignment {
  const { ApplicationArn } = requireApplication(context, input);
  return { ApplicationArn, PrincipalType: input.PrincipalType, PrincipalId: input.PrincipalId };
}

const absent = (): Error => notFound('Could not find the application assignment.');

/** API model: of a user this names the applications of its groups too, as the operation for accounts does. */
function accessOf(context: Context, principal: Principal): ApplicationAssignment[] {
  const { world, behaviour } = context;
  const principals = behaviour.applicationsForUser === 'direct' ? [principal] : withGroups(context, principal);
  return principals.flatMap((one) => world.applicationAssignments.by('principal', principalKey(one)));
}

function checkQuota({ world, behaviour }: Context, { ApplicationArn, PrincipalType }: ApplicationAssignment): void {
  const { groupsPerApplication } = behaviour.quotas;
  const rows = world.applicationAssignments.by('application', ApplicationArn);
  if (PrincipalType === 'USER') return;
  if (rows.filter((row) => row.PrincipalType === 'GROUP').length < groupsPerApplication) return;
  throw quotaExceeded(
    `You have exceeded AWS SSO limits. Cannot assign more than ${groupsPerApplication} groups to an application.`,
  );
}
