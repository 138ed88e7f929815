import { expect, test } from 'vitest';
import { start } from './clients.ts';

// Services that the emulator doesn't have, as their clients call them.

const signedFor = (service: string) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=local/20260131/us-east-1/${service}/aws4_request, Signature=0`,
});
const text = (call: string) =>
  `The emulator does not implement ${call}. This is a limit of the emulator, not an answer of AWS.`;

test('a form of IAM is not taken for one of STS', async () => {
  const { emulator } = await start();
  const answer = await fetch(emulator.url, {
    method: 'POST',
    headers: { ...signedFor('iam'), 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
    body: 'Action=ListUsers&Version=2010-05-08',
  });
  expect([answer.status, answer.headers.get('content-type')]).toEqual([400, 'text/xml']);
  expect(await answer.text()).toContain(`<Code>InvalidAction</Code><Message>${text('ListUsers of iam')}</Message>`);
  expect(emulator.calls).toEqual([{ service: 'iam', operation: 'ListUsers', input: {}, outcome: 'InvalidAction' }]);
});

test('S3 is told in XML, and with a status that its clients do not retry', async () => {
  const { emulator } = await start();
  const answer = await fetch(`${emulator.url}/?x-id=ListBuckets`, { headers: signedFor('s3') });
  expect([answer.status, answer.headers.get('content-type')]).toEqual([501, 'application/xml']);
  expect(await answer.text()).toContain(`<Error><Code>NotImplemented</Code><Message>${text('GET / of s3')}</Message>`);
});

test('a REST service with JSON is told in JSON', async () => {
  const { emulator } = await start();
  const answer = await fetch(`${emulator.url}/functions`, { method: 'POST', headers: signedFor('lambda') });
  expect([answer.status, answer.headers.get('x-amzn-errortype')]).toEqual([501, 'NotImplemented']);
  expect(await answer.json()).toEqual({
    __type: 'NotImplemented',
    message: text('POST /functions of lambda'),
  });
});

test('CreateTokenWithIAM is not taken for CreateToken', async () => {
  const { emulator } = await start();
  const body = JSON.stringify({ clientId: 'a', grantType: 'refresh_token', refreshToken: 'b' });
  const answer = await fetch(`${emulator.url}/token?aws_iam=t`, { method: 'POST', body });
  expect([answer.status, answer.headers.get('x-amzn-errortype')]).toEqual([400, 'UnknownOperationException']);
  expect(await answer.json()).toMatchObject({ message: text('CreateTokenWithIAM of sso-oidc') });
  expect(emulator.calls).toMatchObject([{ operation: 'CreateTokenWithIAM', outcome: 'UnknownOperationException' }]);
});
