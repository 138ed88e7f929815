import type { AwsContext } from '../aws/context.ts';
import { isDelegated } from '../aws/organization/accounts.ts';
import type { Place } from '../core/access.ts';
import { managementAccountOf } from '../core/plan.ts';

/** What an account is to the organization. One that acts for it is known by its calls alone. */
export function placesOf({ instance, caller }: AwsContext): (account: string) => Place {
  const management = managementAccountOf(instance);
  const delegated = isDelegated(caller, management) ? caller?.accountId : undefined;
  return (account) => (account === management ? 'management' : account === delegated ? 'delegated' : 'member');
}
