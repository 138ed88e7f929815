import type { Context } from '../../core/context.ts';
import { notFound, type ServiceError } from '../../core/errors.ts';
import { uuid } from '../../core/ids.ts';
import type { Input } from '../../core/shape.ts';
import type { Table } from '../../core/table.ts';
import type { Instance, TableDefinitions, Tag } from '../../core/world.ts';
import type { CreatedWithToken } from '../../services/sso-admin/client-token.ts';
import { arnInInstance } from '../../services/sso-admin/instance.ts';
import type { CreateTrustedTokenIssuer } from './shapes.ts';

type CreateInput = Input<typeof CreateTrustedTokenIssuer>;

export interface TrustedTokenIssuer extends CreatedWithToken {
  readonly TrustedTokenIssuerArn: string;
  readonly Name: string;
  readonly TrustedTokenIssuerType: CreateInput['TrustedTokenIssuerType'];
  readonly TrustedTokenIssuerConfiguration: CreateInput['TrustedTokenIssuerConfiguration'];
  readonly Tags: readonly Tag[];
}

declare module '../../core/world.ts' {
  interface Tables {
    readonly trustedTokenIssuers: Table<TrustedTokenIssuer, 'name' | 'clientToken'>;
  }
}

export const trustedTokenIssuers: TableDefinitions['trustedTokenIssuers'] = {
  key: (row) => row.TrustedTokenIssuerArn,
  indexes: { name: (row) => row.Name, clientToken: (row) => row.ClientToken },
};

/** Which account the ARN names is not documented: here always the one that owns the instance. */
export function issuerArn({ InstanceArn, OwnerAccountId }: Instance, seed: string): string {
  return arnInInstance(
    InstanceArn,
    'trustedTokenIssuer',
    `tti-${uuid(`trusted-token-issuer ${seed}`)}`,
    OwnerAccountId,
  );
}

interface IssuerInput {
  readonly TrustedTokenIssuerArn: string;
}

export function requireIssuer(
  { world, regionRole }: Context,
  { TrustedTokenIssuerArn }: IssuerInput,
): TrustedTokenIssuer {
  const found = regionRole !== 'other' ? world.trustedTokenIssuers.get(TrustedTokenIssuerArn) : undefined;
  if (!found) throw unknownIssuer(TrustedTokenIssuerArn);
  return found;
}

export function unknownIssuer(arn: string): ServiceError {
  return notFound(`Could not find TrustedTokenIssuer with arn ${arn}`);
}
