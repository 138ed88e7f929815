import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CreateTrustedTokenIssuerRequest } from '@aws-sdk/client-sso-admin';
import { expect, onTestFinished, test } from 'vitest';
import { management, production, start, staging, type Fixture } from './clients.ts';
import { send } from './wire.ts';

const jwt = {
  IssuerUrl: 'https://login.example.com/tenant/v2.0',
  ClaimAttributePath: 'preferred_username',
  IdentityStoreAttributePath: 'emails.value',
  JwksRetrievalOption: 'OPEN_ID_DISCOVERY',
} as const;
const notFound = { name: 'ResourceNotFoundException' };
const conflict = { name: 'ConflictException' };

async function make(
  { sso, InstanceArn }: Fixture,
  Name: string,
  rest: Partial<CreateTrustedTokenIssuerRequest> = {},
): Promise<string> {
  const made = await sso.createTrustedTokenIssuer({
    InstanceArn,
    Name,
    TrustedTokenIssuerType: 'OIDC_JWT',
    TrustedTokenIssuerConfiguration: { OidcJwtConfiguration: jwt },
    ...rest,
  });
  return made.TrustedTokenIssuerArn ?? '';
}

test('an issuer is created, described, listed, updated, tagged and deleted', async () => {
  const fixture = await start();
  const { sso, InstanceArn, changes, emulator } = fixture;
  const TrustedTokenIssuerArn = await make(fixture, 'entra', { Tags: [{ Key: 'team', Value: 'platform' }] });
  const instanceId = InstanceArn.slice(InstanceArn.lastIndexOf('/') + 1);
  expect(TrustedTokenIssuerArn).toMatch(
    new RegExp(
      `^arn:aws:sso::${management}:trustedTokenIssuer/${instanceId}/tti-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`,
    ),
  );
  const summary = { TrustedTokenIssuerArn, Name: 'entra', TrustedTokenIssuerType: 'OIDC_JWT' };
  const raw = await send(emulator.url, 'SWBExternalService.DescribeTrustedTokenIssuer', { TrustedTokenIssuerArn });
  expect(JSON.parse(raw.text)).toEqual({
    ...summary,
    TrustedTokenIssuerConfiguration: { OidcJwtConfiguration: jwt },
  });
  const listed = await send(emulator.url, 'SWBExternalService.ListTrustedTokenIssuers', { InstanceArn });
  expect(JSON.parse(listed.text)).toEqual({ TrustedTokenIssuers: [summary] });

  await sso.updateTrustedTokenIssuer({
    TrustedTokenIssuerArn,
    TrustedTokenIssuerConfiguration: { OidcJwtConfiguration: { ClaimAttributePath: 'email' } },
  });
  await sso.updateTrustedTokenIssuer({ TrustedTokenIssuerArn, Name: 'entra-id' });
  expect(await sso.describeTrustedTokenIssuer({ TrustedTokenIssuerArn })).toMatchObject({
    Name: 'entra-id',
    TrustedTokenIssuerConfiguration: { OidcJwtConfiguration: { ...jwt, ClaimAttributePath: 'email' } },
  });

  await sso.tagResource({ ResourceArn: TrustedTokenIssuerArn, Tags: [{ Key: 'stage', Value: 'prod' }] });
  await sso.untagResource({ ResourceArn: TrustedTokenIssuerArn, InstanceArn, TagKeys: ['team'] });
  const { Tags } = await sso.listTagsForResource({ ResourceArn: TrustedTokenIssuerArn, InstanceArn });
  expect(Tags).toEqual([{ Key: 'stage', Value: 'prod' }]);

  await sso.deleteTrustedTokenIssuer({ TrustedTokenIssuerArn });
  expect((await sso.listTrustedTokenIssuers({ InstanceArn })).TrustedTokenIssuers).toEqual([]);
  for (const gone of [
    sso.describeTrustedTokenIssuer({ TrustedTokenIssuerArn }),
    sso.updateTrustedTokenIssuer({ TrustedTokenIssuerArn, Name: 'x' }),
    sso.deleteTrustedTokenIssuer({ TrustedTokenIssuerArn }),
    sso.listTagsForResource({ ResourceArn: TrustedTokenIssuerArn }),
  ]) {
    await expect(gone).rejects.toMatchObject(notFound);
  }
  const trustedTokenIssuerArn = TrustedTokenIssuerArn;
  expect(changes).toEqual([
    { type: 'trusted-token-issuer-created', trustedTokenIssuerArn },
    ...Array.from({ length: 4 }, () => ({ type: 'trusted-token-issuer-updated', trustedTokenIssuerArn })),
    { type: 'trusted-token-issuer-deleted', trustedTokenIssuerArn },
  ]);
});

