import type { Constraint } from '../../core/kind.ts';
import type { Step } from '../../core/plan.ts';
import type { UserSpec } from './kind.ts';
import { emailKey } from './schema.ts';

/**
 * An e-mail address belongs to one user at a time (user guide: "Add users"), so whoever takes one over waits for the step
 * that frees it.
 */
export function emailOrder(steps: readonly Step[]): Constraint[] {
  const users = steps.filter(({ kind }) => kind === 'user');
  const email = (spec: unknown): string | undefined => {
    const address = (spec as UserSpec | undefined)?.email;
    return address === undefined ? undefined : emailKey(address);
  };
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
