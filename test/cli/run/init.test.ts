import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Seed } from '../../../src/emulator/index.ts';
import type { Io } from '../../../src/cli/io.ts';
import { readTemplates } from '../../../src/repository/templates.ts';
import { startEmulator } from '../../support/emulator.ts';
import { inFolder } from '../../support/in-folder.ts';
import { plant } from '../../support/organisation.ts';
import { runIdc, type Ran } from '../../support/run-idc.ts';

const root = new URL('../../..', import.meta.url).pathname;
const integrity = 'sha512-YWJj';

function emptyFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'idc-init-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Where npm has installed this idc, with the hash that it checked. */
function installed(own: object = { version: '0.0.0-test', integrity }): string {
  const modules = path.join(emptyFolder(), 'node_modules');
  const packageFolder = path.join(modules, 'identity-center-as-code');
  cpSync(path.join(root, 'templates'), path.join(packageFolder, 'templates'), { recursive: true });
  const lock = { packages: { 'node_modules/identity-center-as-code': own } };
  writeFileSync(path.join(modules, '.package-lock.json'), JSON.stringify(lock));
  return packageFolder;
}

const policy = {
  Version: '2012-10-17',
  Statement: Array.from({ length: 20 }, (_, index) => ({
    Effect: 'Allow',
    Action: 's3:GetObject',
    Resource: `arn:aws:s3:::b${index}/*`,
  })),
};

