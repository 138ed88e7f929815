import type { Aws } from '../../aws/connect.ts';
import type { Probe } from '../../core/rights.ts';

interface OfPrincipal {
  InstanceArn: string;
  PrincipalType: 'USER' | 'GROUP';
  PrincipalId: string;
  MaxResults: number;
}

/** A call about any group or user. */
export const ofPrincipal =
  (call: (aws: Aws, principal: OfPrincipal) => Promise<unknown>): Probe<Aws> =>
  (aws, idOf) => {
    const [group, user] = [idOf('group'), idOf('user')];
    const PrincipalId = group ?? user;
    if (PrincipalId === undefined) return undefined;
    const PrincipalType = group === undefined ? 'USER' : 'GROUP';
    return call(aws, { InstanceArn: aws.instance.arn, PrincipalType, PrincipalId, MaxResults: 1 });
  };
