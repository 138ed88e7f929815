import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const root = path.join(import.meta.dirname, '..', '..');
const folder = mkdtempSync(path.join(tmpdir(), 'idc-process-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const idc = ['--import', path.join(root, 'node_modules/tsx/dist/loader.mjs'), path.join(root, 'src/main.ts')];
const run = (args: readonly string[], input?: string) =>
  spawnSync(process.execPath, [...idc, ...args], { cwd: folder, input, encoding: 'utf8' });

describe('the standard input', () => {
  it('is checked as a file of this folder', () => {
    writeFileSync(path.join(folder, 'policy.json'), '{ "Version": "2012-10-17", "Statement": [] ');
    const file = 'version: 1\npermissionSets:\n  Read: { inlinePolicy: { file: policy.json } }\n';
    const { status, stderr } = run(['validate', '-'], file);
    expect(status).toBe(1);
    expect(stderr).toContain('policy.json:1:');
    expect(run(['validate', '-f', '-'], 'version: 1\nusers: {}\n').stdout).toBe(
      'The standard input is valid: 0 users.\n',
    );
    expect(run(['validate', '-'], 'version: 2\n').stderr).toContain('<stdin>:1:10 ');
  });
});

describe('an interruption', () => {
  const list = (name: string, count: number) => Array.from({ length: count }, (_, at) => `${name}${at}`);
  const [users, sets] = [list('user', 1000), list('Set', 60)];
  const accounts = list('', 30).map((at) => `1111222${at.padStart(5, '0')}`);
  writeFileSync(
    path.join(folder, 'identity.yaml'),
    JSON.stringify({
      version: 1,
      identityCenter: { region: 'us-east-1', directory: 'identity-center' },
      accounts: Object.fromEntries(accounts.map((id) => [`a${id}`, id])),
      users: Object.fromEntries(users.map((name) => [name, { givenName: 'A', familyName: 'B' }])),
      permissionSets: Object.fromEntries(sets.map((name) => [name, {}])),
      assignments: [{ users, permissionSets: sets, accounts }],
    }),
  );

  // What is written into a pipe has been taken from it once the last of it fits in: 64 KiB on Linux.
  const text = `${readFileSync(path.join(folder, 'identity.yaml'), 'utf8')}\n#${' '.repeat(200_000)}\n`;

  it('ends a long computation at once', async () => {
    const args = [...idc, 'access', '--offline', '--file', '-'];
    const child = spawn(process.execPath, args, { cwd: folder, stdio: ['pipe', 'ignore', 'ignore'] });
    const ended = once(child, 'exit');
    // 1,800,000 assignments take far longer than the rest of this.
    child.stdin.end(text);
    await once(child.stdin, 'finish');
    child.kill('SIGINT');
    // As a shell tells it: 130.
    expect(await ended).toEqual([null, 'SIGINT']);
  });

  it('ends a plan at once whose lock has been taken', async () => {
    const args = [...idc, 'plan', '--local', '--verbose', '--out', 'plan.json'];
    const child = spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
    const ended = once(child, 'exit');
    // It has called the embedded Identity Center.
    await once(child.stderr, 'data');
    child.kill('SIGINT');
    expect(await ended).toEqual([null, 'SIGINT']);
    expect(existsSync(path.join(folder, 'plan.json'))).toBe(false);
  });
});

describe('a terminal', () => {
  const pty = (term: string) =>
    spawnSync('script', ['-qec', [process.execPath, ...idc, 'validate', 'none.yaml'].join(' '), '/dev/null'], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, TERM: term, NO_COLOR: '', FORCE_COLOR: '' },
    });
  const { error, stdout } = pty('xterm');
  const canRun = error === undefined && stdout.includes('none.yaml');

  it.skipIf(!canRun)('that is dumb gets no control characters (needs script of util-linux)', () => {
    expect(stdout).toContain('\u001B[31m');
    expect(pty('dumb').stdout).toContain('Error: none.yaml does not exist.');
    expect(pty('dumb').stdout).not.toContain('\u001B');
  });
});
