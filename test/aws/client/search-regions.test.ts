import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished, vi } from 'vitest';
import { searchRegions } from '../../../src/aws/client/search-regions.ts';

const home = 'eu-west-1';
const instance = { InstanceArn: 'arn:aws:sso:::instance/ssoins-0123456789abcdef', OwnerAccountId: '111122223333' };

/** Every region throttles at first; one has no answer but errors. */
async function startRegions(): Promise<Map<string, number>> {
  const asked = new Map<string, number>();
  const server = createServer((request, response) => {
    const region = /\/\d{8}\/([^/]+)\/sso\//.exec(request.headers.authorization ?? '')?.[1] ?? '';
    const times = (asked.get(region) ?? 0) + 1;
    asked.set(region, times);
    const answer = (status: number, body: object): void => {
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
    };
    if (region === 'sa-east-1') answer(500, { __type: 'InternalServerException', message: 'no' });
    else if (times === 1) answer(400, { __type: 'ThrottlingException', message: 'Rate exceeded' });
    else if (String(request.headers['x-amz-target']).endsWith('.ListRegions')) {
      answer(200, { Regions: [{ RegionName: home, IsPrimaryRegion: true }] });
    } else answer(200, { Instances: region === home ? [instance] : [] });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void server.close());
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  onTestFinished(() => void vi.unstubAllEnvs());
  return asked;
}

it('asks a region again that throttles, and no other', async () => {
  const asked = await startRegions();
  const search = await searchRegions([home, 'us-east-1', 'sa-east-1'], {});
  expect(search).toEqual({
    asked: 3,
    found: [{ region: home, arn: instance.InstanceArn, ownerAccountId: instance.OwnerAccountId }],
    silent: [{ region: 'sa-east-1', why: 'InternalServerException' }],
    primary: home,
  });
  expect(asked.get('us-east-1')).toBe(2);
  expect(asked.get('sa-east-1')).toBe(1);
});
