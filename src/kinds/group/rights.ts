import type { Aws } from '../../aws/connect.ts';
import type { Rights } from '../../core/rights.ts';
import { directory, store } from '../shared/identity-store.ts';

export const rights: Rights<Aws> = {
  read: [{ sid: 'Groups', on: directory, actions: ['identitystore:ListGroups'] }],
  write: [
    {
      // What somebody else made in the meantime is found by its name, and made what the file says.
      sid: 'Groups',
      on: directory,
      actions: [
        'identitystore:CreateGroup',
        'identitystore:UpdateGroup',
        'identitystore:DeleteGroup',
        'identitystore:DescribeGroup',
        'identitystore:GetGroupId',
      ],
    },
  ],
  probes: { 'identitystore:ListGroups': (aws) => aws.identityStore.listGroups({ ...store(aws), MaxResults: 1 }) },
};
