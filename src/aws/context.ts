import type { Referred } from '../core/kind.ts';
import type { Instance } from '../core/plan.ts';
import type { Caller } from './client/caller.ts';
import type { Organization } from './organization/accounts.ts';

/** All that a plan depends on besides the file and what is live: plain values, which can be kept and compared. */
export interface AwsContext {
  instance: Instance;
  organization: Organization;
  /** Unknown where STS does not answer. */
  caller: Caller | undefined;
  /** They matter only to a file that speaks of them, and to a snapshot. */
  lookedUp?: LookedUp;
}

/** What can only be referred to, by subject. Absent: it has not been read. */
export type LookedUp = Readonly<Record<string, readonly Referred[]>>;
