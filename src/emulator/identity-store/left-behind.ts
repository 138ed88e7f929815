import type { Context } from '../context.ts';
import type { PrincipalType } from '../rows.ts';
import { applicationAssignmentKey, principalKey } from '../world.ts';

/** What becomes of the application assignments of a deleted principal is not documented; account assignments stay. */
export function dropApplicationAssignments(
  { world, behaviour, report }: Context,
  type: PrincipalType,
  id: string,
): void {
  if (behaviour.applicationAssignmentsOfDeletedPrincipal === 'stay') return;
  for (const row of world.applicationAssignments.by('principal', principalKey(type, id))) {
    world.applicationAssignments.delete(applicationAssignmentKey(row));
    const { ApplicationArn, PrincipalType, PrincipalId } = row;
    report({
      type: 'application-assignment-deleted',
      applicationArn: ApplicationArn,
      principalType: PrincipalType,
      principalId: PrincipalId,
    });
  }
}
