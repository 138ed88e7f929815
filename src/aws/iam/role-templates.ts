import { expression, quoted, reference } from '../../core/terraform.ts';
import type { PolicyDocument } from './policy.ts';
import { audience, githubIssuer, trustStatement } from './trust-policy.ts';

/** The two roles of the workflows, for a template that makes them. */
export interface RolesToMake {
  policies: Readonly<Record<Purpose, PolicyDocument>>;
  environments: Readonly<Record<Purpose, readonly string[]>>;
  /** `ORG/REPO`, or with ids; undefined where a parameter says so. */
  repository: string | undefined;
  /** Whose tokens are taken: a host, and for some enterprises a path. */
  issuer?: string | undefined;
  /** The ARN of the issuer's OIDC provider in the account; undefined to make one. An account has one of each issuer at most. */
  providerArn?: string | undefined;
}

type Purpose = 'plan' | 'apply';

const purposes = ['plan', 'apply'] as const;
const titles = { plan: 'Plan', apply: 'Apply' } as const satisfies Record<Purpose, string>;
const description =
  'Roles for the GitHub workflows of Identity Center as Code. Who can take the apply role, or change this stack, can make anyone an administrator.';
/** Seconds. An apply of a large change takes longer than the hour that a role gives at first. */
const maxSession = 10_800;
const prefix = 'identity-center-';
const repositoryForm = '^[A-Za-z0-9][\\w-]*(@\\d+)?/[\\w.-]+(@\\d+)?$';

/**
 * A CloudFormation template, in JSON. The thumbprints of a provider are left out: IAM trusts GitHub by its own library of
 * certificate authorities (IAM user guide, "Obtain the thumbprint for an OpenID Connect identity provider").
 */
export function cloudFormationTemplate(roles: RolesToMake): object {
  const { policies, environments, repository, issuer = githubIssuer, providerArn = '' } = roles;
  const roleOf = (purpose: Purpose): object => ({
    Type: 'AWS::IAM::Role',
    Properties: {
      RoleName: { 'Fn::Sub': `\${RolePrefix}${purpose}` },
      MaxSessionDuration: maxSession,
      PermissionsBoundary: { 'Fn::If': ['HasBoundary', { Ref: 'PermissionsBoundary' }, { Ref: 'AWS::NoValue' }] },
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          trustStatement({
            issuer,
            provider: { 'Fn::If': ['MakesProvider', { Ref: 'Provider' }, { Ref: 'ProviderArn' }] },
            subjects: environments[purpose].map((environment) => ({
              'Fn::Sub': `repo:\${Repository}:environment:${environment}`,
            })),
          }),
        ],
      },
      Policies: [{ PolicyName: 'idc', PolicyDocument: policies[purpose] }],
    },
  });
  const text = (about: string, more: object): object => ({ Type: 'String', Description: about, ...more });
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: description,
    Parameters: {
      Repository: text('The repository of the workflows: ORG/REPO, or ORG@1/REPO@2 where its tokens have ids.', {
        AllowedPattern: repositoryForm,
        ...(repository !== undefined && { Default: repository }),
      }),
      ProviderArn: text(`The ARN of the OIDC provider for ${issuer} in this account. Empty: it is made.`, {
        Default: providerArn,
      }),
      RolePrefix: text('What the names of both roles begin with.', { Default: prefix }),
      PermissionsBoundary: text('The ARN of a permissions boundary for both roles. Empty: none.', { Default: '' }),
    },
    Conditions: {
      MakesProvider: { 'Fn::Equals': [{ Ref: 'ProviderArn' }, ''] },
      HasBoundary: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'PermissionsBoundary' }, ''] }] },
    },
    Resources: {
      // Other stacks may come to use it.
      Provider: {
        Type: 'AWS::IAM::OIDCProvider',
        Condition: 'MakesProvider',
        DeletionPolicy: 'Retain',
        UpdateReplacePolicy: 'Retain',
        Properties: { Url: `https://${issuer}`, ClientIdList: [audience] },
      },
      ...Object.fromEntries(purposes.map((purpose) => [`${titles[purpose]}Role`, roleOf(purpose)])),
    },
    Outputs: Object.fromEntries(
      purposes.map((purpose) => [
        `${titles[purpose]}RoleArn`,
        { Description: `The role of ${purpose}.`, Value: { 'Fn::GetAtt': [`${titles[purpose]}Role`, 'Arn'] } },
      ]),
    ),
  };
}

/** The same as a Terraform module of one file. */
export function terraformModule(roles: RolesToMake): string {
  const { policies, environments, repository, issuer = githubIssuer, providerArn = '' } = roles;
  const trust = (purpose: Purpose): object =>
    trustStatement({
      issuer,
      provider: reference('local.provider_arn'),
      subjects: environments[purpose].map((environment) =>
        reference(`"repo:\${var.repository}:environment:${environment}"`),
      ),
    });
  return `# ${description}
variable "repository" {
  description = "The repository of the workflows: ORG/REPO, or ORG@1/REPO@2 where its tokens have ids."
  type        = string${repository === undefined ? '' : `\n  default     = ${quoted(repository)}`}
  validation {
    condition     = can(regex(${quoted(repositoryForm)}, var.repository))
    error_message = "It is ORG/REPO, or ORG@1/REPO@2."
  }
}

variable "provider_arn" {
  description = "The ARN of the OIDC provider for ${issuer} in this account. Empty: it is made."
  type        = string
  default     = ${quoted(providerArn)}
}

variable "role_prefix" {
  description = "What the names of both roles begin with."
  type        = string
  default     = ${quoted(prefix)}
}

variable "permissions_boundary" {
  description = "The ARN of a permissions boundary for both roles."
  type        = string
  default     = null
}

resource "aws_iam_openid_connect_provider" "github" {
  count          = var.provider_arn == "" ? 1 : 0
  url            = ${quoted(`https://${issuer}`)}
  client_id_list = [${quoted(audience)}]
}

locals {
  provider_arn = var.provider_arn == "" ? aws_iam_openid_connect_provider.github[0].arn : var.provider_arn
}
${purposes
  .map(
    (purpose) => `
resource "aws_iam_role" "${purpose}" {
  name                 = "\${var.role_prefix}${purpose}"
  max_session_duration = ${maxSession}
  permissions_boundary = var.permissions_boundary
  assume_role_policy = jsonencode(${expression({ Version: '2012-10-17', Statement: [trust(purpose)] })})
}

resource "aws_iam_role_policy" "${purpose}" {
  name = "idc"
  role = aws_iam_role.${purpose}.id
  policy = jsonencode(${expression(policies[purpose])})
}

output "${purpose}_role_arn" {
  description = "The role of ${purpose}."
  value       = aws_iam_role.${purpose}.arn
}
`,
  )
  .join('')}`;
}
