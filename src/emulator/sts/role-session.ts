import { hexId } from '../core/ids.ts';

/** Who a request is from, as STS tells it. */
export interface Identity {
  readonly arn: string;
  readonly userId: string;
  readonly accountId: string;
}

/** A session of a role: its ARN has no path, and its id begins with the role's own. */
export function roleSession(roleArn: string, session: string): Identity {
  const [, partition = '', , , accountId = ''] = roleArn.split(':');
  const name = roleArn.slice(roleArn.lastIndexOf('/') + 1);
  return {
    accountId,
    arn: `arn:${partition}:sts::${accountId}:assumed-role/${name}/${session}`,
    userId: `AROA${hexId(`role-id ${roleArn}`, 17).toUpperCase()}:${session}`,
  };
}
