import { existsSync } from 'node:fs';
import { iamPolicy } from '../../aws/iam/policy.ts';
import { partitionOf } from '../../core/partition.ts';
import { trustPolicy } from '../../aws/iam/trust-policy.ts';
import type { IdentityDocument } from '../../config/schema/document.ts';
import { ConfigError, ReportedError } from '../../core/errors.ts';
import { kinds } from '../../kinds/index.ts';
import { checkIamFlags, type IamPolicyFlags } from './iam-policy-flags.ts';
import { delegatedLimits, howToMakeTheRole, howToTrust } from './iam-policy-hints.ts';
import { exitCodes, type Io } from '../io.ts';
import { loadFile } from '../../source/load-file.ts';

export type Purpose = 'plan' | 'apply';

/** Environments of the project's workflows: an apply may also be the one that somebody approves by hand. */
const defaultEnvironments: Record<Purpose, string[]> = {
  plan: ['identity-center-plan'],
  apply: ['identity-center-apply', 'identity-center-approve'],
};

/** Prints the IAM policy that a role needs for plans or for applies, or whom it trusts. Asks AWS nothing. */
export async function printIamPolicy(io: Io, flags: IamPolicyFlags, purpose: Purpose): Promise<number> {
  checkIamFlags(flags);
  const { region, instanceArn } = readFile(io, flags.file)?.identityCenter ?? {};
  const ofInstance = instanceArn?.split(':')[1];
  if (flags.partition !== undefined && ofInstance !== undefined && flags.partition !== ofInstance) {
    throw new ReportedError('bad-flag', `--partition ${flags.partition} is not that of ${instanceArn}.`);
  }
  const partition = flags.partition ?? ofInstance ?? partitionOf(region);
  const accountId = flags.account ?? flags.managementAccount;
  if (flags.trust && flags.repository !== undefined && accountId !== undefined) {
    const environments = flags.environment ?? defaultEnvironments[purpose];
    printDocument(io, trustPolicy({ partition, accountId, repository: flags.repository, environments }));
    if (io.errIsTerminal) io.err(howToTrust(purpose, flags.repository, environments));
    return exitCodes.done;
  }
  const isDelegated = flags.delegatedAdministrator ?? false;
  const document = iamPolicy(kinds, purpose, {
    partition,
    isDelegated,
    ...(instanceArn !== undefined && { instanceArn }),
    ...(flags.identityStore !== undefined && { identityStoreId: flags.identityStore }),
    ...(flags.managementAccount !== undefined && { managementAccountId: flags.managementAccount }),
    ...(flags.kmsKey !== undefined && { kmsKeyArn: flags.kmsKey }),
  });
  printDocument(io, document);
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
