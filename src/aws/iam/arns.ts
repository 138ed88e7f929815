// Forms of the ARNs that several rights are about. Resource types are those of the service authorization reference (AWS IAM
// Identity Center, AWS Identity Store, AWS Organizations); an action is judged on every type that the reference marks as required
// for it, so a right names them all.

/** For actions that know no resources. */
export const anything = '*';

export const instanceArn = 'arn:{partition}:sso:::instance/{instance}';
