import { type Input, string, structure } from '../core/shape.ts';
import type { World } from '../core/world.ts';

// Constraints as in the AWS API model of sts, version 2011-06-15. What else a caller sends (session policies, tags, an
// MFA code) is taken and has no effect.
export const AssumeRole = structure(
  {
    RoleArn: string({
      min: 20,
      max: 2048,
      pattern: '[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u0085\\u00A0-\\uD7FF\\uE000-\\uFFFD]+',
    }),
    RoleSessionName: string({ min: 2, max: 64, pattern: '[\\w+=,.@-]*' }),
  },
  { DurationSeconds: { type: 'integer', min: 900, max: 43_200 } },
);

/** The members of the form, as the shape has them. */
export function readForm(form: URLSearchParams): Record<keyof Input<typeof AssumeRole>, unknown> {
  const seconds = form.get('DurationSeconds');
  return {
    RoleArn: form.get('RoleArn'),
    RoleSessionName: form.get('RoleSessionName'),
    DurationSeconds: seconds === null ? null : Number(seconds),
  };
}

/** The role that AWS Organizations makes in an account that it creates, unless another name is asked for. */
export const accountAccessRole = 'OrganizationAccountAccessRole';

export function isRoleArn(text: string): boolean {
  return /^arn:[\w-]+:iam::\d{12}:role\/.+$/.test(text);
}

interface AccountWithRoles {
  readonly JoinedMethod: 'INVITED' | 'CREATED';
  readonly Roles?: readonly string[];
}

/** The roles of an account, path and name in one: those that the seed names, or that came with the account. */
export const rolesIn = ({ JoinedMethod, Roles }: AccountWithRoles): readonly string[] =>
  Roles ?? (JoinedMethod === 'CREATED' ? [`/${accountAccessRole}`] : []);

/** Whether the account has the role. Trust policies aren't emulated. */
export function hasRole({ accounts, organization }: World, roleArn: string): boolean {
  const [, partition, , , accountId = '', resource = ''] = roleArn.split(':');
  const account = accounts.get(accountId);
  if (!account || partition !== organization.Partition) return false;
  return rolesIn(account).includes(resource.slice('role'.length));
}
