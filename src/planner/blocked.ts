import { isDelegated, isOutOfReach } from '../aws/organization/accounts.ts';
import type { AwsContext } from '../aws/context.ts';
import type { Names } from '../core/kind.ts';
import { specsOf, thingsOf } from '../core/of-kind.ts';
import type { Blocked, Step } from '../core/plan.ts';
import type { DesiredState, LiveState } from '../reconcile/state.ts';
import { permissionSet } from '../kinds/permission-set/kind.ts';
import { kinds } from '../kinds/index.ts';

export interface Reach {
  /** Why the caller can't take a step, and who can; undefined where it can. */
  reasonOf(step: Step): string | undefined;
  /** Roles that would need an edit of before, in accounts where this caller can't provision. */
  provisioning(desired: DesiredState): Blocked[];
}

/** What this caller can do where. An account that is not active takes no change; a delegated administrator has limits. */
export function findBlocked({ organization, caller }: AwsContext, live: LiveState, names: Names): Reach {
  const { managementAccountId } = organization;
  const delegated = isDelegated(caller, managementAccountId);
  const untouchable = new Set(
    delegated
      ? specsOf(permissionSet, live).flatMap(({ name, accounts }) =>
          accounts?.includes(managementAccountId ?? '') ? [name] : [],
        )
      : [],
  );
  return {
    reasonOf({ kind: name, before, after }) {
      const subjects = kinds.find((kind) => kind.name === name)?.subjects(after ?? before) ?? {};
      if (subjects['account'] !== undefined) {
        const reason = isOutOfReach(subjects['account'], organization, caller);
        if (reason !== undefined) return `${names.account(subjects['account'])}: ${reason}`;
      }
      const set = subjects['permission-set'];
      if (set === undefined || !untouchable.has(set)) return undefined;
      return `${set} is provisioned in the management account, so a delegated administrator can't change it in any account; run this from the management account`;
    },
    provisioning: (desired) =>
      thingsOf(permissionSet, live).flatMap(({ kind, address, spec }) => {
        const { staleOutOfReach = [], name } = spec;
        if (staleOutOfReach.length === 0 || !desired.has(address)) return [];
        const reasons = staleOutOfReach.map(
          (account) => `${names.account(account)}: ${isOutOfReach(account, organization, caller) ?? 'out of reach'}`,
        );
        return [{ id: address, action: 'provision' as const, kind, label: name, reason: reasons.join('; ') }];
      }),
  };
}
