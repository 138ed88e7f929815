import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startEmulator } from '../support/emulator.ts';
import { inFolder } from '../support/in-folder.ts';
import { runIdc } from '../support/run-idc.ts';
import { createRepository } from '../support/workflow/repository.ts';

// What a team sees first: `idc init` in an empty folder, for an organization whose users come from an identity provider, and then
// the plan of the first pull request, by the workflows that were written.

const management = '100000000000';
const accounts = Array.from({ length: 60 }, (_, index) => ({
  id: String(100000000000 + index),
  name: `account-${index}`,
}));
const fromProvider = (id: string) => ({ externalId: { issuer: 'https://idp.example.com', id } });
const people = Array.from({ length: 40 }, (_, index) => ({
  userName: `user-${index}`,
  givenName: 'User',
  familyName: String(index),
  email: `user-${index}@example.com`,
  ...fromProvider(`u${index}`),
}));
const seed = {
  region: 'eu-west-1',
  managementAccountId: management,
  accounts,
  users: people,
  groups: [{ name: 'ops', members: people.slice(0, 10).map(({ userName }) => userName), ...fromProvider('g') }],
  permissionSets: [{ name: 'Reader', managedPolicies: ['ReadOnlyAccess'] }],
  assignments: [{ groups: ['ops'], permissionSets: ['Reader'], accounts: accounts.map(({ name }) => name) }],
};

it('from an empty folder to the comment of the first pull request, two questions are asked', async () => {
  const emulator = await startEmulator({ seed, behaviour: { asyncMs: 0 } });
  const folder = mkdtempSync(path.join(tmpdir(), 'idc-first-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const env = { AWS_ENDPOINT_URL: emulator.url, AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' };
  const asked: string[] = [];
  const answers = ['@octo-org/identity', 'yes'];
  const ask = (question: string): Promise<string> => Promise.resolve(answers[asked.push(question) - 1] ?? '');
  const init = await inFolder(
    folder,
    () => runIdc(['init', '--role-prefix', 'idc-', '--branch', 'main'], { env, canAsk: true, ask }),
    { ...process.env, ...env },
  );
  expect(init.code, init.err).toBe(0);
  expect(asked).toEqual([expect.stringContaining('Code owner'), expect.stringContaining('Type "yes"')]);
  expect(init.err).toContain('Region eu-west-1');

  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const files = Object.fromEntries(
    names.map(({ parentPath, name }): [string, string] => {
      const file = path.join(parentPath, name);
      return [path.relative(folder, file), readFileSync(file, 'utf8')];
    }),
  );
  const identity = files['identity.yaml'] ?? '';
  expect(identity).toContain('directory: external');
  expect(identity).toContain('all: true');

  const repository = await createRepository(files);
  repository.emulators.set(management, emulator);
  const { world } = repository.github;
  const pull = world.openPull({
    'identity.yaml': `${identity}\n  - { users: [user-30], permissionSets: [Reader], accounts: [account-7] }\n`,
  });
  const planned = await repository.plan(pull);
  expect(planned.jobs, planned.log).toMatchObject({ plan: { result: 'success' }, comment: { result: 'success' } });
  const [comment = '', ...others] = (world.issues.get(pull.number)?.comments ?? []).map(({ body }) => body);
  expect(others).toEqual([]);
  expect(comment).toMatch(/^<!-- idc:plan -->\n## Plan: `user-30` gains/);
  expect(comment).toContain('### Steps: 1 to create');
});
