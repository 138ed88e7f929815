import type { Context } from '../../core/context.ts';
import { ServiceError } from '../../core/errors.ts';
import { isRead, type Service } from '../../core/service.ts';
import { tagOperations } from './tags.ts';

declare module '../../core/behaviour.ts' {
  interface Behaviour {
    /** Organizations answers the `Paths` of an account and the `Path` of a unit, which are recent members of its API model. */
    organizationPaths: 'present' | 'absent';
  }
}

/** Its operations answer in every Region; clients with an endpoint of their own sign for whatever Region they are in. */
export const organizations = {
  name: 'organizations',
  iamPrefix: 'organizations',
  target: 'AWSOrganizationsV20161128',
  invalid: (message, Reason) => new ServiceError('InvalidInputException', message, { Reason }),
  authorize,
  operations: tagOperations,
  defaults: { organizationPaths: 'present' },
} as const satisfies Service;

function authorize({ caller, operation }: Context): void {
  // API reference: reads from the management account or a delegated administrator, writes from the former alone;
  // DescribeOrganization from any account of the organization.
  if (caller.role === 'management' || operation === 'DescribeOrganization') return;
  if (caller.role === 'delegated-administrator' && isRead(operation)) return;
  throw new ServiceError('AccessDeniedException', "You don't have permissions to access this resource.");
}
