import type { Constraint } from '../../core/kind.ts';
import type { Step } from '../../core/plan.ts';
import { editedSets } from '../permission-set/edited-sets.ts';
import type { AssignmentSpec } from './kind.ts';

/**
 * An edit waits for the removal of orphans of its set: provisioning a set in an account whose last assignment goes at the
 * same time fails, or leaves a role without an assignment, which no API removes.
 */
export function orphanOrder(steps: readonly Step[]): Constraint[] {
  const edited = editedSets(steps);
  return steps.flatMap(({ id, kind, action, before }) => {
    if (kind !== 'assignment' || action !== 'delete') return [];
    const { orphanId, permissionSet } = before as AssignmentSpec;
    const edit = orphanId === undefined ? undefined : edited.get(permissionSet);
    return edit === undefined ? [] : [{ step: edit, waitsFor: id, purpose: 'exclude' as const, about: undefined }];
  });
}
