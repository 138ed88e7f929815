import type { StepOf } from '../../core/of-kind.ts';
import type { Warning } from '../../core/plan.ts';
import { stableJson } from '../../core/stable-json.ts';
import type { Condition } from '../../core/policy-difference.ts';
import { readConditions } from '../../policies/condition.ts';
import { rawStatements, type RawStatement } from '../../policies/documents.ts';
import type { PermissionSetSpec } from './kind.ts';

/**
 * Statements that come to an inline policy and ask for aws:MultiFactorAuthPresent. The key is true where a person passed an MFA
 * code to STS ("AWS global condition context keys", IAM user guide). Identity Center asks for MFA before that, and no page of AWS says
 * that its sessions carry the key; reports say that they don't (opendatacube/datacube-k8s-eks#41).
 */
export function mfaRisks(steps: readonly StepOf<PermissionSetSpec>[]): Warning[] {
  return steps.flatMap(({ before, after, places = [] }) => {
    if (after === undefined) return [];
    const known = new Set(statementsOf(before).map((one) => stableJson(one)));
    const effects = statementsOf(after)
      .filter((one) => asksForMfa(one) && !known.has(stableJson(one)))
      .map(({ Effect }) => (Effect === 'Allow' ? 'Allow may apply to no one' : 'Deny may apply to everyone, always'));
    const [place] = places;
    return [...new Set(effects)].map((effect) => ({
      code: 'mfa-condition',
      message: `${after.name} has a condition on aws:MultiFactorAuthPresent. As far as known, signing in at the portal does not set this key, so this ${effect}. Require MFA in the settings of Identity Center instead.`,
      lead: `in ${after.name}, a condition on MFA: this ${effect}`,
      ...(place && { place }),
    }));
  });
}

const statementsOf = (spec: PermissionSetSpec | undefined): RawStatement[] => rawStatements(spec?.inlinePolicy);

const asksForMfa = ({ Effect, Condition: conditions }: RawStatement): boolean =>
  // A condition on the time alone is left out, or undefined; the time says nothing here.
  (readConditions(conditions, new Date(0)) ?? []).some(
    (one) => one.key === 'aws:multifactorauthpresent' && (Effect === 'Allow') !== isMetWithoutKey(one),
  );

/** Whether the condition is met by a session without the key, or with one that is false. */
function isMetWithoutKey({ operator, values }: Condition): boolean {
  const [value] = values.map((one) => one.toLowerCase());
  if (operator === 'null') return value === 'true';
  return operator === 'boolifexists' || value === 'false';
}