test('a repeated client token creates no second issuer, and is refused with other parameters', async () => {
  const fixture = await start();
  const { sso, InstanceArn } = fixture;
  const ClientToken = 'token';
  const arn = await make(fixture, 'entra', { ClientToken });
  expect(await make(fixture, 'entra', { ClientToken })).toBe(arn);
  const other = { OidcJwtConfiguration: { ...jwt, IssuerUrl: 'https://other.example.com' } };
  await expect(make(fixture, 'entra', { ClientToken, TrustedTokenIssuerConfiguration: other })).rejects.toMatchObject({
    name: 'IdempotentParameterMismatch',
  });
  expect((await sso.listTrustedTokenIssuers({ InstanceArn })).TrustedTokenIssuers).toHaveLength(1);
});

test('trustedTokenIssuerNames', async () => {
  for (const trustedTokenIssuerNames of ['unique', 'shared'] as const) {
    const fixture = await start({ behaviour: { trustedTokenIssuerNames } });
    const { sso, InstanceArn } = fixture;
    const first = await make(fixture, 'entra');
    const second = await make(fixture, 'okta');
    const rename = () => sso.updateTrustedTokenIssuer({ TrustedTokenIssuerArn: second, Name: 'entra' });
    // An update that keeps the name doesn't conflict with itself.
    await sso.updateTrustedTokenIssuer({ TrustedTokenIssuerArn: first, Name: 'entra' });
    if (trustedTokenIssuerNames === 'unique') {
      await expect(make(fixture, 'entra')).rejects.toMatchObject(conflict);
      await expect(rename()).rejects.toMatchObject(conflict);
    } else {
      await rename();
      await make(fixture, 'entra');
    }
    const { TrustedTokenIssuers = [] } = await sso.listTrustedTokenIssuers({ InstanceArn });
    expect(TrustedTokenIssuers.map(({ Name }) => Name)).toEqual(
      trustedTokenIssuerNames === 'unique' ? ['entra', 'okta'] : ['entra', 'entra', 'entra'],
    );
  }
});

test('an instance has ten issuers at most, and lists them in pages', async () => {
  const fixture = await start();
  const { sso, InstanceArn } = fixture;
  const names = Array.from({ length: 10 }, (_, index) => `issuer-${index}`);
  for (const name of names) await make(fixture, name);
  await expect(make(fixture, 'one-more')).rejects.toMatchObject({ name: 'ServiceQuotaExceededException' });
  const pages: (string | undefined)[][] = [];
  let NextToken: string | undefined;
  do {
    const page = await sso.listTrustedTokenIssuers({ InstanceArn, MaxResults: 4, NextToken });
    pages.push((page.TrustedTokenIssuers ?? []).map(({ Name }) => Name));
    ({ NextToken } = page);
  } while (NextToken !== undefined);
  expect(pages.map(({ length }) => length)).toEqual([4, 4, 2]);
  expect(pages.flat()).toEqual(names);
});

