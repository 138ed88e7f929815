import type { Context } from '../../core/context.ts';
import { accessDenied, validationError } from '../../core/errors.ts';
import type { Service } from '../../core/service.ts';
import { administers } from '../caller.ts';

/** Account access manager: roles that are there already, given to users and groups of Identity Center. */
export const accountAccess = {
  name: 'account-access',
  iamPrefix: 'account-access',
  // It goes by method and path; this is what the emulator itself calls it by.
  target: 'AccountAccess',
  invalid: validationError,
  authorize,
  operations: {},
  defaults: {},
} as const satisfies Service;

/** User guide: only from the management account or the delegated administrator, and in the primary Region alone. */
function authorize(context: Context, _input: unknown, iamResources: readonly string[]): void {
  const { caller, operation, regionRole } = context;
  if (administers(context) && regionRole === 'primary') return;
  throw accessDenied(caller.arn, `account-access:${operation}`, iamResources[0] ?? '*');
}
