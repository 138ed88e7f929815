import { iamPolicy } from '../../aws/iam/policy.ts';
import { isDelegated } from '../../aws/organization/accounts.ts';
import type { AwsContext } from '../../aws/context.ts';
import type { NextStep, Sight } from '../../core/diagnosis.ts';
import { managementAccountOf } from '../../core/plan.ts';
import { countOf, listOf } from '../../core/words.ts';
import { kinds } from '../../kinds/index.ts';
import type { PermissionSetSpec } from '../../kinds/permission-set/kind.ts';
import { judgeActions, type Judged } from '../judge-actions.ts';
import { setsIn } from '../live-things.ts';
import { ok, type Check } from '../check.ts';

/** Whether the caller may do what an apply does, as far as that can be told without IAM and without writing. */
export const writeRights: Check = {
  of: 'instance',
  name: 'write-rights',
  why: 'An apply that lacks a right fails half way.',
  needs: ['caller', 'permission-set'],
  look({ context, live }) {
    const { caller } = context;
    const name = caller?.identityCenter?.permissionSet;
    // Of another Identity Center's role, the account tells nothing here.
    const set = setsIn(live).find((one) => one.name === name && one.accounts?.includes(caller?.accountId ?? ''));
    if (!caller || !set) {
      return {
        status: 'unknown',
        found: `Not checked: what ${caller?.arn ?? 'the caller'} may do is in IAM, and only the policies of a role of this Identity Center (AWSReservedSSO_…) can be read here.`,
        next: comparePolicies(context),
      };
    }
    return tell(set, judgeActions(set, neededBy(context)), comparePolicies(context));
  },
};

const limits = 'Service control policies and the boundary of the role can still deny.';

function tell(set: PermissionSetSpec, { allowed, unsure, missing, unseen }: Judged, next: NextStep[]): Sight {
  if (missing.length === 0 && unsure.length === 0) {
    return ok(`${set.name} allows all ${allowed.length} actions of an apply. ${limits}`);
  }
  if (missing.length > 0 && unseen.length > 0) {
    return {
      status: 'unknown',
      found: `What can be read of ${set.name} does not allow ${countOf(missing.length, 'action')} of an apply; what ${listOf(unseen, 5)} ${unseen.length === 1 ? 'allows' : 'allow'} can't be read here.`,
      items: missing,
      next,
    };
  }
  if (missing.length > 0) {
    const all = allowed.length + unsure.length + missing.length;
    return {
      status: 'warning',
      found: `${set.name} does not allow ${missing.length} of the ${all} actions of an apply.`,
      items: missing,
      next,
    };
  }
  return {
    status: 'note',
    found: `${set.name} has all actions of an apply, but ${countOf(unsure.length, 'action')} under a condition, a denial or a permissions boundary, which are not judged here.`,
    items: unsure,
    next,
  };
}

/** Where a kms key is the customer's, the right to use it is not told here. */
function neededBy({ instance, caller, organization }: AwsContext) {
  return iamPolicy(kinds, 'apply', {
    partition: instance.partition,
    instanceArn: instance.arn,
    identityStoreId: instance.identityStoreId,
    managementAccountId: managementAccountOf(instance),
    isDelegated: isDelegated(caller, organization.managementAccountId),
  });
}

function comparePolicies({ instance, caller, organization }: AwsContext): NextStep[] {
  const flag = isDelegated(caller, organization.managementAccountId) ? ' --delegated-administrator' : '';
  return [
    {
      text: 'Compare the role with the policy that an apply needs:',
      line: `idc iam-policy apply --management-account ${managementAccountOf(instance)}${flag}`,
    },
  ];
}
