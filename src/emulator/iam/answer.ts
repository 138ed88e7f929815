import { takePage, sorted } from '../core/paging.ts';
import { hexId } from '../core/ids.ts';
import { type Input, string, structure } from '../core/shape.ts';
import { describeViolations, readInput } from '../core/validate.ts';
import type { World } from '../core/world.ts';
import { accessDenied, Refusal } from '../query/refusal.ts';
import type { QueryService } from '../query/service.ts';
import type { XmlMembers } from '../query/xml.ts';
import { reservedRoleArns, samlProviderArn } from '../resources/provisioned-permission-set/role.ts';
import type { Sts } from '../sts/answer.ts';
import { rolesIn } from '../sts/assume-role.ts';
import type { Identity } from '../sts/role-session.ts';

/** IAM as far as it knows the roles of Identity Center and of the seed: in the account of who asks, as at AWS. */
export const iam: QueryService<Sts, Identity> = {
  name: 'iam',
  version: '2010-05-08',
  namespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
  operations: new Map([['ListRoles', listRoles]]),
};

// Constraints as in the AWS API model of iam, version 2010-05-08.
const ListRoles = structure(
  {},
  {
    PathPrefix: string({ min: 1, max: 512, pattern: '\\u002F[\\u0021-\\u007F]*' }),
    Marker: string({ min: 1, pattern: '[\\u0020-\\u00FF]+' }),
    MaxItems: { type: 'integer', min: 1, max: 1000 },
  },
);

function listRoles({ world, behaviour, allows }: Sts, { accountId, arn }: Identity, form: URLSearchParams): XmlMembers {
  const maxItems = form.get('MaxItems');
  const { input, violations } = readInput(ListRoles, {
    PathPrefix: form.get('PathPrefix'),
    Marker: form.get('Marker'),
    MaxItems: maxItems === null ? null : Number(maxItems),
  });
  if (violations.length > 0) throw new Refusal(400, 'ValidationError', describeViolations(violations));
  const { PathPrefix = '/', Marker, MaxItems = 100 } = input as Input<typeof ListRoles>;
  // The service authorization reference knows no resource for it; its message names the path (observed).
  if (!allows('iam:ListRoles', '*')) {
    const resource = `arn:${world.organization.Partition}:iam::${accountId}:role${PathPrefix}`;
    throw accessDenied(arn, 'iam:ListRoles', resource);
  }
  const roles = sorted(
    rolesOf(world, accountId).filter(({ Path }) => Path.startsWith(PathPrefix)),
    ({ Arn }) => Arn,
  );
  const invalid = (message: string): Error => new Refusal(400, 'ValidationError', message);
  const paging = { behaviour, operation: 'ListRoles', invalid };
  const page = { MaxResults: MaxItems, ...(Marker !== undefined && { NextToken: Marker }) };
  const { items, next } = takePage(paging, page, roles, ({ Arn }) => Arn);
  return {
    IsTruncated: String(next.NextToken !== undefined),
    Roles: items.map((role) => ({ ...role })),
    ...(next.NextToken !== undefined && { Marker: next.NextToken }),
  };
}

interface Role {
  readonly Path: string;
  readonly RoleName: string;
  readonly RoleId: string;
  readonly Arn: string;
  readonly CreateDate: string;
  readonly AssumeRolePolicyDocument: string;
  readonly MaxSessionDuration: string;
}

function rolesOf(world: World, accountId: string): Role[] {
  const account = world.accounts.get(accountId);
  if (!account) return [];
  const provider = samlProviderArn(world, accountId);
  const reserved = world.provisioned.by('account', accountId).map(({ Content }) =>
    roleOf(reservedRoleArns(world, accountId, Content).role, Content.CreatedDate, {
      Principal: { Federated: provider },
      Action: ['sts:AssumeRoleWithSAML', 'sts:TagSession'],
      Condition: { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
    }),
  );
  const { Partition, ManagementAccountId } = world.organization;
  const others = rolesIn(account).map((role) =>
    roleOf(`arn:${Partition}:iam::${accountId}:role${role}`, account.JoinedTimestamp, {
      Principal: { AWS: `arn:${Partition}:iam::${ManagementAccountId}:root` },
      Action: 'sts:AssumeRole',
    }),
  );
  return [...reserved, ...others];
}

/** @param createdAt seconds since 1970 */
function roleOf(arn: string, createdAt: number, trust: object): Role {
  const slash = arn.lastIndexOf('/') + 1;
  const document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...trust }] };
  return {
    Path: arn.slice(arn.indexOf('/'), slash),
    RoleName: arn.slice(slash),
    RoleId: `AROA${hexId(`role-id ${arn}`, 17).toUpperCase()}`,
    Arn: arn,
    CreateDate: new Date(createdAt * 1000).toISOString(),
    // As IAM answers it: percent-encoded.
    AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(document)),
    MaxSessionDuration: '43200',
  };
}
