import type { AccessSet } from '../core/access-answer.ts';
import { nounCount, joinWords, listOf } from '../core/words.ts';
import type { PermissionSetSpec } from '../kinds/permission-set/kind.ts';
import { managedPolicyName } from '../policies/content.ts';

/** The actions that are named; more are counted. */
const named = 2;

/**
 * What a permission set allows, in one line: `everything (AdministratorAccess)`, `ReadOnlyAccess and an inline policy: 5,321
 * actions, 12 of them in part`.
 * @param spec undefined for a set that is not there.
 */
export function setWords({ raises, actions, unknown }: AccessSet, spec: PermissionSetSpec | undefined): string {
  const policies = [
    ...(spec?.managedPolicies.map(managedPolicyName) ?? []),
    ...(spec?.customerManagedPolicies.map(({ name }) => name) ?? []),
    ...(spec?.inlinePolicy === undefined ? [] : ['an inline policy']),
  ];
  const by = policies.length === 0 ? 'no policy' : joinWords(policies);
  const [first = '', ...rest] = raises;
  const all = actions.everywhere + actions.inPart;
  const limits = [
    ...(spec?.permissionsBoundary ? ['within a permissions boundary'] : []),
    ...(unknown.length > 0 ? [`unknown: ${listOf(unknown, named)}`] : []),
  ];
  const what =
    first === '*'
      ? `everything${
          rest.length === 0
            ? ''
            : ` but ${listOf(
                rest.map((pattern) => pattern.slice(1)),
                named,
              )}`
        } (${by})`
      : [
          `${by}: ${nounCount(all, ['action', 'actions'])}`,
          ...(actions.inPart > 0 && actions.everywhere > 0 ? [`${actions.inPart} of them in part`] : []),
          ...(actions.inPart > 0 && actions.everywhere === 0 ? ['all in part'] : []),
          ...(raises.length > 0 ? [`raises rights by ${listOf(raises, named)}`] : []),
        ].join(', ');
  return [what, ...limits].join('; ');
}
