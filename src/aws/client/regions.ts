/**
 * Where Identity Center may have its home, by partition: the regions of the AWS SDK's table of partitions. A region that has
 * no Identity Center does not answer, which costs nothing but a moment.
 */
const byPartition: Record<string, string> = {
  aws: `af-south-1 ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2 ap-southeast-1
    ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-central-1 ca-west-1
    eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-1 eu-west-2 eu-west-3 il-central-1 me-central-1
    me-south-1 me-west-1 mx-central-1 sa-east-1 sa-west-1 us-east-1 us-east-2 us-west-1 us-west-2`,
  'aws-cn': 'cn-north-1 cn-northwest-1',
  'aws-eusc': 'eusc-de-east-1',
  'aws-us-gov': 'us-gov-east-1 us-gov-west-1',
};

export const regionsOf = (partition: string): string[] => byPartition[partition]?.split(/\s+/) ?? [];

/** Those of every partition. */
export const regions: readonly string[] = Object.keys(byPartition).flatMap(regionsOf);
