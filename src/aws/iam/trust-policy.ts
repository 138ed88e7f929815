/** Whose jobs may take a role. */
export interface Trust {
  partition: string;
  /** The account that the role lives in. */
  accountId: string;
  /** `ORG/REPO`, or with ids as GitHub's newer tokens have them: `ORG@1/REPO@2`. */
  repository: string;
  environments: readonly string[];
  /** Whose tokens are taken; by default those of github.com. */
  issuer?: string | undefined;
}

/** The issuer of the tokens of jobs on github.com; an enterprise with data residency has its own. */
export const githubIssuer = 'token.actions.githubusercontent.com';

/**
 * The trust policy for GitHub's OIDC provider. Only jobs of these environments can take the role: an environment can be
 * limited to the default branch and to reviewers, while a branch name can't be limited to anybody.
 */
export function trustPolicy({ partition, accountId, repository, environments, issuer = githubIssuer }: Trust): object {
  const provider = `arn:${partition}:iam::${accountId}:oidc-provider/${issuer}`;
  const subjects = environments.map((environment) => `repo:${repository}:environment:${environment}`);
  return { Version: '2012-10-17', Statement: [trustStatement({ issuer, provider, subjects })] };
}

/** What GitHub's action for AWS credentials asks for unless told otherwise, in every partition. */
export const audience = 'sts.amazonaws.com';

/**
 * Who may take the role, with the provider and the subjects as a document or a template writes them.
 */
export const trustStatement = (trust: { issuer: string; provider: unknown; subjects: readonly unknown[] }): object => ({
  Sid: 'JobsOfTheseEnvironments',
  Effect: 'Allow',
  Principal: { Federated: trust.provider },
  Action: 'sts:AssumeRoleWithWebIdentity',
  Condition: {
    StringEquals: { [`${trust.issuer}:aud`]: audience, [`${trust.issuer}:sub`]: trust.subjects },
  },
});
