/** By the first words of a region's name, as botocore's partitions.json has them. */
const byRegion: readonly (readonly [prefix: string, partition: string])[] = [
  ['cn-', 'aws-cn'],
  ['eusc-', 'aws-eusc'],
  ['us-gov-', 'aws-us-gov'],
  ['us-iso-', 'aws-iso'],
  ['us-isob-', 'aws-iso-b'],
  ['eu-isoe-', 'aws-iso-e'],
  ['us-isof-', 'aws-iso-f'],
];

/** The partition of a region: `aws`, `aws-cn`, `aws-us-gov`, … Without a region the commercial one. */
export const partitionOf = (region: string | undefined): string =>
  byRegion.find(([prefix]) => region?.startsWith(prefix))?.[1] ?? 'aws';

/** The partition that an ARN names, whatever else it says; undefined for a text that is not an ARN. */
export const partitionOfArn = (arn: string): string | undefined => /^arn:([^:]+):/.exec(arn)?.[1];
