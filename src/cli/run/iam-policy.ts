import { existsSync } from 'node:fs';
import { iamPolicy, type PolicyDocument } from '../../aws/iam/policy.ts';
import { partitionOf } from '../../core/partition.ts';
import { cloudFormationTemplate, terraformModule } from '../../aws/iam/role-templates.ts';
import { trustPolicy } from '../../aws/iam/trust-policy.ts';
import type { IdentityDocument } from '../../config/schema/document.ts';
import { ConfigError, ReportedError } from '../../core/errors.ts';
import { kinds } from '../../kinds/index.ts';
import { checkPolicy } from './check-policy.ts';
import { answerTo, type IamPolicyFlags } from './iam-policy-flags.ts';
import { delegatedLimits, howToDeploy, howToMakeTheRole, howToTrust } from './iam-policy-hints.ts';
import { exitCodes, type Io } from '../io.ts';
import { loadFile } from '../../source/load-file.ts';

export type Purpose = 'plan' | 'apply';

/** Environments of the project's workflows: an apply may also be the one that somebody approves by hand. */
const defaultEnvironments: Record<Purpose, string[]> = {
  plan: ['identity-center-plan'],
  apply: ['identity-center-apply', 'identity-center-approve'],
};

/** Prints the IAM policy that a role needs for plans or for applies, whom it trusts, or a template of both. Asks AWS nothing. */
export async function printIamPolicy(io: Io, flags: IamPolicyFlags, purpose: Purpose | undefined): Promise<number> {
  const answer = answerTo(flags, purpose);
  const { region, instanceArn } = readFile(io, flags.file)?.identityCenter ?? {};
  const ofInstance = instanceArn?.split(':')[1];
  if (flags.partition !== undefined && ofInstance !== undefined && flags.partition !== ofInstance) {
    throw new ReportedError('bad-flag', `--partition ${flags.partition} is not that of ${instanceArn}.`);
  }
  const partition = flags.partition ?? ofInstance ?? partitionOf(region);
  const isDelegated = flags.delegatedAdministrator ?? false;
  const policyOf = (of: Purpose, withOptional = flags.optional ?? false): PolicyDocument =>
    iamPolicy(kinds, of, {
      partition,
      isDelegated,
      withOptional,
      ...(instanceArn !== undefined && { instanceArn }),
      ...(flags.identityStore !== undefined && { identityStoreId: flags.identityStore }),
      ...(flags.managementAccount !== undefined && { managementAccountId: flags.managementAccount }),
      ...(flags.kmsKey !== undefined && { kmsKeyArn: flags.kmsKey }),
    });
  const { repository, issuer, providerArn, format } = flags;
  if (answer === 'template' || purpose === undefined) {
    const policies = { plan: policyOf('plan'), apply: policyOf('apply') };
    const roles = { policies, environments: defaultEnvironments, repository, issuer, providerArn };
    if (format === 'terraform') io.out(terraformModule(roles));
    else printDocument(io, cloudFormationTemplate(roles));
    if (isDelegated) io.err(delegatedLimits);
    if (io.errIsTerminal) io.err(howToDeploy(format === 'terraform' ? 'terraform' : 'cloudformation'));
    return exitCodes.done;
  }
  const accountId = flags.account ?? flags.managementAccount;
  if (answer === 'trust' && repository !== undefined && accountId !== undefined) {
    const environments = flags.environment ?? defaultEnvironments[purpose];
    printDocument(io, trustPolicy({ partition, accountId, repository, environments, issuer }));
    if (io.errIsTerminal) io.err(howToTrust(purpose, repository, environments));
    return exitCodes.done;
  }
  if (flags.check !== undefined) {
    const policies = { needed: policyOf(purpose, false), withOptional: policyOf(purpose, true) };
    return checkPolicy(io, flags.check, { purpose, ...policies });
  }
  printDocument(io, policyOf(purpose));
  if (isDelegated && purpose === 'apply') io.err(delegatedLimits);
  if (io.errIsTerminal) io.err(howToMakeTheRole(purpose));
  return exitCodes.done;
}

function printDocument(io: Io, document: object): void {
  io.out(`${JSON.stringify(document, null, 2)}\n`);
}

/** The file only narrows the policy, so it may be missing or wrong, unless it was asked for. */
function readFile(io: Io, asked: string | undefined): IdentityDocument | undefined {
  if (asked !== undefined) return loadFile(asked).document;
  const file = 'identity.yaml';
  if (!existsSync(file)) return undefined;
  try {
    return loadFile(file).document;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    io.err(`${file} has mistakes, so the policy is not narrowed to its instance; see idc validate.\n`);
    return undefined;
  }
}
