import type { AccessQuestion, Allows } from '../core/access-answer.ts';
import { thingsOf } from '../core/of-kind.ts';
import { contentOf } from '../kinds/permission-set/content.ts';
import { permissionSet } from '../kinds/permission-set/kind.ts';
import type { Policies } from '../policies/load.ts';
import type { LiveState } from '../reconcile/state.ts';

/** How far each permission set allows what is asked about, by name; without those that do not. Empty where no action is asked about. */
export function allowedSets(
  state: LiveState,
  { actions }: AccessQuestion,
  policies: Pick<Policies, 'allows'>,
): Map<string, Allows> {
  if (!actions) return new Map();
  return new Map(
    thingsOf(permissionSet, state).flatMap(({ spec }) => {
      const allows = policies.allows(contentOf(spec), actions);
      return allows ? [[spec.name, allows]] : [];
    }),
  );
}
