import { findImpacts, type Impact } from '../access/impact.ts';
import type { AccessElement, AccessFacts } from '../core/access.ts';
import { subjectKey } from '../core/address.ts';
import type { Step } from '../core/plan.ts';
import type { LiveState } from '../reconcile/state.ts';
import { applicationAssignment, type ApplicationAssignmentSpec } from '../kinds/application-assignment/kind.ts';

/**
 * What the steps change about who can use which application, through groups too. The paths are those of permission sets, so
 * the search for them is the same: an application has its ARN where these have the account, and no permission set.
 */
export function applicationImpacts(live: LiveState, steps: readonly Step[], { elements }: AccessFacts): Impact[] {
  const kind = applicationAssignment.name;
  const own = steps.filter((step) => step.kind === kind);
  const deleted = new Set(own.flatMap(({ id, action }) => (action === 'delete' ? [id] : [])));
  const given = [...live.of(kind)].map(({ address, spec }) =>
    elementOf(address, deleted.has(address) ? 'deleted' : 'kept', spec),
  );
  const made = own.flatMap(({ id, action, after }) => (action === 'create' ? elementOf(id, 'created', after) : []));
  const memberships = elements.filter(({ grant }) => !grant);
  return findImpacts({ elements: [...memberships, ...given.flat(), ...made] });
}

function elementOf(address: string, status: AccessElement['status'], spec: unknown): AccessElement[] {
  const { principalType, principal, application, orphanId } = spec as ApplicationAssignmentSpec;
  if (orphanId !== undefined) return [];
  const holder = principalType === 'USER' ? { user: subjectKey('user', principal) } : { group: principal };
  return [{ address, step: address, status, ...holder, grant: { account: application, permissionSet: '' } }];
}
