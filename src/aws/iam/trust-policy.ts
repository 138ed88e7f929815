/** Whose jobs may take a role. */
export interface Trust {
  partition: string;
  /** The account that the role lives in. */
  accountId: string;
  /** `ORG/REPO`, or with ids as GitHub's newer tokens have them: `ORG@1/REPO@2`. */
  repository: string;
  environments: readonly string[];
}

const issuer = 'token.actions.githubusercontent.com';

/**
 * The trust policy for GitHub's OIDC provider. Only jobs of these environments can take the role: an environment can be
 * limited to the default branch and to reviewers, while a branch name can't be limited to anybody. The audience is what
 * GitHub's action for AWS credentials asks for unless told otherwise, in every partition.
 */
export function trustPolicy({ partition, accountId, repository, environments }: Trust): object {
  const subjects = environments.map((environment) => `repo:${repository}:environment:${environment}`);
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'JobsOfTheseEnvironments',
        Effect: 'Allow',
        Principal: { Federated: `arn:${partition}:iam::${accountId}:oidc-provider/${issuer}` },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: { StringEquals: { [`${issuer}:aud`]: 'sts.amazonaws.com', [`${issuer}:sub`]: subjects } },
      },
    ],
  };
}
