import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { checkProfile } from '../../../src/aws/client/profile.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'idc-aws-'));
const files = {
  AWS_CONFIG_FILE: path.join(folder, 'config'),
  AWS_SHARED_CREDENTIALS_FILE: path.join(folder, 'credentials'),
};

beforeAll(() => {
  for (const [name, file] of Object.entries(files)) vi.stubEnv(name, file);
  writeFileSync(
    files.AWS_CONFIG_FILE,
    '[default]\nregion = x\n[profile prod]\nregion = x\n[profile "quoted"]\nregion = x\n[sso-session acme]\nsso_region = x\n',
  );
  writeFileSync(files.AWS_SHARED_CREDENTIALS_FILE, '[legacy]\naws_access_key_id = AKIA\n');
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

it.each([[undefined], ['default'], ['prod'], ['quoted'], ['legacy']])('%s may be used', async (name) => {
  await expect(checkProfile(name, files)).resolves.toBeUndefined();
});

it.each([
  ['nope', `Profile "nope" is not in ${files.AWS_CONFIG_FILE} or ${files.AWS_SHARED_CREDENTIALS_FILE}.`],
  ['prdo', 'did you mean "prod"?'],
  ['acme', 'Profile "acme" is not in'],
])('%s is none', async (name, message) => {
  await expect(checkProfile(name, files)).rejects.toThrow(message);
});
