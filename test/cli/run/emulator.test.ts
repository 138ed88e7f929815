import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { send } from '../../emulator/wire.ts';
import { startEmulator } from '../../support/emulator.ts';
import { register } from '../../support/sign-in.ts';
import { runIdc } from '../../support/run-idc.ts';

it('says how a client gets to it, to administer and to sign in', async () => {
  const interruption = new AbortController();
  let found: string | undefined;
  let out = '';
  const { code, err } = await runIdc(['emulator', '--port', '0'], {
    onInterrupt: () => interruption.signal,
    out(text) {
      out += text;
      found = /AWS_ENDPOINT_URL_SSO_OIDC=(\S+)/.exec(text)?.[1];
      void register(found ?? '').then(
        () => interruption.abort(),
        () => ((found = undefined), interruption.abort()),
      );
    },
  });
  expect(code).toBe(0);
  expect(err).toContain('unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY');
  expect(found).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(out).toContain(`Local Identity Center on ${found}`);
});

it('with --env prints what a shell evaluates, and starts nothing', async () => {
  const startNothing = () => Promise.reject(new Error('started'));
  const { code, out, err } = await runIdc(['emulator', '--env', '--port', '4711'], { startEmulator: startNothing });
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const services = ['SSO_ADMIN', 'IDENTITYSTORE', 'ORGANIZATIONS', 'STS', 'IAM', 'ACCOUNT_ACCESS', 'SSO', 'SSO_OIDC'];
  expect(out.split('\n')).toEqual([
    ...services.map((service) => `export AWS_ENDPOINT_URL_${service}=http://127.0.0.1:4711`),
    'export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local AWS_DEFAULT_REGION=us-east-1',
    'unset AWS_PROFILE AWS_SESSION_TOKEN',
    '',
  ]);
  const unknown = await runIdc(['emulator', '--env', '--port', '0'], { startEmulator: startNothing });
  expect([unknown.code, unknown.out]).toEqual([1, '']);
  expect(unknown.err).toContain('--env needs the port of the running emulator.');
});

it('under load refuses what comes too fast, and refuses a time scale that makes no sense', async () => {
  const interruption = new AbortController();
  const answered: Promise<{ text: string }[]>[] = [];
  await runIdc(['emulator', '--port', '0', '--time-scale', '1', '--load-seed', '7'], {
    onInterrupt: () => interruption.signal,
    // All of them come at once: no time passes while an answer is on its way.
    startEmulator: (options) =>
      startEmulator({ ...options, behaviour: { ...options?.behaviour, sleep: () => Promise.resolve() } }),
    out(text) {
      const url = /on (http\S+)/.exec(text)?.[1] ?? '';
      // Within its rate these would take ten seconds.
      const calls = Array.from({ length: 200 }, () => send(url, 'SWBExternalService.ListInstances', {}));
      answered.push(Promise.all(calls).finally(() => interruption.abort()));
    },
  });
  const texts = (await Promise.all(answered)).flat().map(({ text }) => text);
  expect(texts).toContain('{"__type":"ThrottlingException","Message":"Rate exceeded"}');
  const { code, err } = await runIdc(['emulator', '--time-scale', '11']);
  expect(code).toBe(1);
  expect(err).toContain('It is a number from 1 to 10.');
});

it('with faults lets calls go wrong as the seed decides, and refuses a seed that is none', async () => {
  const met = async (...flags: string[]): Promise<string[]> => {
    const interruption = new AbortController();
    const answered: Promise<string[]>[] = [];
    await runIdc(['emulator', '--port', '0', ...flags], {
      onInterrupt: () => interruption.signal,
      out(text) {
        const url = /on (http\S+)/.exec(text)?.[1] ?? '';
        const calls = Array.from({ length: 100 }, (_, nth) =>
          send(url, 'SWBExternalService.ListInstances', { MaxResults: nth + 1 }).then(
            ({ status }) => `${nth} ${status}`,
            () => `${nth} cut`,
          ),
        );
        answered.push(Promise.all(calls).finally(() => interruption.abort()));
      },
    });
    return (await Promise.all(answered)).flat();
  };
  const usual = await met('--faults');
  expect(usual.every((text) => text.endsWith(' 200'))).toBe(false);
  expect(await met('--faults', '1')).toEqual(usual);
  expect(await met('--faults', '2')).not.toEqual(usual);
  const { code, err } = await runIdc(['emulator', '--faults', 'many']);
  expect(code).toBe(1);
  expect(err).toContain('It is a number from 0 to 1000000.');
});

it('names the member of a seed that is wrong, or asks for what does not exist', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'seed-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const seed = path.join(folder, 'seed.json');
  const told = async (content: object): Promise<string> => {
    writeFileSync(seed, JSON.stringify(content));
    const { code, err } = await runIdc(['emulator', '--port', '0', '--seed', seed]);
    expect(code).toBe(1);
    return err.replace(seed, 'seed.json').replaceAll(/\s+/g, ' ').trim();
  };
  expect(await told({ groups: [{ name: 'a', members: 'zoe' }] })).toBe(
    "Error: The seed seed.json can't be used: Seed member groups[0].members must be a list. (bad-seed)",
  );
  expect(await told({ groups: [{ name: 'a', members: ['zoe'] }] })).toBe(
    "Error: The seed seed.json can't be used: Seed member groups[0]: The user zoe does not exist (bad-seed)",
  );
});
