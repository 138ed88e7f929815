import type { Engine } from '../../core/context.ts';
import { defineResource } from '../../core/resource.ts';
import { type Principal, principalKey } from '../../services/sso-admin/principals.ts';
import { ssoAdmin } from '../../services/sso-admin/service.ts';
import { applicationAssignmentOperations } from './operations.ts';
import { type ApplicationAssignment, applicationAssignmentKey, applicationAssignments, changeOf } from './table.ts';

declare module '../../core/behaviour.ts' {
  interface Quotas {
    groupsPerApplication: number;
  }
  interface Behaviour {
    /** CreateApplicationAssignment of what is assigned already. */
    createApplicationAssignmentAgain: 'success' | 'conflict';
    /** DeleteApplicationAssignment of what isn't assigned. */
    deleteAbsentApplicationAssignment: 'success' | 'not-found';
    /** Application assignments of a deleted user or group; of account assignments it is known that they stay. */
    applicationAssignmentsOfDeletedPrincipal: 'vanish' | 'stay';
    /** ListApplicationAssignmentsForPrincipal of a user names what its groups are assigned too. */
    applicationsForUser: 'with-groups' | 'direct';
  }
}

declare module '../../core/changes.ts' {
  interface Changes {
    'application-assignment-created': ReturnType<typeof changeOf>;
    'application-assignment-deleted': ReturnType<typeof changeOf>;
  }
}

/** Who may use which application. Answered in the call itself: there is no request to wait for. */
export const applicationAssignment = defineResource({
  service: ssoAdmin,
  tables: { applicationAssignments },
  operations: applicationAssignmentOperations,
  defaults: {
    quotas: { groupsPerApplication: 100 },
    createApplicationAssignmentAgain: 'conflict',
    deleteAbsentApplicationAssignment: 'not-found',
    applicationAssignmentsOfDeletedPrincipal: 'stay',
    applicationsForUser: 'with-groups',
  },
  reactions: {
    'application-deleted': (engine, { applicationArn }) =>
      removeAll(engine, engine.world.applicationAssignments.by('application', applicationArn)),
    'user-deleted': (engine, { userId }) => removeOf(engine, { PrincipalType: 'USER', PrincipalId: userId }),
    'group-deleted': (engine, { groupId }) => removeOf(engine, { PrincipalType: 'GROUP', PrincipalId: groupId }),
  },
});

function removeOf(engine: Engine, principal: Principal): void {
  if (engine.behaviour.applicationAssignmentsOfDeletedPrincipal === 'stay') return;
  removeAll(engine, engine.world.applicationAssignments.by('principal', principalKey(principal)));
}

function removeAll({ world, report }: Engine, rows: readonly ApplicationAssignment[]): void {
  for (const row of rows) {
    world.applicationAssignments.delete(applicationAssignmentKey(row));
    report({ type: 'application-assignment-deleted', ...changeOf(row) });
  }
}
