import { concurrentProvisionings, outstandingAssignments, serviceLimits } from '../aws/client/limits.ts';
import type { Plan, Step } from '../core/plan.ts';
import type { AnyKind, StepCost } from '../core/kind.ts';
import { isStepOf } from '../core/of-kind.ts';

// AWS does not publish how long its requests take. These are of the order at which the Terraform provider looks for them,
// after 10 seconds and then every 5; an apply's progress corrects them by what it measures.
const secondsPerAssignment = 8;
const secondsPerProvisioning = 10;
/** The call that starts a request, and the one that tells its end. */
const callsPerRequest = 2;

/** What the cost of a step is asked of: by default one call. */
type CostlyKind = Pick<AnyKind<never>, 'name' | 'key'> & Partial<Pick<AnyKind<never>, 'cost'>>;

/** What an apply of these steps will cost beside the reading, by the service's quotas: an estimate. */
export function estimateCost(kinds: readonly CostlyKind[], steps: readonly Step[]): Plan['cost'] {
  const byName = new Map(kinds.map((kind) => [kind.name, kind]));
  let writes = 0;
  let assignments = 0;
  let provisionings = 0;
  const byAccount = new Map<string, number>();
  for (const step of steps) {
    const kind = byName.get(step.kind);
    const { calls, request }: StepCost = (kind && isStepOf(kind, step) && kind.cost?.(step)) || { calls: 1 };
    writes += calls;
    if (request?.type === 'provisioning') provisionings += 1;
    if (request?.type === 'assigning') assignments += 1;
    if (request?.account !== undefined) byAccount.set(request.account, (byAccount.get(request.account) ?? 0) + 1);
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
  return {
    apiCalls: Math.ceil(apiCalls),
    seconds: Math.ceil(Math.max(apiCalls / serviceLimits.ssoAdminRate, waiting)),
  };
}
