/** What a permission set, or anyone's role, has of policies. */
export interface Content {
  /** AWS managed policies: ARNs, or as a file writes them (`job-function/Billing`). */
  managedPolicies: readonly string[];
  /** Paths and names. */
  customerManagedPolicies: readonly string[];
  /** A document; live, it may be anything. */
  inlinePolicy?: unknown;
  permissionsBoundary?: { managedPolicy: string } | { customerManagedPolicy: string };
}

/** The name of an AWS managed policy as a file writes it, in any partition. */
export const managedPolicyName = (nameOrArn: string): string => nameOrArn.replace(/^arn:[^:]+:iam::aws:policy\//, '');
