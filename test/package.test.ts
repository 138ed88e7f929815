import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = path.join(import.meta.dirname, '..');
const name = 'identity-center-as-code';

interface Manifest {
  version: string;
  bin: Record<string, string>;
  scripts: Record<string, string>;
}

let folder = '';
let installed = '';
let manifest: Manifest;

/** Nothing of the network, and nothing of the settings of whoever runs the tests. */
const run = (program: string, args: readonly string[], cwd: string): string => {
  const env = {
    ...process.env,
    npm_config_cache: path.join(folder, 'cache'),
    npm_config_offline: 'true',
    npm_config_ignore_scripts: 'false',
    npm_config_update_notifier: 'false',
  };
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, env, encoding: 'utf8' });
  expect(status, `${program} ${args.join(' ')}: ${stderr}`).toBe(0);
  return stdout;
};

// As from a clean clone whose dependencies are there: other tests run from this tree, so it is a copy that is packed.
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'idc-package-'));
  const tree = path.join(folder, 'tree');
  const notCloned = ['.git', '.idc', 'coverage', 'dist', 'node_modules'];
  cpSync(root, tree, { recursive: true, filter: (file) => !notCloned.includes(path.relative(root, file)) });
  symlinkSync(realpathSync(path.join(root, 'node_modules')), path.join(tree, 'node_modules'));
  run('npm', ['pack', '--pack-destination', folder], tree);
  const [packed = ''] = readdirSync(folder).filter((file) => file.endsWith('.tgz'));

  // As npm installs it, but for the dependencies, which only the registry has.
  installed = path.join(folder, 'consumer', 'node_modules', name);
  mkdirSync(installed, { recursive: true });
  run('tar', ['-xzf', path.join(folder, packed), '--strip-components=1'], installed);
  manifest = JSON.parse(readFileSync(path.join(installed, 'package.json'), 'utf8')) as Manifest;
}, 180_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const filesIn = (where: string): string[] =>
  readdirSync(where, { recursive: true, encoding: 'utf8' }).filter((file) => statSync(path.join(where, file)).isFile());

describe('what npm packs from a clean clone', () => {
  it('has the program, the schemas, and no file of the machine that built it', () => {
    const files = filesIn(installed).map((file) => file.replaceAll(path.sep, '/'));
    expect(files).toContain(manifest.bin['idc']);
    expect(files).toContain('dist/main.js');
    expect(files).toContain('schemas/identity.schema.json');
    expect(files.filter((file) => file.endsWith('.cache'))).toEqual([]);
    const tops = new Set(files.map((file) => file.split('/')[0]));
    expect(tops).toEqual(new Set(['LICENSE', 'README.md', 'dist', 'package.json', 'schemas']));
    expect(statSync(path.join(installed, manifest.bin['idc'] ?? '')).mode & 0o111).toBe(0o111);
  });

  it('has no script that npm runs where it is installed', () => {
    const scripts = Object.keys(manifest.scripts);
    expect(scripts).toContain('prepare');
    expect(scripts.filter((script) => ['preinstall', 'install', 'postinstall'].includes(script))).toEqual([]);
  });

  it('runs from an empty folder, with nothing but itself', () => {
    const bin = path.join(folder, 'consumer', 'node_modules', '.bin');
    mkdirSync(bin);
    symlinkSync(path.join('..', name, manifest.bin['idc'] ?? ''), path.join(bin, 'idc'));
    const empty = path.join(folder, 'consumer', 'empty');
    mkdirSync(empty);
    const idc = (...args: string[]): string => run(process.execPath, [path.join(bin, 'idc'), ...args], empty);
    expect(idc('--version').trim()).toBe(manifest.version);
    cpSync(path.join(root, 'identity.yaml'), path.join(empty, 'identity.yaml'));
    cpSync(path.join(root, 'policies'), path.join(empty, 'policies'), { recursive: true });
    expect(idc('plan', '--local')).toContain('Plan: 50 to create, 0 to update, 0 to delete.');
    expect(idc('profiles', 'hanako')).toContain('[sso-session my-sso]');
  });
});
