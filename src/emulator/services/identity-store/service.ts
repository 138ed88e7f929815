import type { Context } from '../../core/context.ts';
import { accessDenied, validationError } from '../../core/errors.ts';
import { isRead, type Service } from '../../core/service.ts';
import { refuseInAdditionalRegion } from '../additional-region.ts';
import { administers } from '../caller.ts';
import { storeArn, withIds } from './arns.ts';
import { refuseOtherNetworks } from './network.ts';

declare module '../../core/behaviour.ts' {
  interface Behaviour {
    /** DeleteUser, DeleteGroup and DeleteGroupMembership of what isn't there. */
    deleteAbsentIdentity: 'success' | 'not-found';
  }
}

export const identityStore = {
  name: 'identitystore',
  iamPrefix: 'identitystore',
  target: 'AWSIdentityStore',
  invalid: validationError,
  withIds,
  authorize,
  operations: {},
  defaults: {
    deleteAbsentIdentity: 'not-found',
    source: { ip: '127.0.0.1' },
    networkRulesAboutThemselves: 'apply',
    revisions: 'answered',
    revisionConflictReason: 'given',
    groupRevision: 'moved-by-members',
  },
} as const satisfies Service;

function authorize(context: Context): void {
  const { world, caller, operation } = context;
  refuseOtherNetworks(context);
  // API model: member accounts may read the identity store.
  if (isRead(operation)) return;
  if (administers(context)) return refuseInAdditionalRegion(context, 'identitystore', storeArn(world));
  throw accessDenied(caller.arn, `identitystore:${operation}`, storeArn(world));
}
