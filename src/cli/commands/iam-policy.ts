import { defineCommand } from '../command.ts';
import { printingVariables } from '../environment.ts';
import { common } from '../flags.ts';

export const iamPolicy = defineCommand({
  name: 'iam-policy',
  summary: 'Print the IAM policy that a role needs',
  description: [
    'Prints the least rights of a role that plans or applies. The policy covers every call. It needs ' +
      'neither AWS nor a file; a file limits it to its instance, and the IDs limit it further.',
    'With `--trust` it prints the trust policy, which lets only jobs of the named GitHub environments assume the role:',
    '- `plan`: identity-center-plan',
    '- `apply`: identity-center-apply and identity-center-approve',
    'With `--format cloudformation` or `terraform` it prints a template of both roles. Their names begin with ' +
      'identity-center-, unless a parameter says otherwise. GitHub Enterprise Server is not supported.',
    'GitHub puts IDs into the tokens of newer repositories. Then `--repository` is ORG@123/REPO@456, which is the ' +
      '`sub_claim_prefix` that this prints:',
    '    gh api repos/ORG/REPO/actions/oidc/customization/sub',
  ],
  args: {
    purpose: {
      takes: 'purpose',
      choices: ['plan', 'apply'],
      description: 'What the role is for. A template makes both roles, so it takes none.',
    },
  },
  flags: {
    file: {
      ...common.file,
      group: 'Flags',
      description: 'The identity file, whose instance limits the policy.',
      byDefault: 'identity.yaml, if it exists',
    },
    managementAccount: { takes: 'id', description: "The organization's management account.", byDefault: 'any' },
    identityStore: { takes: 'id', description: 'The identity store of the instance, d-….', byDefault: 'any' },
    partition: {
      takes: 'partition',
      description: 'aws, aws-cn, aws-us-gov, aws-eusc or another.',
      byDefault: 'that of the instance or the region in the file, else aws',
    },
    delegatedAdministrator: { description: 'Leave out what works only from the management account.' },
    optional: {
      description: 'Add what no plan needs: for `idc roles`, `idc doctor` and account access manager.',
    },
    check: {
      takes: 'file',
      completes: 'file',
      description:
        'Instead of printing the policy, compare it with the one that the role has, in a JSON file: which actions are ' +
        'missing, which newer ones other commands would use, and which are needed no more. Exit code 1: an action is missing.',
    },
    kmsKey: { takes: 'arn', description: 'The customer managed key of the instance, if it has one.' },
    format: {
      takes: 'format',
      choices: ['json', 'cloudformation', 'terraform'],
      default: 'json',
      description: 'One policy, or a template that makes both roles with their policies and the OIDC provider.',
    },
    trust: { description: "Print the role's trust policy for GitHub jobs instead." },
    repository: { takes: 'org/repo', description: 'With `--trust` or a template: the repository of the workflow.' },
    environment: { takes: 'name', repeats: true, description: 'With `--trust`: an environment of the workflow.' },
    account: {
      takes: 'id',
      description: 'With `--trust`: the account of the role.',
      byDefault: '`--management-account`',
    },
    issuer: {
      takes: 'host',
      description: 'With `--trust` or a template: the issuer of the tokens, on GitHub Enterprise Cloud.',
      byDefault: 'token.actions.githubusercontent.com',
    },
    providerArn: {
      takes: 'arn',
      description: "With a template: the issuer's OIDC provider in the account.",
      byDefault: 'the template makes it',
    },
  },
  examples: [
    { does: 'A role that only reads', run: 'idc iam-policy plan --management-account 111122223333' },
    { does: 'A delegated administrator that applies', run: 'idc iam-policy apply --delegated-administrator' },
    {
      does: 'Who may assume the role: jobs of one repository',
      run: 'idc iam-policy apply --trust --repository ORG/REPO --account 111122223333',
    },
    {
      does: 'Both roles, and what they trust, as a stack',
      run: 'idc iam-policy --format cloudformation --repository ORG/REPO > idc.json',
    },
    { does: 'What the policy of a role lacks', run: 'idc iam-policy plan --check policy.json' },
    { does: 'Try a policy without an account', run: 'idc emulator --policy policy.json' },
  ],
  environment: printingVariables,
  run: async ({ io, args, flags }) => {
    const { printIamPolicy } = await import('../run/iam-policy.ts');
    return printIamPolicy(io, flags, args.purpose);
  },
});
