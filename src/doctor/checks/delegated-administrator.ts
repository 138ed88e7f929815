import { isDelegated } from '../../aws/organization/accounts.ts';
import { managementAccountOf } from '../../core/plan.ts';
import { countOf } from '../../core/words.ts';
import { byText, setsIn } from '../live-things.ts';
import { ok, type Check } from '../check.ts';

/** Whether the caller is one, and what that puts out of its reach. */
export const delegatedAdministrator: Check = {
  of: 'instance',
  name: 'delegated-administrator',
  why: 'A delegated administrator can change nothing in the management account, nor any permission set that is provisioned there, for whichever account.',
  needs: ['caller', 'permission-set'],
  look({ context: { caller, instance, organization }, live }) {
    const account = caller?.accountId ?? '';
    if (!isDelegated(caller, organization.managementAccountId)) {
      return ok(`The calls come from the management account, ${account}.`);
    }
    const management = managementAccountOf(instance);
    const found = `The calls come from ${account}, and the management account is ${management}`;
    const outOfReach = setsIn(live)
      .filter(({ accounts = [] }) => accounts.includes(management))
      .map(({ name }) => name)
      .sort(byText);
    if (outOfReach.length === 0) {
      return {
        status: 'note',
        found: `${found}: nothing can be changed there. No permission set is provisioned there.`,
      };
    }
    return {
      status: 'warning',
      found: `${found}: ${countOf(outOfReach.length, 'permission-set')} can be changed from there alone.`,
      items: outOfReach,
      next: [{ text: 'Run what changes these from the management account, or give it permission sets of its own.' }],
    };
  },
};
