import type { Fault } from '../faults/options.ts';
import type { ServiceName } from '../core/service.ts';

/** One call, in the order in which calls were answered. */
export interface CallRecord {
  service: ServiceName | 'iam' | 'sso' | 'sso-oidc' | undefined;
  operation: string;
  input: unknown;
  /** 'ok' or the error's name; 'LostAnswer' where there was no answer. */
  outcome: string;
  /** What was made to go wrong with it. */
  fault?: Fault;
}
