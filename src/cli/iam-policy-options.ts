import { Argument, type Command } from 'commander';
import type { Purpose } from './run/iam-policy.ts';
import type { IamPolicyFlags } from './run/iam-policy-flags.ts';
import type { Io } from './io.ts';

/** `idc iam-policy`: the rights that a role needs. */
export function addIamPolicy(program: Command, { io, done }: { io: Io; done: (code: number) => void }): void {
  program
    .command('iam-policy')
    .description('print the least IAM rights that a role needs for plans or for applies, or whom it trusts')
    .addArgument(new Argument('<purpose>', 'what the role is for').choices(['plan', 'apply']))
    .option('-f, --file <file>', 'narrows the policy to its instance (default: identity.yaml, where it is there)')
    .option('--management-account <id>', "the organization's management account (default: any)")
    .option('--identity-store <id>', 'the identity store of the instance, d-… (default: any)')
    .option('--partition <partition>', "aws, aws-cn, aws-us-gov; default: the file's instance or region, else aws")
    .option('--delegated-administrator', 'leave out what only works from the management account')
    .option('--kms-key <arn>', 'the customer managed key of the instance, where it has one')
    .option('--trust', "print the role's trust policy for GitHub's jobs instead")
    .option('--repository <org/repo>', 'with --trust: the repository of the workflow')
    .option('--environment <name>', 'with --trust: an environment of the workflow; may be repeated', append)
    .option('--account <id>', 'with --trust: the account of the role (default: --management-account)')
    .addHelpText('after', help)
    .action(async (purpose: Purpose, flags: IamPolicyFlags) => {
      const { printIamPolicy } = await import('./run/iam-policy.ts');
      done(await printIamPolicy(io, flags, purpose));
    });
}

const append = (text: string, before: string[] = []): string[] => [...before, text];

const help = `
The policy is complete: a plan or an apply makes no other call. It is
printed without AWS and without a file; with one, it is for no other
instance. The ids make it narrower still.

The trust policy lets only jobs of the named environments take the role:
  plan    identity-center-plan
  apply   identity-center-apply and identity-center-approve
GitHub puts ids into the tokens of newer repositories; then --repository
is ORG@123/REPO@456, as sub_claim_prefix has it in the answer to
  gh api repos/ORG/REPO/actions/oidc/customization/sub

Examples:
  idc iam-policy plan --management-account 111122223333
  idc iam-policy apply --delegated-administrator
  idc iam-policy apply --trust --repository ORG/REPO \\
      --account 111122223333
  idc emulator --policy policy.json      try a policy without an account`;
