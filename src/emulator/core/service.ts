import type { BehaviourOptions } from './behaviour.ts';
import type { Context } from './context.ts';
import type { Operation, RequestInput } from './resource.ts';
import type { World } from './world.ts';

export type ServiceName = 'sso-admin' | 'identitystore' | 'organizations' | 'account-access' | 'sts';

/** A service as far as it is the same for all its operations. */
export interface Service {
  readonly name: ServiceName;
  /** IAM's name for it. */
  readonly iamPrefix: string;
  /** What `X-Amz-Target` has before the dot. */
  readonly target: string;
  readonly invalid: Context['invalid'];
  /** The JSON of a request with ids in place of ARNs of this world, where the service takes either. */
  withIds?(world: World, raw: unknown): unknown;
  /** Throws what the service answers to a caller who may not do this. */
  authorize(context: Context, input: RequestInput, iamResources: readonly string[]): void;
  /** Operations on whichever of its resources a request names: tags. */
  readonly operations: Readonly<Record<string, Operation>>;
  /** What all its resources have in common. */
  readonly defaults: BehaviourOptions;
}

/** The services' operations are named after what they do; these change nothing. */
export function isRead(operation: string): boolean {
  return /^(Describe|Get|IsMember|List)/.test(operation);
}
