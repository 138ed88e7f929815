import type { Aws } from '../../aws/connect.ts';
import { instanceArn } from '../../aws/iam/arns.ts';
import type { Rights } from '../../core/rights.ts';

const describe = 'sso:DescribeInstanceAccessControlAttributeConfiguration';

export const rights: Rights<Aws> = {
  read: [{ sid: 'Attributes', on: [instanceArn], actions: [describe] }],
  write: [
    {
      sid: 'Attributes',
      on: [instanceArn],
      actions: [
        'sso:CreateInstanceAccessControlAttributeConfiguration',
        'sso:UpdateInstanceAccessControlAttributeConfiguration',
        'sso:DeleteInstanceAccessControlAttributeConfiguration',
      ],
    },
  ],
  optional: { [describe]: 'section' },
  probes: {
    [describe]: (aws) =>
      aws.ssoAdmin.describeInstanceAccessControlAttributeConfiguration({ InstanceArn: aws.instance.arn }),
  },
};
