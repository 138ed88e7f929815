import type { Address } from '../../core/address.ts';
import type { Step } from '../../core/plan.ts';
import { assignment, type AssignmentSpec } from './kind.ts';

/**
 * An edit waits for the removal of orphans of its set: provisioning a set in an account whose last assignment goes at the
 * same time fails, or leaves a role without an assignment, which no API removes.
 * @param edited the step that changes what a permission set allows, by the set's name.
 */
export function orphanOrder(
  steps: readonly Step[],
  edited: ReadonlyMap<string, Address>,
): { step: Address; waitsFor: Address; purpose: 'exclude'; about: undefined }[] {
  return steps.flatMap(({ id, kind, action, before }) => {
    if (kind !== assignment.name || action !== 'delete') return [];
    const { orphanId, permissionSet } = before as AssignmentSpec;
    const edit = orphanId === undefined ? undefined : edited.get(permissionSet);
    return edit === undefined ? [] : [{ step: edit, waitsFor: id, purpose: 'exclude' as const, about: undefined }];
  });
}
