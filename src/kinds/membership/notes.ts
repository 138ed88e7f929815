import type { Step } from '../../core/plan.ts';
import type { State, Thing } from '../../core/state.ts';
import {
  applicationAssignment,
  applicationText,
  type ApplicationAssignmentSpec,
} from '../application-assignment/kind.ts';
import { membership } from './kind.ts';

/** The applications of groups that somebody joins or leaves, by name and as far as they are known, on either side. */
export function carriedApplications(
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
    const ended = new Set(steps.filter(({ action }) => action === 'delete').map(({ id }) => id));
    for (const { address, spec } of live.of(applicationAssignment.name)) {
      note(had, spec as ApplicationAssignmentSpec);
      if (!ended.has(address)) note(has, spec as ApplicationAssignmentSpec);
    }
    for (const { kind, action, after } of steps) {
      if (kind === applicationAssignment.name && action === 'create') note(has, after as ApplicationAssignmentSpec);
    }
  }
  return (group, side) => [...((side === 'after' ? has : had).get(group) ?? [])].sort();
}
