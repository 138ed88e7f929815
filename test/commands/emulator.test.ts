import { expect, it } from 'vitest';
import { register } from '../support/sign-in.ts';
import { runIdc } from '../support/run-idc.ts';

it('says how a client gets to it, to administer and to sign in', async () => {
  const interruption = new AbortController();
  let found: string | undefined;
  const { code, out, err } = await runIdc(['emulator', '--port', '0'], {
    onInterrupt: () => interruption.signal,
    err(text) {
      found = /AWS_ENDPOINT_URL_SSO_OIDC=(\S+)/.exec(text)?.[1];
      void register(found ?? '').then(
        () => interruption.abort(),
        () => ((found = undefined), interruption.abort()),
      );
    },
  });
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(found).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(out).toContain(`Local Identity Center on ${found}`);
});
