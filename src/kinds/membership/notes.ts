import type { Address } from '../../core/address.ts';
import { specIn, stepsOf, thingsOf } from '../../core/of-kind.ts';
import type { Step } from '../../core/plan.ts';
import type { State, Thing } from '../../core/state.ts';
import {
  applicationAssignment,
  applicationText,
  type ApplicationAssignmentSpec,
} from '../application-assignment/kind.ts';
import { membership } from './kind.ts';

/**
 * The applications that each membership carries which comes or goes: those of its group, as far as they are known, after the
 * plan where the membership is made and before it where it ends.
 */
export function inheritedApplications(live: State<Thing>, steps: readonly Step[]): Map<Address, string[]> {
  const changed = stepsOf(membership, steps).filter(({ action }) => action !== 'update');
  if (changed.length === 0) return new Map();
  const deleted = new Set(steps.filter(({ action }) => action === 'delete').map(({ id }) => id));
  const had = new Map<string, Set<string>>();
  const has = new Map<string, Set<string>>();
  const note = (side: Map<string, Set<string>>, spec: ApplicationAssignmentSpec): void => {
    if (spec.principalType !== 'GROUP' || spec.orphanId !== undefined) return;
    side.set(spec.principal, (side.get(spec.principal) ?? new Set()).add(applicationText(spec)));
  };
  for (const { address, spec } of thingsOf(applicationAssignment, live)) {
    note(had, spec);
    if (!deleted.has(address)) note(has, spec);
  }
  for (const { action, after } of stepsOf(applicationAssignment, steps)) if (action === 'create') note(has, after);
  return new Map(
    changed.flatMap((step) => {
      const applications = (step.action === 'create' ? has : had).get(specIn(step).group);
      return applications ? [[step.id, [...applications].sort()]] : [];
    }),
  );
}
