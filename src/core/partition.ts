/** The partition of a region: `aws`, `aws-cn`, `aws-us-gov`, `aws-eusc`. Without a region the commercial one. */
export function partitionOf(region: string | undefined): string {
  if (region?.startsWith('cn-')) return 'aws-cn';
  if (region?.startsWith('eusc-')) return 'aws-eusc';
  return region?.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

/** The partition that an ARN names, whatever else it says; undefined for a text that is not an ARN. */
export const partitionOfArn = (arn: string): string | undefined => /^arn:([^:]+):/.exec(arn)?.[1];
