import type { Context } from '../../core/context.ts';
import { conflict, quotaExceeded } from '../../core/errors.ts';
import { takeRows } from '../../core/paging.ts';
import { operation } from '../../core/resource.ts';
import { nextId } from '../../core/world.ts';
import { clientTokenOf, createdBefore } from '../../services/sso-admin/client-token.ts';
import { arnInInstance, onInstance, requireAccessibleInstance } from '../../services/sso-admin/instance.ts';
import { mergeTags } from '../../services/sso-admin/tags.ts';
import {
  CreateTrustedTokenIssuer,
  DeleteTrustedTokenIssuer,
  DescribeTrustedTokenIssuer,
  ListTrustedTokenIssuers,
  UpdateTrustedTokenIssuer,
} from './shapes.ts';
import { issuerArn, requireIssuer, type TrustedTokenIssuer } from './table.ts';

export const trustedTokenIssuerOperations = {
  // User guide: the issuer's URL is not validated. Two issuers can have one (Terraform's authors test so).
  CreateTrustedTokenIssuer: operation(CreateTrustedTokenIssuer, onNewIssuer, (context, input) => {
    const { world, behaviour, report } = context;
    const instance = requireAccessibleInstance(context, input);
    const before = createdBefore(world.trustedTokenIssuers, input);
    if (before) return { TrustedTokenIssuerArn: before.TrustedTokenIssuerArn };
    const { Name, TrustedTokenIssuerType, TrustedTokenIssuerConfiguration, Tags = [] } = input;
    refuseTakenName(context, Name);
    if (world.trustedTokenIssuers.size >= behaviour.quotas.trustedTokenIssuers) {
      throw quotaExceeded(
        `You have exceeded AWS SSO limits. Cannot create more than ${behaviour.quotas.trustedTokenIssuers} trusted token issuers.`,
      );
    }
    const row: TrustedTokenIssuer = {
      TrustedTokenIssuerArn: issuerArn(instance, nextId(world, 'trusted-token-issuer')),
      Name,
      TrustedTokenIssuerType,
      TrustedTokenIssuerConfiguration,
      Tags: mergeTags(context, [], Tags),
      ...clientTokenOf(input),
    };
    world.trustedTokenIssuers.put(row);
    report({ type: 'trusted-token-issuer-created', trustedTokenIssuerArn: row.TrustedTokenIssuerArn });
    return { TrustedTokenIssuerArn: row.TrustedTokenIssuerArn };
  }),

  // What is left out stays as it is; the type and the issuer's URL can't be changed.
  UpdateTrustedTokenIssuer: operation(UpdateTrustedTokenIssuer, onIssuer, (context, input) => {
    const before = requireIssuer(context, input);
    const { Name = before.Name } = input;
    if (Name !== before.Name) refuseTakenName(context, Name);
    const { OidcJwtConfiguration: jwt } = before.TrustedTokenIssuerConfiguration;
    const changes = input.TrustedTokenIssuerConfiguration?.OidcJwtConfiguration;
    const TrustedTokenIssuerConfiguration = jwt ? { OidcJwtConfiguration: { ...jwt, ...changes } } : {};
    context.world.trustedTokenIssuers.put({ ...before, Name, TrustedTokenIssuerConfiguration });
    context.report({ type: 'trusted-token-issuer-updated', trustedTokenIssuerArn: before.TrustedTokenIssuerArn });
    return {};
  }),

  DeleteTrustedTokenIssuer: operation(DeleteTrustedTokenIssuer, onIssuer, (context, input) => {
    const { TrustedTokenIssuerArn } = requireIssuer(context, input);
    context.world.trustedTokenIssuers.delete(TrustedTokenIssuerArn);
    context.report({ type: 'trusted-token-issuer-deleted', trustedTokenIssuerArn: TrustedTokenIssuerArn });
    return {};
  }),

  DescribeTrustedTokenIssuer: operation(DescribeTrustedTokenIssuer, onIssuer, (context, input) => {
    const { TrustedTokenIssuerConfiguration, ...row } = requireIssuer(context, input);
    return { ...summaryOf(row), TrustedTokenIssuerConfiguration };
  }),

  ListTrustedTokenIssuers: operation(ListTrustedTokenIssuers, onInstance, (context, input) => {
    requireAccessibleInstance(context, input);
    const { trustedTokenIssuers } = context.world;
    const page = takeRows(context, input, trustedTokenIssuers.rows(), trustedTokenIssuers);
    return { TrustedTokenIssuers: page.items.map(summaryOf), ...page.next };
  }),
};

function onNewIssuer({ InstanceArn }: { readonly InstanceArn: string }, { world }: Context): string[] {
  return [arnInInstance(InstanceArn, 'trustedTokenIssuer', '*', world.instance.OwnerAccountId), InstanceArn];
}

function onIssuer({ TrustedTokenIssuerArn }: { readonly TrustedTokenIssuerArn: string }): string[] {
  return [TrustedTokenIssuerArn];
}

function refuseTakenName({ world, behaviour }: Context, name: string): void {
  if (behaviour.trustedTokenIssuerNames === 'shared' || world.trustedTokenIssuers.count('name', name) === 0) return;
  throw conflict(`TrustedTokenIssuer with name ${name} already exists.`);
}

type Summary = Pick<TrustedTokenIssuer, 'TrustedTokenIssuerArn' | 'Name' | 'TrustedTokenIssuerType'>;

function summaryOf({ TrustedTokenIssuerArn, Name, TrustedTokenIssuerType }: Summary): Summary {
  return { TrustedTokenIssuerArn, Name, TrustedTokenIssuerType };
}
