import type { Context } from '../core/context.ts';
import { accessDenied, validationError } from '../core/errors.ts';

declare module '../core/behaviour.ts' {
  interface Behaviour {
    /** What only the primary Region does, asked of a Region that the instance is replicated to. */
    inAdditionalRegion: 'denied' | 'invalid';
  }
}

/** Throws what a Region that the instance is replicated to answers to what only the primary one does. */
export function refuseInAdditionalRegion(context: Context, iamPrefix: string, resource: string): void {
  const { regionRole, caller, operation, behaviour } = context;
  if (regionRole !== 'additional') return;
  if (behaviour.inAdditionalRegion === 'denied') {
    throw accessDenied(caller.arn, `${iamPrefix}:${operation}`, resource);
  }
  throw validationError('The operation is not supported in this Region');
}
