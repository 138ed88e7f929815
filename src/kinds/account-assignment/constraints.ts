import type { Constraint } from '../../core/kind.ts';
import { stepsOf, type StepOf } from '../../core/of-kind.ts';
import type { Step } from '../../core/plan.ts';
import { editedSets } from '../permission-set/edited-sets.ts';
import { permissionSet } from '../permission-set/kind.ts';
import type { AssignmentSpec } from './kind.ts';

/**
 * An edit waits for the removal of orphans of its set: provisioning a set in an account whose last assignment goes at the
 * same time fails, or leaves a role without an assignment, which no API removes.
 */
export function orphanOrder(steps: readonly StepOf<AssignmentSpec>[], all: readonly Step[]): Constraint[] {
  const edited = editedSets(stepsOf(permissionSet, all));
  return steps.flatMap(({ id, action, before }) => {
    if (action !== 'delete') return [];
    const edit = before.orphanId === undefined ? undefined : edited.get(before.permissionSet);
    return edit === undefined ? [] : [{ step: edit, waitsFor: id, purpose: 'exclude' as const, about: undefined }];
  });
}
