import type { Context, Handlers } from '../context.ts';
import { conflict, notFound, quotaExceeded, validationError } from '../errors.ts';
import { sorted, takePage, takeRows } from '../paging.ts';
import type { ApplicationAssignment, PrincipalType } from '../rows.ts';
import { applicationAssignmentKey, principalKey } from '../world.ts';
import { requireApplication, requireInstance, requirePrincipal } from './find.ts';
import type { ssoAdminShapes } from './shapes.ts';

// Who may use which application. Answered in the call itself: there is no request to wait for.
export const applicationAssignments = {
  CreateApplicationAssignment(context, input) {
    const { world, behaviour, report } = context;
    const assignment = assignmentOf(context, input);
    requirePrincipal(context, assignment.PrincipalType, assignment.PrincipalId);
    if (world.applicationAssignments.has(applicationAssignmentKey(assignment))) {
      if (behaviour.createApplicationAssignmentAgain === 'success') return {};
      throw conflict(`The application assignment for ${assignment.PrincipalId} already exists.`);
    }
    checkQuota(context, assignment);
    world.applicationAssignments.put(assignment);
    report({ type: 'application-assignment-created', ...changeOf(assignment) });
    return {};
  },

  DeleteApplicationAssignment(context, input) {
    const { world, behaviour, report } = context;
    // The principal may be gone: that is how what a deleted user or group leaves behind is cleaned up.
    const assignment = assignmentOf(context, input);
    if (world.applicationAssignments.delete(applicationAssignmentKey(assignment))) {
      report({ type: 'application-assignment-deleted', ...changeOf(assignment) });
    } else if (behaviour.deleteAbsentApplicationAssignment === 'not-found') throw absent();
    return {};
  },

  DescribeApplicationAssignment(context, input) {
    const found = context.world.applicationAssignments.get(applicationAssignmentKey(assignmentOf(context, input)));
    if (!found) throw absent();
    return found;
  },

  ListApplicationAssignments(context, input) {
    const { ApplicationArn } = requireApplication(context, input);
    const { applicationAssignments } = context.world;
    const rows = applicationAssignments.by('application', ApplicationArn);
    const page = takeRows(context, input, rows, applicationAssignments);
    return { ApplicationAssignments: page.items, ...page.next };
  },

  ListApplicationAssignmentsForPrincipal(context, input) {
    requireInstance(context, input.InstanceArn);
    requirePrincipal(context, input.PrincipalType, input.PrincipalId);
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
    const all = accessOf(context, input.PrincipalType, input.PrincipalId);
    const rows = wanted === undefined ? all : all.filter((row) => row.ApplicationArn === wanted);
    const page = takePage(context, input, sorted(rows, applicationAssignmentKey), applicationAssignmentKey);
    return { ApplicationAssignments: page.items, ...page.next };
  },
} satisfies Partial<Handlers<typeof ssoAdminShapes>>;

interface AssignmentInput {
  readonly ApplicationArn: string;
  readonly PrincipalType: PrincipalType;
  readonly PrincipalId: string;
}

function assignmentOf(context: Context, input: AssignmentInput): ApplicationAssignment {
  const { ApplicationArn } = requireApplication(context, input);
  return { ApplicationArn, PrincipalType: input.PrincipalType, PrincipalId: input.PrincipalId };
}

const absent = (): Error => notFound('Could not find the application assignment.');

/** API model: of a user this names the applications of its groups too, as the operation for accounts does. */
function accessOf({ world, behaviour }: Context, type: PrincipalType, id: string): ApplicationAssignment[] {
  const of = (key: string): ApplicationAssignment[] => world.applicationAssignments.by('principal', key);
  const direct = of(principalKey(type, id));
  if (type === 'GROUP' || behaviour.applicationsForUser === 'direct') return direct;
  return [...direct, ...world.memberships.by('user', id).flatMap(({ GroupId }) => of(principalKey('GROUP', GroupId)))];
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

function changeOf({ ApplicationArn, PrincipalType, PrincipalId }: ApplicationAssignment) {
  return { applicationArn: ApplicationArn, principalType: PrincipalType, principalId: PrincipalId };
}
