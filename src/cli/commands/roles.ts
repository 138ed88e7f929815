import { defineCommand } from '../command.ts';
import { awsVariables } from '../environment.ts';
import { common, connection, fromSnapshot, offline } from '../flags.ts';

export const roles = defineCommand({
  name: 'roles',
  summary: 'Print the role ARNs of permission sets',
  description: [
    'Prints the IAM role of each permission set in each account: for resource policies, key policies, EKS and Terraform. ' +
      'AWS chooses the last 16 characters of a role name. So an ARN is a pattern, unless IAM of the account tells it.',
    'IAM is asked in the account of the credentials, where they have the right iam:ListRoles, and with `--iam-profile` in ' +
      'other accounts.',
  ],
  args: {},
  flags: {
    account: {
      takes: 'name',
      repeats: true,
      description: 'Only in this account, by name, ID or pattern such as prod-*.',
    },
    permissionSet: { takes: 'name', repeats: true, description: 'Only this permission set, by name or pattern.' },
    iamProfile: {
      takes: 'name',
      repeats: true,
      conflicts: ['local'],
      description: 'Also ask IAM in the account of this AWS profile.',
    },
    offline: { ...offline, conflicts: ['snapshot', 'local', 'profile'] },
    format: {
      takes: 'format',
      choices: ['text', 'json', 'eks', 'terraform'],
      default: 'text',
      description: 'Output format. `eks` is access entries for eksctl, `terraform` local values.',
    },
    ...connection,
    snapshot: { ...fromSnapshot, conflicts: ['profile'] },
    ...common,
  },
  examples: [
    { does: 'Every role, account by account', run: 'idc roles' },
    { does: 'For a bucket policy: from the file alone', run: 'idc roles --offline --permission-set Auditor' },
    {
      does: 'For an EKS cluster in production',
      run: 'idc roles --account production --iam-profile production-admin --format eks',
    },
    { does: 'As local values of Terraform', run: 'idc roles --format terraform > roles.tf' },
  ],
  environment: awsVariables,
  run: async ({ io, flags }) => {
    const { roles } = await import('../run/roles.ts');
    return roles(io, flags, flags.file);
  },
});
