import { distance } from 'fastest-levenshtein';
import data from '../../policies/data/policy-names.json' with { type: 'json' };

/**
 * The AWS managed policies that a permission set can have, as the file writes them: `ReadOnlyAccess`, `job-function/Billing`.
 * AWS adds some every week, so the list only suggests: a name that is not in it is not a mistake. `npm run data` writes it.
 */
export const managedPolicies: ReadonlySet<string> = new Set(data.names);

/** The day up to which the list has what AWS has, in UTC. */
export const managedPoliciesDate = data.date;

const base = (name: string): string => name.slice(name.lastIndexOf('/') + 1);
const byBase = new Map(data.names.map((name) => [base(name).toLowerCase(), name]));

/** The policy that was probably meant, where the name is not one that is known but very near to one. */
export function suggestManagedPolicy(nameOrArn: string): string | undefined {
  const name = nameOrArn.replace(/^arn:[^:]+:iam::aws:policy\//, '');
  if (managedPolicies.has(name)) return undefined;
  const other = byBase.get(base(name).toLowerCase());
  if (other !== undefined) return other;
  let [nearest, steps]: [string | undefined, number] = [undefined, 3];
  for (const candidate of managedPolicies) {
    if (Math.abs(candidate.length - name.length) >= steps) continue;
    const between = Math.min(distance(candidate, name), distance(base(candidate), name));
    if (between < steps) [nearest, steps] = [candidate, between];
  }
  return nearest;
}
