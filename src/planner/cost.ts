import { concurrentProvisionings, outstandingAssignments, servicePace } from '../aws/client/limits.ts';
import type { Plan, Step } from '../core/plan.ts';
import type { AssignmentSpec } from '../kinds/account-assignment/kind.ts';
import type { PermissionSetSpec } from '../kinds/permission-set/kind.ts';

// AWS does not publish how long its requests take. These are of the order at which the Terraform provider looks for them,
// after 10 seconds and then every 5; an apply's progress corrects them by what it measures.
const secondsPerAssignment = 8;
const secondsPerProvisioning = 10;
/** The call that starts a request, and the one that tells its end. */
const callsPerRequest = 2;

/** What an apply of these steps will cost beside the reading, by the service's quotas: an estimate. */
export function estimateCost(steps: readonly Step[]): Plan['cost'] {
  let writes = 0;
  let assignments = 0;
  let provisionings = 0;
  const byAccount = new Map<string, number>();
  for (const { kind, action, changes, before, after } of steps) {
    if (kind === 'assignment') {
      const { account } = (after ?? before) as AssignmentSpec;
      assignments += 1;
      byAccount.set(account, (byAccount.get(account) ?? 0) + 1);
    } else if (kind === 'permission-set' && action !== 'delete') {
      const edits = changes.map((change) => (change.type === 'set' ? change.added.length + change.removed.length : 1));
      writes += edits.reduce((sum, count) => sum + count, 1);
      if (((before as PermissionSetSpec | undefined)?.accounts?.length ?? 0) > 0) provisionings += 1;
    } else {
      writes += 1;
    }
  }
  const waiting = Math.max(
    (assignments / outstandingAssignments) * secondsPerAssignment,
    (provisionings / concurrentProvisionings) * secondsPerProvisioning,
    // The service changes one role at a time in an account (user guide: quotas).
    Math.max(0, ...byAccount.values()) * secondsPerAssignment,
    provisionings > 0 ? secondsPerProvisioning : 0,
  );
  // While anything is under way, about one call a second looks after it.
  const apiCalls = writes + callsPerRequest * (assignments + provisionings) + waiting;
  return { apiCalls: Math.ceil(apiCalls), seconds: Math.ceil(Math.max(apiCalls / servicePace.ssoAdminRate, waiting)) };
}
