import type { World } from '../core/world.ts';

const unexpected = 'An unexpected internal service exception was encountered';
const assignmentNotFound = 'Received a 404 status error: Assignment not found.';

const takesLonger = (account: string): string =>
  `AWS SSO is unable to complete your request at this time. Obtaining permissions to manage your AWS account '${account}' takes longer than usual. Please try again in a few minutes. If this problem continues, contact AWS Support.`;

/** Assumed: of this failure only that it happens was observed, not its words. */
const policyMissing = ({ organization }: World, account: string): string =>
  `Received a 404 status error: Not supported policy arn:${organization.Partition}:iam::${account}:policy/absent.`;

/**
 * A FailureReason that AWS was observed to give for such a request.
 * @param detail from 0 up to 1: which of them
 */
export function failureReason(world: World, operation: string, input: unknown, detail: number): string {
  const { TargetId: account = world.organization.ManagementAccountId, TargetType } = (input ?? {}) as Record<
    string,
    string
  >;
  const reasons = [unexpected, takesLonger(account)];
  if (operation !== 'DeleteAccountAssignment') reasons.push(policyMissing(world, account));
  // Only one of many accounts can have lost its role while others still have it: for a single one it would be a lie.
  if (TargetType === 'ALL_PROVISIONED_ACCOUNTS') reasons.push(assignmentNotFound);
  return reasons[Math.floor(detail * reasons.length)] ?? unexpected;
}