/** Runs idc in the folder, against an Identity Center with two users whose home is eu-west-1. */
async function live(
  seed: Seed = {},
): Promise<(folder: string, args: readonly string[], io?: Partial<Io>) => Promise<Ran>> {
  const emulator = await startEmulator({ seed: { region: 'eu-west-1', managementAccountId: '999988887777', ...seed } });
  onTestFinished(() => emulator.close());
  const person = (name: string): object => ({
    Name: { GivenName: name, FamilyName: 'Test' },
    DisplayName: `${name} Test`,
    Emails: [{ Value: `${name}@example.com`, Primary: true, Type: 'work' }],
  });
  await plant(emulator, {
    users: { ann: person('ann'), bob: person('bob') },
    groups: { ops: { members: ['ann'] } },
    permissionSets: { Long: { inlinePolicy: policy } },
    assignments: ['GROUP ops Long 999988887777'],
  });
  const env = { AWS_ENDPOINT_URL: emulator.url, AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' };
  const packageFolder = installed();
  return (folder, args, io = {}) =>
    inFolder(folder, () => runIdc(args, { packageFolder, env: { ...env, ...io.env }, ...io }), {
      ...process.env,
      ...env,
    });
}

const offline = (folder: string, args: readonly string[], io: Partial<Io> = {}): Promise<Ran> =>
  inFolder(folder, () => runIdc(args, { packageFolder: installed(), ...io }));

/** Answers questions in turn, and notes them. */
function answering(...answers: string[]): Partial<Io> & { asked: string[] } {
  const asked: string[] = [];
  const ask = (question: string): Promise<string> => {
    asked.push(question);
    return Promise.resolve(answers[asked.length - 1] ?? '');
  };
  return { asked, canAsk: true, ask };
}

const textsIn = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .map((file): [string, string] => [path.relative(folder, file), readFileSync(file, 'utf8')])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

const minimal = ['init', '--minimal', '--region', 'us-east-1', '--account', '111122223333'];
const files = readTemplates(root).map((file) => file.path);

describe('idc init in an empty folder', () => {
  it('finds the home region, writes what is live and all files around it, and changes nothing when run again', async () => {
    const folder = emptyFolder();
    const idc = await live();
    const args = ['init', '--yes', '--owner', '@octo-org/identity'];
    const { code, out, err } = await idc(folder, args);
    expect(code, err).toBe(0);
    expect(err).toContain('Region eu-west-1, default branch main, roles arn:aws:iam::');
    expect(err).toContain('Imported 2 users, 1 group, 1 permission set');
    const wanted = [...files.filter((file) => file !== 'policies/.gitkeep'), 'package-lock.json', 'policies/Long.json'];
    const written = textsIn(folder);
    expect(Object.keys(written).sort()).toEqual(wanted.sort());
    for (const file of wanted) expect(out).toContain(`  + ${file}`);
    expect(written['.github/CODEOWNERS']).toMatch(/^\/\.github\/ +@octo-org\/identity$/m);
    expect(written['.github/workflows/plan.yml']).toContain('aws-region: eu-west-1\n');
    expect(written['identity.yaml']).toMatch(
      /^# yaml-language-server: \$schema=\.\/node_modules\/identity-center-as-code\/schemas\/identity\.schema\.json\n/,
    );
    expect((await idc(folder, ['plan', '--format', 'json'])).out).toContain('"steps": []');

    const again = await idc(folder, ['init', '--yes']);
    expect(again).toMatchObject({ code: 0, out: '' });
    expect(again.err).toContain('Nothing to write: all files are there.');
    expect((await idc(folder, args)).code).toBe(0);
    expect(textsIn(folder)).toEqual(written);
  });

  it('asks whom to name as owner and whether to write, and nothing else', async () => {
    const folder = emptyFolder();
    const io = answering('@octo-org/identity', 'yes');
    const { code, err } = await (await live())(folder, ['init'], io);
    expect(code, err).toBe(0);
    expect(io.asked).toEqual([expect.stringContaining('Code owner'), expect.stringContaining('Type "yes" to write')]);
    expect(existsSync(path.join(folder, '.github/CODEOWNERS'))).toBe(true);
  });

  it('asks four things where AWS is not read', async () => {
    const folder = emptyFolder();
    const io = answering('us-gov-west-1', '111122223333', '@ann', 'yes');
    const { code, err } = await offline(folder, ['init', '--minimal'], io);
    expect(code, err).toBe(0);
    expect(io.asked).toHaveLength(4);
    const { 'identity.yaml': file = '', '.github/workflows/apply.yml': apply } = textsIn(folder);
    expect(apply).toContain('role-to-assume: arn:aws-us-gov:iam::111122223333:role/identity-center-apply\n');
    expect((await offline(folder, ['validate'])).out).toContain('identity.yaml is valid');
    // What stands in comments works as it is.
    writeFileSync(path.join(folder, 'identity.yaml'), file.replaceAll(/^# (?=\w+:$| )/gm, ''));
    const all = await offline(folder, ['plan', '--local']);
    expect(all.out, all.err).toContain('hanako gains');
  });

  it.each([
    ['nowhere', 'is not an answer to this'],
    ['', 'is not an answer to this'],
  ])('writes nothing where the answer is %j', async (answer, said) => {
    const folder = emptyFolder();
    const { code, err } = await offline(folder, ['init', '--minimal'], answering(answer));
    expect([code, readdirSync(folder)]).toEqual([1, []]);
    expect(err).toContain(said);
  });

  it('writes nothing where the last answer is not yes', async () => {
    const folder = emptyFolder();
    const { code, err } = await offline(folder, minimal, answering('@ann', 'no'));
    expect([code, readdirSync(folder)]).toEqual([1, []]);
    expect(err).toContain('Nothing was written.');
  });

  it.each([
    ['there is no terminal', minimal, "Without a terminal, idc can't ask."],
    ['an answer is missing', ['init', '--minimal', '--yes', '--region', 'us-east-1'], '--account is missing.'],
    ['the region is missing', ['init', '--minimal', '--yes', '--account', '111122223333'], '--region is missing.'],
  ])('is refused where %s, with the flags', async (_what, args, why) => {
    const folder = emptyFolder();
    const { code, err } = await offline(folder, args);
    expect([code, readdirSync(folder)]).toEqual([3, []]);
    expect(err).toContain(why);
    for (const flag of ['--yes', '--owner', '--region', '--account', '--minimal', '--dry-run'])
      expect(err).toContain(flag);
  });

  it('shows with --dry-run what it would write, without a terminal', async () => {
    const folder = emptyFolder();
    const { code, out, err } = await offline(folder, [...minimal, '--dry-run']);
    expect([code, readdirSync(folder)]).toEqual([0, []]);
    expect(out).toContain('  + .github/workflows/plan.yml\n');
    expect(err).toContain('21 files would be written. Nothing was.');
  });

  it('leaves CODEOWNERS out until an owner is named, and says so', async () => {
    const folder = emptyFolder();
    const { err } = await offline(folder, [...minimal, '--yes']);
    expect(err).toContain(
      'Left out: .github/CODEOWNERS, because no code owner was named: run idc init --owner @org/team.',
    );
    const before = textsIn(folder);
    const { code, out } = await offline(folder, ['init', '--yes', '--owner', '@a/b @c']);
    expect({ code, out }).toEqual({ code: 0, out: '  + .github/CODEOWNERS\n' });
    const { '.github/CODEOWNERS': owners, ...others } = textsIn(folder);
    expect(owners).toContain(' @a/b @c\n');
    expect(others).toEqual(before);
  });

  it('writes no workflow for another CI', async () => {
    const folder = emptyFolder();
    const { code, err } = await offline(folder, [
      'init',
      '--minimal',
      '--yes',
      '--region',
      'us-east-1',
      '--ci',
      'none',
    ]);
    expect(code, err).toBe(0);
    expect(existsSync(path.join(folder, '.github'))).toBe(false);
    expect(existsSync(path.join(folder, 'package-lock.json'))).toBe(true);
  });

  it('takes the default branch from git', async () => {
    const folder = emptyFolder();
    mkdirSync(path.join(folder, '.git/refs/remotes/origin'), { recursive: true });
    writeFileSync(path.join(folder, '.git/HEAD'), 'ref: refs/heads/feature\n');
    writeFileSync(path.join(folder, '.git/refs/remotes/origin/HEAD'), 'ref: refs/remotes/origin/trunk\n');
    await offline(folder, [...minimal, '--yes']);
    expect(textsIn(folder)['.github/workflows/drift.yml']).toContain('branches: [trunk]');
    const odd = emptyFolder();
    mkdirSync(path.join(odd, '.git'));
    writeFileSync(path.join(odd, '.git/HEAD'), 'ref: refs/heads/release*\n');
    const { code, err } = await offline(odd, [...minimal, '--yes']);
    expect([code, readdirSync(odd)]).toEqual([1, ['.git']]);
    expect(err).toContain('GitHub reads it as a pattern');
  });

  it('reads the home Region where the one of the environment has only a replica', async () => {
    const folder = emptyFolder();
    const idc = await live({ additionalRegions: ['us-west-2'] });
    const { code, err } = await idc(folder, ['init', '--yes'], { env: { ...process.env, AWS_REGION: 'us-west-2' } });
    expect([code, err]).toEqual([0, expect.stringContaining('Region eu-west-1')]);
    const { code: refused, err: why } = await idc(emptyFolder(), ['init', '--yes', '--region', 'us-west-2']);
    expect([refused, why]).toEqual([1, expect.stringContaining('the home Region is eu-west-1. (replica-region)')]);
  });

  it('says how to go on where AWS can not be read', async () => {
    const folder = emptyFolder();
    const idc = await live();
    const { code, err } = await idc(folder, ['init', '--yes', '--region', 'us-west-2']);
    expect([code, readdirSync(folder)]).toEqual([1, []]);
    expect(err).toContain('us-west-2 has no Identity Center instance. (no-instance)');
    expect(err).toContain('idc init --minimal');
  });
});

describe('idc init --file', () => {
  const sandbox = ['init', '--minimal', '--yes', '--file', 'sandbox/identity.yaml'];
  const second = [...sandbox, '--region', 'eu-west-1', '--account', '222233334444'];

  it('adds the workflows of another file with roles of their own, and changes none of the first', async () => {
    const folder = emptyFolder();
    await offline(folder, [...minimal, '--yes', '--owner', '@a/b', '--branch', 'trunk']);
    const before = textsIn(folder);
    const { code, err } = await offline(folder, second);
    expect(code, err).toBe(0);
    expect(err).toContain('Add /sandbox/identity.yaml and /sandbox/policies/ with their owner to .github/CODEOWNERS.');
    const after = textsIn(folder);
    expect(after).toMatchObject(before);
    expect(Object.keys(after).filter((file) => before[file] === undefined)).toEqual([
      '.github/workflows/apply-sandbox.yml',
      '.github/workflows/drift-sandbox.yml',
      '.github/workflows/expire-sandbox.yml',
      '.github/workflows/plan-sandbox.yml',
      '.github/workflows/review-sandbox.yml',
      'sandbox/identity.yaml',
      'sandbox/policies/.gitkeep',
    ]);
    const plan = after['.github/workflows/plan-sandbox.yml'];
    for (const line of ['arn:aws:iam::222233334444:role/identity-center-plan', 'aws-region: eu-west-1', '[trunk]'])
      expect(plan).toContain(line);
    expect(after['sandbox/identity.yaml']).toContain('$schema=../node_modules/');
    for (const again of [sandbox, ['init', '--yes']]) {
      const { out, err: told } = await offline(folder, again);
      expect([out, told]).toEqual(['', expect.stringContaining('Nothing to write')]);
    }
    const own = await offline(folder, ['validate', '--file', 'sandbox/identity.yaml']);
    expect(own.out).toContain('sandbox/identity.yaml is valid');
  });

  it('alone writes no identity.yaml, and is remembered', async () => {
    const folder = emptyFolder();
    const { code, err } = await offline(folder, [...second, '--owner', '@a/b']);
    expect(code, err).toBe(0);
    expect(existsSync(path.join(folder, 'identity.yaml'))).toBe(false);
    expect(textsIn(folder)['.github/CODEOWNERS']).toMatch(
      /^\/sandbox\/identity\.yaml @a\/b\n\/sandbox\/policies\/ @a\/b$/m,
    );
    expect((await offline(folder, ['init', '--yes'])).err).toContain('Nothing to write');
  });

  it('imports what is live beside its policies', async () => {
    const folder = emptyFolder();
    const { code, err } = await (await live())(folder, ['init', '--yes', '--file', 'eu/identity.yaml']);
    expect(code, err).toBe(0);
    const texts = textsIn(folder);
    expect(texts['eu/identity.yaml']).toMatch(/\$schema=\.\.\/node_modules[^]*file: policies\/Long\.json/);
    expect(texts).toHaveProperty(['eu/policies/Long.json']);
  });

  it.each([
    ['identity.yml', 'gives its workflows no name of their own'],
    ['sandbox.yaml', 'gives its workflows the names of those of sandbox/identity.yaml'],
    ['../identity.yaml', 'is not a file such as'],
    ['a b.yaml', 'is not a file such as'],
  ])('refuses %s', async (file, why) => {
    const folder = emptyFolder();
    await offline(folder, second);
    const before = textsIn(folder);
    const { code, err } = await offline(folder, [...minimal, '--yes', '--file', file]);
    expect([code, textsIn(folder)]).toEqual([1, before]);
    expect(err).toContain(why);
  });

  it('is what to run at the top, where idc init is run in a folder of a repository', async () => {
    const folder = emptyFolder();
    mkdirSync(path.join(folder, '.git'));
    mkdirSync(path.join(folder, 'a/b'), { recursive: true });
    const { code, err } = await offline(path.join(folder, 'a/b'), [...minimal, '--yes']);
    expect([code, readdirSync(path.join(folder, 'a/b'))]).toEqual([1, []]);
    expect(err).toContain('Run `idc init --file a/b/identity.yaml` there.');
    const { code: other } = await offline(path.join(folder, 'a/b'), [...minimal, '--yes', '--ci', 'none']);
    expect(other).toBe(0);
  });
});

describe('the lock file', () => {
  it('is that of the idc that runs, by the hash that npm checked', async () => {
    const folder = emptyFolder();
    await offline(folder, [...minimal, '--yes']);
    const { 'package.json': manifest = '', 'package-lock.json': lock = '' } = textsIn(folder);
    expect(JSON.parse(manifest)).toEqual({
      name: 'identity-center',
      private: true,
      devDependencies: { 'identity-center-as-code': '0.0.0-test' },
    });
    expect(JSON.parse(lock)).toMatchObject({
      lockfileVersion: 3,
      packages: { 'node_modules/identity-center-as-code': { version: '0.0.0-test', integrity } },
    });
    expect(lock).not.toContain('resolved');
  });

  const npm = (entry: object) => async (args: readonly string[], folder: string) => {
    expect(args).toEqual(['install', '--package-lock-only', '--ignore-scripts']);
    const lock = { packages: { 'node_modules/identity-center-as-code': entry } };
    writeFileSync(path.join(folder, 'package-lock.json'), JSON.stringify(lock));
    return true;
  };

  it.each<[string, object, Io['runNpm'], boolean]>([
    ['is asked of npm where the copy has no hash', { version: '0.0.0-test' }, npm({ integrity }), true],
    ['is asked of npm where the copy is another version', { version: '1.0.0', integrity }, npm({ integrity }), true],
    ['is never one without a hash', {}, npm({ resolved: 'git+ssh://x' }), false],
    ['is left out where npm fails', {}, () => Promise.resolve(false), false],
  ])('%s', async (_what, own, runNpm, isWritten) => {
    const folder = emptyFolder();
    const { code, err } = await offline(folder, [...minimal, '--yes'], { packageFolder: installed(own), runNpm });
    expect([code, existsSync(path.join(folder, 'package-lock.json'))]).toEqual([0, isWritten]);
    expect(err.includes('Left out: package-lock.json, because npm names no hash of this idc')).toBe(!isWritten);
    expect(err).toContain(isWritten ? '  npm ci\n' : '  npm install --ignore-scripts\n');
  });

  it('is kept with package.json where npm has installed idc there already', async () => {
    const folder = emptyFolder();
    const manifest = JSON.stringify({ name: 'ours', devDependencies: { 'identity-center-as-code': '^1.0.0' } });
    const lock = JSON.stringify({ packages: { 'node_modules/identity-center-as-code': { integrity } } });
    writeFileSync(path.join(folder, 'package.json'), manifest);
    writeFileSync(path.join(folder, 'package-lock.json'), lock);
    expect((await offline(folder, [...minimal, '--yes'])).code).toBe(0);
    expect(textsIn(folder)).toMatchObject({ 'package.json': manifest, 'package-lock.json': lock });
  });
});

describe('files that are there already', () => {
  it('are found before AWS is read and anything is asked', async () => {
    const folder = emptyFolder();
    mkdirSync(path.join(folder, '.github/workflows'), { recursive: true });
    writeFileSync(path.join(folder, '.github/workflows/apply.yml'), 'name: ours\n');
    const io = answering();
    const { code, err } = await offline(folder, ['init'], { ...io, env: { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' } });
    expect([code, io.asked]).toEqual([1, []]);
    expect(err).toMatch(
      /^These files are there already and differ; none was changed:\n {2}\.github\/workflows\/apply\.yml\n/,
    );
  });

  it('are all listed, and none is changed or added', async () => {
    const folder = emptyFolder();
    mkdirSync(path.join(folder, '.github/workflows/plan.yml'), { recursive: true });
    writeFileSync(path.join(folder, 'secret'), 'mine');
    symlinkSync('secret', path.join(folder, '.npmrc'));
    writeFileSync(path.join(folder, 'package.json'), '{}');
    const before = textsIn(folder);
    const { code, out, err } = await offline(folder, [...minimal, '--yes']);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    for (const file of ['.github/workflows/plan.yml', '.npmrc', 'package.json']) expect(err).toContain(`  ${file}\n`);
    expect(err).not.toContain('  secret');
    expect(textsIn(folder)).toEqual(before);
  });

  it('are kept where they are a README, a licence or an identity file, whose region counts', async () => {
    const folder = emptyFolder();
    const own = {
      'README.md': '# Ours\n',
      LICENSE: 'x',
      'identity.yaml': 'version: 1\nidentityCenter: { region: eu-west-3 }\n',
    };
    for (const [file, text] of Object.entries(own)) writeFileSync(path.join(folder, file), text);
    const { code, err } = await offline(folder, ['init', '--yes', '--account', '111122223333']);
    expect(code, err).toBe(0);
    expect(textsIn(folder)).toMatchObject(own);
    expect(textsIn(folder)['.github/workflows/drift.yml']).toContain('aws-region: eu-west-3\n');
  });

  it('are brought up by --upgrade where idc wrote them, and listed where they were edited since', async () => {
    const folder = emptyFolder();
    await offline(folder, [...minimal, '--yes', '--owner', '@a/b']);
    const owners = path.join(folder, '.github/CODEOWNERS');
    writeFileSync(owners, `${readFileSync(owners, 'utf8')}/teams/ @a/teams\n`);
    const drift = path.join(folder, '.github/workflows/drift.yml');
    writeFileSync(drift, readFileSync(drift, 'utf8').replace("'17 5 * * *'", "'1 1 * * *'"));
    // Edited by the team, and nothing new for them.
    expect((await offline(folder, ['init', '--yes'])).code).toBe(0);

    // By Dependabot.
    const plan = path.join(folder, '.github/workflows/plan.yml');
    const raised = `actions/checkout@${'a'.repeat(40)} # v99.0.0`;
    writeFileSync(plan, readFileSync(plan, 'utf8').replaceAll(/actions\/checkout@.*/g, raised));
    const packageFolder = installed();
    for (const file of ['CODEOWNERS', 'workflows/drift.yml', 'workflows/plan.yml', 'workflows/new.yml']) {
      const template = path.join(packageFolder, 'templates/dot-github', file);
      const text = existsSync(template) ? readFileSync(template, 'utf8') : '# idc templates {{templates}}\n';
      writeFileSync(template, `${text}# newer\n`);
    }
    const before = textsIn(folder);
    const refused = await offline(folder, ['init', '--yes'], { packageFolder });
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('.github/workflows/plan.yml (written by idc with other templates or answers)');
    expect(refused.err).toContain('idc init --upgrade');
    expect(textsIn(folder)).toEqual(before);

    const { code, out, err } = await offline(folder, ['init', '--upgrade', '--yes'], { packageFolder });
    expect({ code, out }).toEqual({ code: 1, out: '  + .github/workflows/new.yml\n  ~ .github/workflows/plan.yml\n' });
    expect(err).toContain('.github/CODEOWNERS (written by idc with other templates or answers, and edited since)');
    const after = textsIn(folder);
    expect(after['.github/workflows/plan.yml']).toMatch(/role-to-assume: arn:aws:iam::111122223333[^]*# newer\n$/);
    expect(after['.github/workflows/plan.yml']?.match(/actions\/checkout@.*/g)).toEqual([raised, raised, raised]);
    for (const file of ['.github/CODEOWNERS', '.github/workflows/drift.yml']) expect(after[file]).toBe(before[file]);
  });
});

it('keeps no history of applies unless it is asked to, and then stays so', async () => {
  const folder = emptyFolder();
  const isOn = (): boolean[] =>
    ['apply', 'expire'].map((name) =>
      /^ +if: \$\{\{ always\(\) && true &&/m.test(textsIn(folder)[`.github/workflows/${name}.yml`] ?? ''),
    );
  await offline(folder, [...minimal, '--yes', '--owner', '@a/b']);
  expect(isOn()).toEqual([false, false]);
  const { code, out } = await offline(folder, ['init', '--upgrade', '--history', 'on', '--yes']);
  expect({ code, out }).toEqual({
    code: 0,
    out: '  ~ .github/workflows/apply.yml\n  ~ .github/workflows/expire.yml\n  ~ .github/workflows/review.yml\n',
  });
  expect(isOn()).toEqual([true, true]);
  expect(textsIn(folder)['.github/workflows/review.yml']).toContain('if: ${{ true }}');
  expect((await offline(folder, ['init', '--upgrade', '--yes'])).err).toContain('Nothing to write');
  await offline(folder, ['init', '--upgrade', '--history', 'off', '--yes']);
  expect(isOn()).toEqual([false, false]);
});

describe('the schema that an imported file names', () => {
  it.each([
    ['identity.yaml', './node_modules/identity-center-as-code/schemas/identity.schema.json'],
    ['teams/x/access.yaml', '../../node_modules/identity-center-as-code/schemas/identity.schema.json'],
  ])('is found from %s', async (out, schema) => {
    const folder = emptyFolder();
    mkdirSync(path.join(folder, 'node_modules/identity-center-as-code/schemas'), { recursive: true });
    writeFileSync(path.join(folder, 'node_modules/identity-center-as-code/schemas/identity.schema.json'), '{}');
    const { code, err } = await offline(folder, ['import', '--local', '--out', out]);
    expect(code, err).toBe(0);
    expect(readFileSync(path.join(folder, out), 'utf8').split('\n')[0]).toBe(
      `# yaml-language-server: $schema=${schema}`,
    );
  });

  it('is none where there is none', async () => {
    const { out } = await offline(emptyFolder(), ['import', '--local']);
    expect(out).toContain('version: 1\n');
    expect(out).not.toContain('$schema');
  });
});
