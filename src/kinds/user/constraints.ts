import type { Constraint } from '../../core/kind.ts';
import type { StepOf } from '../../core/of-kind.ts';
import type { UserSpec } from './kind.ts';
import { emailKey } from './schema.ts';

/**
 * An e-mail address belongs to one user at a time (user guide: "Add users"), so whoever takes one over waits for the step
 * that frees it.
 */
export function emailOrder(users: readonly StepOf<UserSpec>[]): Constraint[] {
  const email = (spec: UserSpec | undefined): string | undefined =>
    spec?.email === undefined ? undefined : emailKey(spec.email);
  const freedBy = new Map(
    users.flatMap(({ id, before, after }) => {
      const old = email(before);
      return old === undefined || old === email(after) ? [] : [[old, id]];
    }),
  );
  return users.flatMap(({ id, before, after }) => {
    const taken = email(after);
    const waitsFor = taken === undefined || taken === email(before) ? undefined : freedBy.get(taken);
    return waitsFor === undefined ? [] : [{ step: id, waitsFor, purpose: 'free' as const, about: taken ?? '' }];
  });
}
