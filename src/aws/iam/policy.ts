import { groupBy } from '../../core/group-by.ts';
import type { Right, Rights } from '../../core/rights.ts';
import { connectionRights, managementAccountRights, optionalRights } from './actions.ts';

/** How narrow the policy can be; what is not known stands as `*`. */
export interface PolicyScope {
  partition: string;
  instanceArn?: string;
  identityStoreId?: string;
  managementAccountId?: string;
  /** The caller is outside the management account, where it can change nothing anyway. */
  isDelegated: boolean;
  /** With what no plan needs, for the other commands. */
  withOptional?: boolean;
  /** The customer managed key of the instance, where it has one. */
  kmsKeyArn?: string;
}

interface Statement {
  Sid: string;
  Effect: 'Allow';
  Action: readonly string[];
  Resource: readonly string[];
  Condition?: Record<string, Record<string, readonly string[]>>;
}

export interface PolicyDocument {
  Version: '2012-10-17';
  Statement: readonly Statement[];
}

/** What a role needs rights for. */
export interface NeedsRights {
  rights: Pick<Rights<never>, 'read' | 'write'>;
}

/** The identity policy of the role that plans these kinds, or of the one that applies: an apply plans first. */
export function iamPolicy(
  kinds: readonly NeedsRights[],
  purpose: 'plan' | 'apply',
  scope: PolicyScope,
): PolicyDocument {
  const isApply = purpose === 'apply';
  const all = [{ rights: connectionRights }, ...kinds];
  const rights = [
    ...all.flatMap(({ rights: { read } }) => read),
    ...(isApply ? all.flatMap(({ rights: { write } }) => write) : []),
  ];
  const roles = isApply && !scope.isDelegated ? managementAccountRights : [];
  const optional = scope.withOptional ? optionalRights : [];
  const statements = [
    ...groupBy(rights, ({ on }) => on.join(' ')).values(),
    ...[...roles, ...optional].map((right) => [right]),
  ];
  return {
    Version: '2012-10-17',
    Statement: [...statements.map((group) => statementOf(group, scope)), ...keyStatements(scope)],
  };
}

/** Few and large, since a managed policy has 6,144 characters (IAM quotas), and each statement repeats the ARNs. */
function statementOf(rights: readonly Right[], scope: PolicyScope): Statement {
  const [{ on } = { on: [] }] = rights;
  return {
    Sid: [...new Set(rights.map(({ sid }) => sid))].join('And'),
    Effect: 'Allow',
    Action: [...new Set(rights.flatMap(({ actions }) => actions))],
    Resource: on.map((arn) => fill(arn, scope)),
  };
}

function fill(arn: string, { partition, instanceArn, identityStoreId, managementAccountId }: PolicyScope): string {
  return arn
    .replace('{partition}', partition)
    .replace('{instance}', instanceArn?.split('/')[1] ?? '*')
    .replace('{store}', identityStoreId ?? '*')
    .replace('{account}', managementAccountId ?? '*');
}

/**
 * Identity Center and its identity store decrypt with the caller's rights (user guide: "Implementing customer managed
 * KMS keys"). The key can be used through these two services alone; in China their names in this condition are not
 * documented, so there the key stands by itself.
 */
function keyStatements({ partition, kmsKeyArn }: PolicyScope): Statement[] {
  if (kmsKeyArn === undefined) return [];
  const viaServices = { 'kms:ViaService': ['sso.*.amazonaws.com', 'identitystore.*.amazonaws.com'] };
  return [
    {
      Sid: 'ReadWhatTheKeyEncrypts',
      Effect: 'Allow',
      Action: ['kms:Decrypt'],
      Resource: [kmsKeyArn],
      ...(partition !== 'aws-cn' && { Condition: { StringLike: viaServices } }),
    },
  ];
}
