import type { Aws } from '../../../aws/connect.ts';
import { promised } from '../../../core/errors.ts';
import type { LiveReader } from '../../../core/kind.ts';
import { isoDuration } from '../duration.ts';

/** What DescribePermissionSet tells of a set. */
export interface DescribedSet {
  name: string;
  description?: string;
  /** ISO 8601, as the service has it. */
  sessionDuration: string;
  relayState?: string;
}

export function listSets(aws: Aws): Promise<string[]> {
  return aws.pages(
    (NextToken) => aws.ssoAdmin.listPermissionSets({ InstanceArn: aws.instance.arn, MaxResults: 100, NextToken }),
    (page) => page.PermissionSets,
  );
}

export async function describeSet(aws: Aws, arn: string): Promise<DescribedSet> {
  const { PermissionSet: set = {} } = await aws.ssoAdmin.describePermissionSet({
    InstanceArn: aws.instance.arn,
    PermissionSetArn: arn,
  });
  return {
    name: promised(set.Name, 'the name of a permission set'),
    ...(set.Description?.trim() && { description: set.Description }),
    sessionDuration: isoDuration(set.SessionDuration ?? 'PT1H'),
    ...(set.RelayState && { relayState: set.RelayState }),
  };
}

/** Every ARN. Errors: where the file has a say in them and they are switched off, which makes none for any other file. */
export const setArns = (aws: Aws, live: LiveReader): Promise<string[]> =>
  live.once('permission set ARNs', async () => {
    try {
      return await listSets(aws);
    } catch (error) {
      const isManaged = live.manages('permission-set') || live.manages('assignment');
      if (!isManaged && (await aws.findOff(error))) return [];
      throw error;
    }
  });

/** Every set by ARN: the list knows no names, so each costs a call. */
export const describedSets = (aws: Aws, live: LiveReader): Promise<Map<string, DescribedSet>> =>
  live.once('described permission sets', async () => {
    const arns = await setArns(aws, live);
    return new Map(await Promise.all(arns.map(async (arn) => [arn, await describeSet(aws, arn)] as const)));
  });