test('what the API model forbids is refused', async () => {
  const fixture = await start();
  const { emulator, InstanceArn } = fixture;
  const create = async (change: object, configuration: object = {}): Promise<string> => {
    const { text } = await send(emulator.url, 'SWBExternalService.CreateTrustedTokenIssuer', {
      InstanceArn,
      Name: 'entra',
      TrustedTokenIssuerType: 'OIDC_JWT',
      TrustedTokenIssuerConfiguration: { OidcJwtConfiguration: { ...jwt, ...configuration } },
      ...change,
    });
    return text;
  };
  const configuration = 'trustedTokenIssuerConfiguration.oidcJwtConfiguration';
  const refusals: [string, string][] = [
    [await create({ Name: 'has a space' }), "at 'name'"],
    [await create({ Name: 'n'.repeat(256) }), "at 'name'"],
    [await create({ TrustedTokenIssuerType: 'SAML' }), "at 'trustedTokenIssuerType'"],
    [await create({ TrustedTokenIssuerConfiguration: {} }), "at 'trustedTokenIssuerConfiguration'"],
    [await create({}, { IssuerUrl: 'ftp://login.example.com' }), `at '${configuration}.issuerUrl'`],
    [await create({}, { IssuerUrl: null }), `at '${configuration}.issuerUrl'`],
    [await create({}, { ClaimAttributePath: 'a.b.c.d' }), `at '${configuration}.claimAttributePath'`],
    [await create({}, { IdentityStoreAttributePath: 'user_name' }), `at '${configuration}.identityStoreAttributePath'`],
    [await create({}, { JwksRetrievalOption: 'FILE' }), `at '${configuration}.jwksRetrievalOption'`],
    [await create({ Tags: [{ Key: 'aws:team', Value: 'x' }] }), 'aws: prefixed tag key names'],
  ];
  for (const [text, place] of refusals) {
    expect(JSON.parse(text)).toMatchObject({
      __type: 'ValidationException',
      Message: expect.stringContaining(place) as unknown,
    });
  }
  expect(emulator.world.trustedTokenIssuers.size).toBe(0);
  expect(await create({}, { ClaimAttributePath: 'a_b.c' })).toContain('TrustedTokenIssuerArn');
});

test('only the home Region has them, and member accounts have no access', async () => {
  const fixture = await start();
  const { clientsIn, InstanceArn } = fixture;
  const TrustedTokenIssuerArn = await make(fixture, 'entra');
  const { sso: elsewhere } = clientsIn('eu-west-1');
  await expect(elsewhere.describeTrustedTokenIssuer({ TrustedTokenIssuerArn })).rejects.toMatchObject(notFound);
  // The API model declares no ResourceNotFoundException for this one.
  await expect(elsewhere.listTrustedTokenIssuers({ InstanceArn })).rejects.toMatchObject({
    name: 'AccessDeniedException',
  });
  const delegatedAdministrators = [staging];
  const delegated = await start({ seed: { delegatedAdministrators, caller: { accountId: staging } } });
  expect(await make(delegated, 'entra')).toContain(`:sso::${management}:trustedTokenIssuer/`);
  const member = await start({ seed: { caller: { accountId: production } } });
  await expect(make(member, 'entra')).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringContaining(`sso:CreateTrustedTokenIssuer on resource: ${member.InstanceArn}`) as unknown,
  });
});

test('issuers are there again after a restart, with their tokens', async () => {
  const store = path.join(mkdtempSync(path.join(tmpdir(), 'emulator-store-')), 'state.json');
  onTestFinished(() => rmSync(path.dirname(store), { recursive: true, force: true }));
  const one = await start({ store });
  const arn = await make(one, 'entra', { ClientToken: 'token' });
  await one.emulator.close();
  const two = await start({ store });
  expect(two.emulator.world.trustedTokenIssuers.rows()).toEqual(one.emulator.world.trustedTokenIssuers.rows());
  expect(await make(two, 'entra', { ClientToken: 'token' })).toBe(arn);
});

test('a host that is behind knows no new issuer', async () => {
  const fixture = await start({
    behaviour: {
      faults: { seed: 1, script: [{ at: { operation: 'UpdateTrustedTokenIssuer', nth: 1 }, fault: 'stale' }] },
    },
  });
  const { sso, clock, changes } = fixture;
  const TrustedTokenIssuerArn = await make(fixture, 'entra');
  await expect(sso.updateTrustedTokenIssuer({ TrustedTokenIssuerArn, Name: 'x' })).rejects.toMatchObject(notFound);
  clock.pass(1000);
  await sso.updateTrustedTokenIssuer({ TrustedTokenIssuerArn, Name: 'x' });
  expect(changes.map(({ type }) => type)).toEqual(['trusted-token-issuer-created', 'trusted-token-issuer-updated']);
});
