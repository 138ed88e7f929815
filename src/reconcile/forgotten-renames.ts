import type { AnyKind, Sameness } from '../core/kind.ts';
import { stepsOf } from '../core/of-kind.ts';
import type { Step } from '../core/plan.ts';
import type { DesiredState } from './state.ts';

/** A thing that goes and one that comes, which look like one whose new name the file does not tell (`previously`). */
export interface ForgottenRename {
  noun: string;
  removed: Step;
  made: Step;
  sameness: Pick<Sameness<unknown>, 'what' | 'isCertain' | 'effect'>;
}

/** Also where a rename is taken back: the old name comes again, and nothing says that it is the same thing. */
export function findForgottenRenames<Client>(
  kinds: readonly AnyKind<Client>[],
  steps: readonly Step[],
  desired: DesiredState,
): ForgottenRename[] {
  return kinds.flatMap((kind): ForgottenRename[] => {
    const { sameness } = kind;
    const own = sameness ? stepsOf(kind, steps) : [];
    const removals = own.filter(({ action, replacedBy }) => action === 'delete' && replacedBy === undefined);
    const made = own.filter(
      ({ id, action, replaces }) =>
        action === 'create' && replaces === undefined && desired.get(id)?.isNotRenamed !== true,
    );
    if (!sameness || removals.length === 0 || made.length === 0) return [];
    const signs = sameness.signsOf([...removals, ...made], steps);
    const removedBySign = new Map(removals.flatMap((step) => [[signs.get(step.id), step] as const]));
    return made.flatMap((step) => {
      const sign = signs.get(step.id);
      const removed = sign === undefined ? undefined : removedBySign.get(sign);
      return removed ? [{ noun: kind.noun[0], removed, made: step, sameness }] : [];
    });
  });
}
