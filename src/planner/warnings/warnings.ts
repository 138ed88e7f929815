import type { AwsContext } from '../../aws/context.ts';
import type { LoadedFile } from '../../config/load.ts';
import { isInForce } from '../../core/allowance.ts';
import { describeSnapshot, isOld } from '../../core/snapshot-age.ts';
import { stepsOf } from '../../core/of-kind.ts';
import type { Plan, Step, Warning } from '../../core/plan.ts';
import type { Constraint } from '../../core/kind.ts';
import { kinds } from '../../kinds/index.ts';
import type { LiveState } from '../../reconcile/state.ts';
import { accountNameWarnings } from './account-names.ts';
import { alreadyRemovedWarnings } from './already-removed.ts';
import { expiryWarnings } from '../expiring-entries.ts';
import { renameWarnings } from '../guards/forgotten-renames.ts';
import { ignoredGrantWarnings } from './ignored-grants.ts';
import { mixedScriptWarnings } from './mixed-scripts.ts';
import { movedAccountWarnings } from './moved-account-warnings.ts';
import { orderWarnings } from './order-warnings.ts';
import type { CompiledFile } from '../../source/compile.ts';
import { idlePatterns, type RuleNames } from '../names/rule-names.ts';
import { targetWarnings } from './target-warnings.ts';
import { unfinishedApplyWarnings } from './unfinished-applies.ts';
import { userWarnings } from './user-warnings.ts';

export interface WarningInput {
  plan: Plan;
  file: CompiledFile;
  live: LiveState;
  ruleNames: RuleNames;
  context: AwsContext;
  givenUp: readonly Constraint[];
  isLocal: boolean;
  now: Date;
}

/** What a reviewer should know, though nothing of it stops the plan: the gravest first. */
export function planWarnings(input: WarningInput): Warning[] {
  const { plan, file, live, givenUp, now, context } = input;
  const { loaded } = file;
  const { steps } = plan;
  return [
    ...accountNameWarnings(loaded, context.organization),
    ...kindRisks(steps),
    ...renameWarnings(steps, file),
    ...mixedScriptWarnings(steps, file),
    ...ignoredGrantWarnings(steps, file),
    ...unfinishedApplyWarnings(plan),
    ...movedAccountWarnings(steps, file, now),
    ...alreadyRemovedWarnings(file, live),
    ...targetWarnings(steps, file),
    ...userWarnings(plan, loaded.document),
    ...renamedRoles(plan),
    ...orderWarnings(givenUp),
    ...unlimited(loaded),
    ...allowance(loaded, now),
    ...expiryWarnings(loaded, now).map(({ at, ...warning }) => {
      const place = loaded.places.of(at);
      return { ...warning, ...(place && { place }) };
    }),
    ...idlePatterns(file, input.ruleNames),
    ...oldSnapshot(plan, now),
    ...unchecked(input),
    ...loaded.warnings.map(({ code, message, place }) => ({ code, message, ...(place && { place }) })),
  ];
}

const kindRisks = (steps: readonly Step[]): Warning[] =>
  kinds.flatMap((kind) =>
    (kind.risks?.(stepsOf(kind, steps)) ?? []).map((risk) => ({ ...risk, isRisk: true as const })),
  );

function renamedRoles({ steps }: Plan): Warning[] {
  return steps
    .filter(({ kind, replacedBy }) => kind === 'permission-set' && replacedBy !== undefined)
    .map(({ label, before }) => ({
      code: 'role-names-change',
      message: `Permission set ${label} is replaced under another name, so its roles (AWSReservedSSO_${(before as { name: string }).name}_…) get new names and ARNs. Resource policies (buckets, queues, secrets), KMS key policies, and EKS access entries or aws-auth mappings that name the old ARN stop working. Change them to the new role.`,
    }));
}

/** A line that was meant for one change is easily left in the file; unlike `safety.allow` it does not expire. */
function unlimited({ document, places }: LoadedFile): Warning[] {
  if (document.safety.maxRemovals !== '100%') return [];
  const place = places.of(['safety', 'maxRemovals']);
  const message =
    'safety.maxRemovals: 100% lets every plan remove everything. For one large change, use safety.allow, which expires.';
  return [{ code: 'removals-unlimited', message, ...(place && { place }) }];
}

function allowance({ document, places }: LoadedFile, now: Date): Warning[] {
  const { allow } = document.safety;
  if (!allow) return [];
  const place = places.of(['safety', 'allow']);
  const where = { ...(place && { place }) };
  if (!isInForce(allow, now)) {
    const message = `safety.allow expired at the end of ${allow.until} (UTC). Remove it from the file.`;
    return [{ code: 'allow-expired', message, ...where }];
  }
  const message = `safety.allow is in force until the end of ${allow.until} (UTC): a plan may remove up to ${allow.removals} of each kind, and as many people may lose a grant.`;
  return [{ code: 'allow-in-force', message, ...where }];
}

function oldSnapshot({ snapshot }: Plan, now: Date): Warning[] {
  if (snapshot === undefined || !isOld(snapshot.takenAt, now)) return [];
  const message = `The plan was made from ${describeSnapshot(snapshot.takenAt, now)}and does not have later changes. Take a new one with idc snapshot.`;
  return [{ code: 'old-snapshot', message }];
}

/** What could not be looked at. */
function unchecked({ plan, context: { organization, caller }, isLocal }: WarningInput): Warning[] {
  const warnings: Warning[] = [];
  if (organization.accounts === undefined) {
    warnings.push({
      code: 'accounts-unreadable',
      message: `Organizations can't be read (${organization.unreadable ?? 'no answer'}), so suspended accounts count as active. Grant organizations:ListAccounts to this role.`,
    });
  }
  // A caller that is known and live is judged by the guard, or is no person of Identity Center and can lose nothing by this.
  const mayBeLoser = plan.snapshot !== undefined || caller === undefined;
  if (!isLocal && plan.access.lost.length > 0 && mayBeLoser) {
    warnings.push({
      code: 'own-access-not-checked',
      message:
        'Not checked: whether you would lose your own administrator access. That needs a live plan with an Identity Center role (AWSReservedSSO_…).',
    });
  }
  return warnings;
}
