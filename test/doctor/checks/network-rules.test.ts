import { expect, it } from 'vitest';
import { runIdc } from '../../support/run-idc.ts';
import { allBut, examine } from '../examine.ts';

const vpc = 'vpc-0123456789abcdef0';
const outside = { vpceAccessRequired: true, apiRestrictSourceVpcs: [vpc], apiAllowSourceIps: ['203.0.113.0/24'] };

it('says that there are none', async () => {
  const { of, code } = await examine({});
  expect(code).toBe(0);
  expect(of('network-rules')).toMatchObject({ status: 'ok', found: 'The identity store has no network rules.' });
});

it('names from where the identity store answers, where this network is one of these', async () => {
  const { of, code } = await examine({ seed: { networkRules: { ...outside, apiAllowSourceIps: ['127.0.0.0/8'] } } });
  expect(code).toBe(0);
  expect(of('network-rules')).toMatchObject({
    status: 'note',
    found: `The identity store answers through a VPC endpoint in ${vpc}, and from 127.0.0.0/8 only. This network is one of these.`,
  });
});

it('misses no right where nothing is denied', async () => {
  const { of, code } = await examine({ policy: allBut('identitystore:DescribeIdentityStore') });
  expect(code).toBe(0);
  expect(of('network-rules').status).toBe('ok');
  expect(of('read-rights').status).toBe('ok');
});

it('says that a denial may come from them, where they can’t be read from here either', async () => {
  const { of, code } = await examine({ seed: { networkRules: outside } });
  expect(code).toBe(1);
  const { status, found, next } = of('network-rules');
  expect(status).toBe('warning');
  expect(found).toContain('Network rules may be the cause');
  expect(next[0]?.line).toContain('aws identitystore describe-identity-store --identity-store-id d-');
});

it('tells them beside a denial where they can be read from everywhere', async () => {
  const { of, code } = await examine({
    seed: { networkRules: outside },
    behaviour: { networkRulesAboutThemselves: 'open' },
  });
  expect(code).toBe(1);
  const { status, found } = of('network-rules');
  expect(status).toBe('failed');
  expect(found).toContain(`through a VPC endpoint in ${vpc}, and from 203.0.113.0/24 only.`);
});

it('a plan that is denied by them says that they may be the cause', async () => {
  const { file, emulator } = await examine({ seed: { networkRules: outside } });
  const { code, err } = await runIdc(['plan', '-f', file, '--region', 'us-east-1'], {
    env: { AWS_ENDPOINT_URL: emulator.url },
  });
  expect(code).toBe(1);
  expect(err).toMatch(/AWS denies identitystore:\w+/);
  expect(err).toContain('network rules of the identity store may be the cause');
});
