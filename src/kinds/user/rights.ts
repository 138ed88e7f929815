import type { Aws } from '../../aws/connect.ts';
import type { Rights } from '../../core/rights.ts';
import { directory, store } from '../shared/identity-store.ts';

export const rights: Rights<Aws> = {
  read: [{ sid: 'Users', on: directory, actions: ['identitystore:ListUsers'] }],
  write: [
    {
      // What somebody else made in the meantime is found by its name, and made what the file says. The e-mail, phone number
      // and address are replaced whole, so they are read before they are written.
      sid: 'Users',
      on: directory,
      actions: [
        'identitystore:CreateUser',
        'identitystore:UpdateUser',
        'identitystore:DeleteUser',
        'identitystore:DescribeUser',
        'identitystore:GetUserId',
      ],
    },
  ],
  probes: { 'identitystore:ListUsers': (aws) => aws.identityStore.listUsers({ ...store(aws), MaxResults: 1 }) },
};
