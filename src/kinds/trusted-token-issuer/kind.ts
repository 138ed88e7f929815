import type { DescribeTrustedTokenIssuerResponse } from '@aws-sdk/client-sso-admin';
import type { Aws } from '../../aws/connect.ts';
import { isAwsError, promised } from '../../core/errors.ts';
import type { Declared, Live } from '../../core/kind.ts';
import * as z from '../../core/zod.ts';
import { defineKind } from '../define.ts';
import { ignoreNotFound } from '../shared/ignore-not-found.ts';
import { inventoryIssuers } from './inventory.ts';
import { rights } from './rights.ts';
import { issuerRisks } from './risks.ts';
import { trustedTokenIssuers } from './schema.ts';

const spec = z.object({
  name: z.string(),
  issuerUrl: z.string(),
  claimAttributePath: z.string(),
  identityStoreAttributePath: z.string(),
  jwksRetrievalOption: z.enum(['OPEN_ID_DISCOVERY']),
});

export type IssuerSpec = z.infer<typeof spec>;

/** An OpenID Connect issuer whose tokens applications may exchange for those of Identity Center. */
export const trustedTokenIssuer = defineKind({
  name: 'trusted-token-issuer',
  noun: trustedTokenIssuers.noun,
  section: trustedTokenIssuers,
  spec,
  rename: 'in-place',

  desired: (entries) =>
    Object.entries(entries).map(([name, { previously, ...entry }]): Declared<IssuerSpec> => ({
      spec: { name, ...entry },
      at: [['trustedTokenIssuers', name]],
      ...(previously !== undefined && { previously }),
    })),

  key: ({ name }) => [name],
  label: ({ name }) => name,
  subjects: ({ name }) => ({ 'trusted-token-issuer': name }),
  fields: {
    name: { type: 'value' },
    issuerUrl: { type: 'value' },
    claimAttributePath: { type: 'value' },
    identityStoreAttributePath: { type: 'value' },
    jwksRetrievalOption: { type: 'value' },
  },

  rights,

  async read(aws, live) {
    if (!live.manages('trusted-token-issuer')) return [];
    return await Promise.all((await listIssuers(aws)).map(({ arn }) => describe(aws, arn)));
  },

  fromSnapshot: (things, { manages }) => (manages('trusted-token-issuer') ? things : []),

  async create(aws, after) {
    try {
      return await create(aws, after);
    } catch (error) {
      if (!isAwsError(error, 'ConflictException')) throw error;
      // Somebody made it meanwhile, or this run before its answer got lost: it is made what the file says.
      const found = (await listIssuers(aws)).find(({ name }) => name === after.name);
      if (!found) throw error;
      return await update(aws, found.arn, (await describe(aws, found.arn)).spec, after);
    }
  },

  update: async (aws, arn, before, after) => void (await update(aws, arn, before, after)),
  delete: remove,
  risks: issuerRisks,
  inventory: inventoryIssuers,
});

async function listIssuers(aws: Aws): Promise<{ arn: string; name: string }[]> {
  const issuers = await aws.pages(
    (NextToken) => aws.ssoAdmin.listTrustedTokenIssuers({ InstanceArn: aws.instance.arn, MaxResults: 100, NextToken }),
    (page) => page.TrustedTokenIssuers,
  );
  return issuers.map(({ TrustedTokenIssuerArn, Name }) => ({
    arn: promised(TrustedTokenIssuerArn, 'the ARN of a trusted token issuer'),
    name: promised(Name, 'the name of a trusted token issuer'),
  }));
}

async function describe(aws: Aws, arn: string): Promise<Live<IssuerSpec>> {
  return { id: arn, spec: specOf(await aws.ssoAdmin.describeTrustedTokenIssuer({ TrustedTokenIssuerArn: arn })) };
}

function specOf({ Name, TrustedTokenIssuerConfiguration }: DescribeTrustedTokenIssuerResponse): IssuerSpec {
  const what = 'the configuration of a trusted token issuer';
  const found = promised(TrustedTokenIssuerConfiguration?.OidcJwtConfiguration, what);
  return {
    name: promised(Name, 'the name of a trusted token issuer'),
    issuerUrl: promised(found.IssuerUrl, what),
    claimAttributePath: promised(found.ClaimAttributePath, what),
    identityStoreAttributePath: promised(found.IdentityStoreAttributePath, what),
    jwksRetrievalOption: promised(found.JwksRetrievalOption, what),
  };
}

async function create(aws: Aws, { name, issuerUrl, ...paths }: IssuerSpec): Promise<string> {
  const { TrustedTokenIssuerArn } = await aws.ssoAdmin.createTrustedTokenIssuer({
    InstanceArn: aws.instance.arn,
    Name: name,
    TrustedTokenIssuerType: 'OIDC_JWT',
    TrustedTokenIssuerConfiguration: { OidcJwtConfiguration: { IssuerUrl: issuerUrl, ...configurationOf(paths) } },
  });
  return promised(TrustedTokenIssuerArn, 'the ARN of a trusted token issuer');
}

/** The ARN afterwards: the URL of an issuer can't be changed, so with another one it goes and comes back. */
async function update(aws: Aws, arn: string, before: IssuerSpec, after: IssuerSpec): Promise<string> {
  if (before.issuerUrl !== after.issuerUrl) {
    await remove(aws, arn);
    return await create(aws, after);
  }
  await aws.ssoAdmin.updateTrustedTokenIssuer({
    TrustedTokenIssuerArn: arn,
    ...(before.name !== after.name && { Name: after.name }),
    TrustedTokenIssuerConfiguration: { OidcJwtConfiguration: configurationOf(after) },
  });
  return arn;
}

async function remove(aws: Aws, arn: string): Promise<void> {
  await ignoreNotFound(aws.ssoAdmin.deleteTrustedTokenIssuer({ TrustedTokenIssuerArn: arn }));
}

const configurationOf = (spec: Omit<IssuerSpec, 'name' | 'issuerUrl'>) => ({
  ClaimAttributePath: spec.claimAttributePath,
  IdentityStoreAttributePath: spec.identityStoreAttributePath,
  JwksRetrievalOption: spec.jwksRetrievalOption,
});
