import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { parseApplyRecord } from '../../src/formats/record.ts';
import type { Faults } from '../../src/emulator/index.ts';
import { startEmulator } from '../support/emulator.ts';
import { inFolder } from '../support/in-folder.ts';
import { accounts, person } from '../support/live.ts';
import { runIdc } from '../support/run-idc.ts';

const document = {
  version: 1,
  identityCenter: { region: 'us-east-1' },
  accounts,
  users: { ann: person('ann'), bob: person('bob') },
  groups: { ops: { members: ['ann'] } },
  permissionSets: { Read: { managedPolicies: ['ReadOnlyAccess'] } },
  assignments: [{ groups: ['ops'], permissionSets: ['Read'], accounts: ['production', 'staging'] }],
};

/** Applies the file to an empty Identity Center; answers the calls, and what was printed but for the run's own words. */
async function apply(rest: readonly string[], env: Record<string, string> = {}, faults?: Faults) {
  const folder = mkdtempSync(path.join(tmpdir(), 'idc-record-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const emulator = await startEmulator({
    seed: {
      region: 'us-east-1',
      managementAccountId: accounts.management,
      accounts: Object.entries(accounts).map(([name, id]) => ({ id, name })),
    },
    ...(faults && { behaviour: { faults } }),
  });
  onTestFinished(() => emulator.close());
  writeFileSync(path.join(folder, 'identity.yaml'), JSON.stringify(document));
  const given = rest.map((one) => one.replace('DIR', folder));
  const variables = { AWS_ENDPOINT_URL: emulator.url, AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b', ...env };
  const ran = await inFolder(
    folder,
    () => runIdc(['apply', '--yes', '--format', 'json', ...given], { env: variables }),
    { ...process.env, ...variables },
  );
  const calls = emulator.calls.map(({ operation }) => operation).sort();
  return { ...ran, calls, folder, out: ran.out.replace(/"(runId|seconds)": .*/g, '') };
}

it('a record takes no call more, and changes nothing that is printed', async () => {
  const without = await apply([]);
  const recorded = await apply(['--record', 'DIR/record.json']);
  expect(without.code, without.err).toBe(0);
  expect(recorded.calls.filter((one) => !one.endsWith('Status'))).toEqual(
    without.calls.filter((one) => !one.endsWith('Status')),
  );
  expect(recorded.out).toBe(without.out);
  expect(statSync(path.join(recorded.folder, 'record.json')).mode & 0o777).toBe(0o600);
});

it('has names and ids, and no other attribute of a person', async () => {
  const { folder } = await apply(['--record', 'DIR/record.json'], {
    GITHUB_RUN_ID: '7',
    GITHUB_RUN_ATTEMPT: '2',
    GITHUB_REPOSITORY: 'octo-org/access',
    GITHUB_SHA: 'a'.repeat(40),
  });
  const text = readFileSync(path.join(folder, 'record.json'), 'utf8');
  const record = parseApplyRecord(text);
  const { givenName, familyName, email } = person('ann') as Record<string, string>;
  for (const value of [givenName, familyName, email, 'ReadOnlyAccess'])
    if (value !== undefined && value.toLowerCase() !== 'ann') expect(text).not.toContain(value);
  expect(record).toMatchObject({
    result: 'applied',
    workflow: { runId: 7, attempt: 2, url: 'https://github.com/octo-org/access/actions/runs/7/attempts/2' },
    access: {
      people: [['ann']],
      gained: [
        { permissionSet: 'Read', people: 0, accounts: [accounts.production, accounts.staging], groups: ['ops'] },
      ],
      lost: [],
    },
  });
  expect(Object.keys(record.users)).toEqual(['ann', 'bob']);
  for (const { requests, outcome } of record.steps) {
    expect(outcome).toBe('done');
    expect(requests?.length).toBeGreaterThan(0);
  }
});

it('that can not be written keeps the apply from beginning', async () => {
  const { code, err, calls } = await apply(['--record', 'DIR/nowhere/record.json']);
  expect(code).toBe(1);
  expect(err).toContain('nowhere/record.json');
  expect(calls.filter((one) => one.startsWith('Create'))).toEqual([]);
});

it('a refusal after an attempt without an answer says nothing of that attempt', async () => {
  const operation = 'CreateAccountAssignment';
  const { folder, code } = await apply(
    ['--record', 'DIR/record.json'],
    {},
    {
      seed: 1,
      script: [
        { at: { operation, nth: 1 }, fault: 'cutAfter' },
        { at: { operation, nth: 2 }, fault: 'failedForGood', times: Infinity },
      ],
    },
  );
  expect(code).toBe(1);
  const { steps, access } = parseApplyRecord(readFileSync(path.join(folder, 'record.json'), 'utf8'));
  const outcomes = steps.filter(({ kind }) => kind === 'assignment').map(({ outcome }) => outcome);
  expect(outcomes.sort()).toEqual(['failed', 'unknown']);
  expect(access.gained).toEqual([]);
  expect(access.perhaps?.gained).toMatchObject([{ permissionSet: 'Read', groups: ['ops'] }]);
});
