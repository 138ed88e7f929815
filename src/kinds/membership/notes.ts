import { stepsOf, thingsOf } from '../../core/of-kind.ts';
import type { Step } from '../../core/plan.ts';
import type { State, Thing } from '../../core/state.ts';
import {
  applicationAssignment,
  applicationText,
  type ApplicationAssignmentSpec,
} from '../application-assignment/kind.ts';
import { membership } from './kind.ts';

/** The applications of groups that somebody joins or leaves, by name and as far as they are known, on either side. */
export function inheritedApplications(
  live: State<Thing>,
  steps: readonly Step[],
): (group: string, side: 'before' | 'after') => string[] {
  const had = new Map<string, Set<string>>();
  const has = new Map<string, Set<string>>();
  const note = (side: Map<string, Set<string>>, spec: ApplicationAssignmentSpec): void => {
    if (spec.principalType !== 'GROUP' || spec.orphanId !== undefined) return;
    side.set(spec.principal, (side.get(spec.principal) ?? new Set()).add(applicationText(spec)));
  };
  if (steps.some(({ kind }) => kind === membership.name)) {
    const deleted = new Set(steps.filter(({ action }) => action === 'delete').map(({ id }) => id));
    for (const { address, spec } of thingsOf(applicationAssignment, live)) {
      note(had, spec);
      if (!deleted.has(address)) note(has, spec);
    }
    for (const { action, after } of stepsOf(applicationAssignment, steps)) if (action === 'create') note(has, after);
  }
  return (group, side) => [...((side === 'after' ? has : had).get(group) ?? [])].sort();
}
