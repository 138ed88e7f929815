import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished, vi } from 'vitest';
import type { CheckResult, Diagnosis } from '../../src/core/diagnosis.ts';
import { startEmulator, type TimedEmulator, type TimedEmulatorOptions } from '../support/emulator.ts';
import { createJumpingClock } from '../support/clock.ts';
import { accounts } from '../support/live.ts';
import { plant, type Organisation } from '../support/organisation.ts';
import { startProxy, type Intercept } from '../support/proxy.ts';
import { runIdc, type Ran } from '../support/run-idc.ts';

export const everything = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };

/** All but these actions. */
export const allBut = (...actions: string[]): object => ({
  Version: '2012-10-17',
  Statement: [...everything.Statement, { Effect: 'Deny', Action: actions, Resource: '*' }],
});

export interface Case extends TimedEmulatorOptions {
  live?: Organisation;
  /** Everything but the version and the accounts is left out by default. */
  document?: object;
  /** Done after the planting. */
  change?(emulator: TimedEmulator): Promise<void> | void;
  /** Stands between. */
  intercept?: Intercept;
  flags?: readonly string[];
}

export interface Examined {
  code: number;
  diagnosis: Diagnosis;
  emulator: TimedEmulator;
  /** Path of the file. */
  file: string;
  /** What one check saw. */
  of(check: string): CheckResult;
  /** Runs it again, as people read it. */
  text(width?: number): Promise<Ran>;
}

/** Runs `idc doctor` against an emulator of its own, over HTTP, as against AWS; with all rights unless a policy says less. */
export async function examine({
  live = {},
  document = {},
  change,
  intercept,
  flags = ['--region', 'us-east-1'],
  seed,
  // An hour before the runs of the CLI.
  clock = createJumpingClock(new Date('2026-06-15T11:00:00Z')),
  behaviour,
  policy = everything,
}: Case): Promise<Examined> {
  const emulator = await startEmulator({
    seed: {
      region: 'us-east-1',
      managementAccountId: accounts.management,
      accounts: Object.entries(accounts).map(([name, id]) => ({ id, name })),
      ...seed,
    },
    clock,
    behaviour: { asyncMs: 1, ...behaviour },
    policy: everything,
  });
  onTestFinished(() => emulator.close());
  await plant(emulator, live);
  await change?.(emulator);
  emulator.setPolicy(policy);
  emulator.calls.length = 0;
  const proxy = intercept && (await startProxy(emulator.url, intercept));
  if (proxy) onTestFinished(() => proxy.close());

  const folder = mkdtempSync(path.join(tmpdir(), 'idc-doctor-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'identity.yaml');
  writeFileSync(file, JSON.stringify({ version: 1, accounts, ...document }));
  vi.stubEnv('AWS_ENDPOINT_URL', proxy?.url ?? emulator.url);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  vi.stubEnv('HOME', folder);
  onTestFinished(() => void vi.unstubAllEnvs());
  const run = (args: readonly string[], width = 80): Promise<Ran> =>
    runIdc(['doctor', '-f', file, '--max-tps', '1000', ...args, ...flags], {
      env: { AWS_ENDPOINT_URL: process.env['AWS_ENDPOINT_URL'] },
      columns: () => width,
    });
  const { code, out, err } = await run(['--format', 'json']);
  if (out === '') throw new Error(err);
  const diagnosis = JSON.parse(out.replaceAll(file, 'identity.yaml')) as Diagnosis;
  const of = (name: string): CheckResult => {
    const found = diagnosis.checks.find(({ check }) => check === name);
    if (!found) throw new Error(`there is no check ${name}`);
    return found;
  };
  return {
    code,
    diagnosis,
    emulator,
    file,
    of,
    text: (width) => run([], width),
  };
}

/** What one check sees of a case, without the sentence of why it matters. */
export async function see(check: string, one: Case): Promise<Omit<CheckResult, 'why' | 'check'>> {
  const { of } = await examine(one);
  const { why, check: _check, ...sight } = of(check);
  if ((why === undefined) !== (sight.status === 'ok')) throw new Error(`${check} says why it matters where it is fine`);
  return sight;
}

export const user = (name: string, email = `${name}@example.com`) => ({
  DisplayName: name,
  Name: { GivenName: name, FamilyName: name },
  ...(email !== '' && { Emails: [{ Value: email }] }),
});
