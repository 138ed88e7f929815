import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { handWritten } from './hand-written.ts';
import { createHome } from '../support/aws-config.ts';
import { createLocalFolder } from '../support/local-folder.ts';

const person = { givenName: 'A', familyName: 'B' };
const company = {
  cli: { startUrl: 'https://example.awsapps.com/start', sessionName: 'my-sso' },
  users: { ann: { ...person, cli: { default: { account: 'production', permissionSet: 'Read' } } }, bob: person },
  permissionSets: { Read: {}, Write: {} },
  assignments: [
    { users: ['ann'], permissionSets: ['Read', 'Write'], accounts: ['production'] },
    { users: ['bob'], permissionSets: ['Read'], accounts: ['production'] },
  ],
};
const mine = '# mine\n[profile own]\nregion = eu-west-1\n';

function begin(config?: string | Uint8Array) {
  const home = createHome(config);
  const local = createLocalFolder(company);
  const run = (...args: string[]) => local.idc(['profiles', ...args], { env: home.env });
  return { ...home, local, run, write: (...args: string[]) => run('--write', 'ann', ...args) };
}

const mode = (file: string): string => (statSync(file).mode & 0o777).toString(8);

describe('profiles --write', () => {
  it('makes a config for its owner alone, and --remove takes it away again', async () => {
    const { folder, config, run, write, read } = begin();
    const { code, out, err } = await write();
    expect({ code, out }).toEqual({ code: 0, out: '' });
    expect(err).toBe(`Wrote 3 profiles to ${config}.\n`);
    expect([mode(folder), mode(config), readdirSync(folder)]).toEqual(['700', '600', ['config']]);
    const sections = [...read().matchAll(/^\[(.*)\]$/gm)].map(([, name]) => name);
    expect(sections).toEqual([
      'sso-session my-sso',
      'default',
      'profile Read-111122223333',
      'profile Write-111122223333',
    ]);
    expect((await run('--remove')).code).toBe(0);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('loses nothing of its reader in the block: sections go behind it, keys and comments stay in their section', async () => {
    const home = begin(mine);
    await home.write();
    const [before = '', after = ''] = home.read().split('\n# idc end');
    const theirs = '[services x]\ns3 =\n  endpoint_url = https://x\n\n[profile theirs]\nrole_arn = x\n';
    const keys = '# for me\ncli_pager =\ns3 =\n  use_dualstack_endpoint = true\nregion = eu-west-3\n';
    writeFileSync(home.config, `${before}${keys}\n${theirs}\n# idc end${after}`);
    const expected = `${before}${keys}\n# idc end${after}${theirs.replace('\n\n', '\n\n')}\n`;
    expect((await home.write()).code).toBe(0);
    expect(home.read()).toBe(expected);
    expect((await home.write()).err).toBe(`${home.config} is as it should be already.\n`);
    expect(await home.run('--check', 'ann')).toMatchObject({ code: 0, out: '' });
    expect((await home.run('--remove')).err).toBe(
      `own-keys-removed: [profile Write-111122223333] in line 22 goes, with what you had set in it: cli_pager, s3, region.\nRemoved the idc block from ${home.config}.\n`,
    );
    expect(home.read()).toBe(`${mine}${theirs}\n`);
  });

  it('keeps a key that decides whose credentials are used, and says so each time, of all at once', async () => {
    const home = begin(mine);
    await home.write();
    const edited = home
      .read()
      .replace('sso_role_name = Write', 'sso_role_name = Admin')
      .replace('sso_role_name = Read\n\n[profile W', 'sso_role_name = Read\ncredential_process = x\n\n[profile W');
    writeFileSync(home.config, edited);
    for (const _ of [1, 2]) {
      const { code, err } = await home.write();
      expect(code).toBe(0);
      expect(err.match(/^own-credentials-key: .*/gm)).toEqual([
        'own-credentials-key: [profile Read-111122223333] has credential_process = x in line 21, which idc did not write: it decides whose credentials are used, and stays. Delete that line if it is not yours.',
        'own-credentials-key: [profile Write-111122223333] has sso_role_name = Admin in line 26, not Write: it decides whose credentials are used, and stays. Delete that line if it is not yours.',
      ]);
    }
    expect(home.read()).toContain('sso_role_name = Admin');
    expect((await home.run('--check', 'ann')).code).toBe(2);
  });

  it('follows the file in what idc wrote, beside what its reader set', async () => {
    const home = begin();
    home.local.write({ ...company, cli: { ...company.cli, region: 'eu-west-1', output: 'json' } });
    await home.write();
    writeFileSync(home.config, home.read().replace(/(Write-[^[]*region = )eu-west-1/, '$1us-west-2'));
    home.local.write({ ...company, cli: { ...company.cli, region: 'eu-central-1' } });
    await home.write();
    expect(home.read().match(/^(region|output) = .*/gm)).toEqual([
      'region = eu-central-1',
      'region = eu-central-1',
      'region = us-west-2',
    ]);
  });

  it('keeps a block for each instance and user, whose names do not meet', async () => {
    const home = begin(mine);
    const other = createLocalFolder({
      ...company,
      cli: { ...company.cli, startUrl: 'https://sandbox.awsapps.com/start' },
    });
    const sandbox = (...args: string[]) => other.idc(['profiles', ...args], { env: home.env });
    await home.write();
    const first = home.read();
    for (const args of [sandbox('--write', 'ann'), home.run('--write', 'bob')]) {
      const { code, err } = await args;
      expect([code, home.read()]).toEqual([1, first]);
      expect(err).toMatch(
        /\[sso-session my-sso\] \(line 7 of the AWS config\) and \d more of the names are in the block of ann \(my-sso\)\. \(session-taken\)/,
      );
      expect(err).toContain('Add --session NAME');
    }
    expect((await sandbox('--check', 'ann')).out.replaceAll(/\s+/g, ' ')).toMatch(/--write ann --session NAME $/);
    const { err } = await sandbox('--write', 'ann', '--session', 'sandbox');
    expect(err).toContain('profile-taken: [default] in line 12 stays with the block of ann (my-sso).');
    await home.run('--write', 'bob', '--session', 'bob');
    expect(home.read().startsWith(first)).toBe(true);
    expect(
      home
        .read()
        .slice(first.length)
        .match(/^(?:\[|sso_session|# idc b).*\w/gm),
    ).toEqual([
      '# idc begin my-sso-sandbox ann sandbox - idc profiles --write replaces what it wrote from here to "idc end',
      '[sso-session my-sso-sandbox',
      '[profile Read-111122223333-sandbox',
      'sso_session = my-sso-sandbox',
      '[profile Write-111122223333-sandbox',
      'sso_session = my-sso-sandbox',
      '# idc begin my-sso-bob bob bob - idc profiles --write replaces what it wrote from here to "idc end',
      '[sso-session my-sso-bob',
      '[profile Read-111122223333-bob',
      'sso_session = my-sso-bob',
    ]);
    // The block remembers what its names end with.
    const written = home.read();
    for (const ran of [sandbox('--write', 'ann'), home.run('--write', 'bob'), home.write()])
      expect((await ran).err).toContain('as it should be already');
    for (const ran of [sandbox('--check', 'ann'), home.run('--check', 'bob'), home.run('--check', 'ann')])
      expect(await ran).toMatchObject({ code: 0, out: '' });
    expect(home.read()).toBe(written);

    expect((await home.run('--remove')).err).toContain('(several-blocks)');
    await sandbox('--remove', 'ann');
    expect(home.read().match(/^# idc begin \S+ \S+/gm)).toEqual([
      '# idc begin my-sso ann',
      '# idc begin my-sso-bob bob',
    ]);
    await home.run('--remove', 'bob');
    expect(home.read()).toBe(first);
    await sandbox('--write', 'ann', '--session', 'sandbox');
    expect((await home.run('--remove', '--all')).err).toBe(`Removed 2 idc blocks from ${home.config}.\n`);
    expect(home.read()).toBe(mine);
  });

  it('is of the instance where the file pins it, whatever the portal is called', async () => {
    const home = begin();
    const pinned = (instanceArn: string, name: string) => ({
      ...company,
      identityCenter: { region: 'us-east-1', instanceArn: `arn:aws:sso:::instance/${instanceArn}` },
      cli: { ...company.cli, startUrl: `https://${name}.awsapps.com/start` },
    });
    home.local.write(pinned('ssoins-1111111111111111', 'example'));
    await home.write();
    home.local.write(pinned('ssoins-1111111111111111', 'renamed'));
    await home.write();
    expect(home.read().match(/^(# idc begin \S+ \S+|sso_start_url.*)/gm)).toEqual([
      '# idc begin ssoins-1111111111111111 ann',
      'sso_start_url = https://renamed.awsapps.com/start',
    ]);
    home.local.write(pinned('ssoins-2222222222222222', 'renamed'));
    expect((await home.write()).err).toContain('the block of ann (ssoins-1111111111111111)');
  });

  it('takes a block over that idc wrote when it kept one alone, and of its portal alone', async () => {
    const old = `${mine}
# idc begin - idc profiles replaces all lines from here to "idc end"

[sso-session my-sso]
sso_start_url = https://example.awsapps.com/start
sso_region = us-east-1
sso_registration_scopes = sso:account:access

[profile Read-111122223333]
sso_session = my-sso
sso_account_id = 111122223333
sso_role_name = Read
region = eu-west-9
cli_pager =

[profile Gone-111122223333]
sso_session = my-sso
sso_account_id = 111122223333
sso_role_name = Gone

# idc end
`;
    const home = begin(old);
    const other = createLocalFolder({ ...company, cli: { startUrl: 'https://other.awsapps.com/start' } });
    await home.write();
    expect(home.read().match(/^(\[|# idc begin|region|cli).*/gm)).toEqual([
      '[profile own]',
      'region = eu-west-1',
      '# idc begin my-sso ann - idc profiles --write replaces what it wrote from here to "idc end"',
      '[sso-session my-sso]',
      '[default]',
      '[profile Read-111122223333]',
      'cli_pager =',
      '[profile Write-111122223333]',
    ]);
    writeFileSync(home.config, old);
    expect((await other.idc(['profiles', '--write', 'ann'], { env: home.env })).err).toContain(
      'in the block that an earlier version of idc wrote. (profile-taken)',
    );
    expect(home.read()).toBe(old);
    await home.run('--remove', 'ann');
    expect(home.read()).toBe(mine);
  });

  it('keeps the rest, the mode and one copy of how it was', async () => {
    const { folder, config, run, write, read, local } = begin(mine);
    chmodSync(config, 0o640);
    const { err } = await write();
    expect(err).toBe(`Wrote 3 profiles to ${config}; as it was, it is ${config}.before-idc.\n`);
    expect(read().startsWith(`${mine}\n# idc begin`)).toBe(true);
    expect([mode(config), mode(`${config}.before-idc`)]).toEqual(['640', '640']);

    local.write({ ...company, users: { ann: person, bob: person } });
    expect((await write()).err).toBe(`Wrote 2 profiles to ${config}.\n`);
    expect(readFileSync(`${config}.before-idc`, 'latin1')).toBe(mine);
    expect(readdirSync(folder).sort()).toEqual(['config', 'config.before-idc']);

    expect((await run('--remove')).err).toBe(`Removed the idc block from ${config}.\n`);
    expect([read(), mode(config)]).toEqual([mine, '640']);
    expect((await run('--remove')).err).toBe(`${config} has no such idc block.\n`);
    // Another first time: the copy is of then.
    writeFileSync(config, '[profile later]\n');
    await write();
    expect(readFileSync(`${config}.before-idc`, 'latin1')).toBe('[profile later]\n');
  });

  it('changes nothing the second time, not even the time of the file', async () => {
    const { folder, config, write } = begin(mine);
    await write();
    utimesSync(config, 1000, 1000);
    const before = statSync(config, { bigint: true });
    expect((await write()).err).toBe(`${config} is as it should be already.\n`);
    const after = statSync(config, { bigint: true });
    expect([after.mtimeNs, after.ino]).toEqual([before.mtimeNs, before.ino]);
    expect(readdirSync(folder).sort()).toEqual(['config', 'config.before-idc']);
  });

  it('writes no session alone for a user without grants, and removes a block that held more', async () => {
    const { run, write, read, config, folder, local } = begin(mine);
    const holdsNothing = { ...company, assignments: company.assignments.slice(1) };
    local.write(holdsNothing);
    const note = 'user-without-grants: ann holds no permission set and gets no profile.\n';
    expect(await write()).toEqual({ code: 0, out: '', err: expect.stringContaining(note) });
    expect((await write()).err).toContain(`Nothing was written to ${config}.\n`);
    expect([read(), readdirSync(folder)]).toEqual([mine, ['config']]);

    local.write(company);
    await write();
    const written = read();
    local.write(holdsNothing);
    const { out } = await write('--dry-run');
    expect([out.includes('-[profile Read-111122223333]'), read()]).toEqual([true, written]);
    expect((await write()).err).toContain(note);
    expect(read()).toBe(mine);
    expect(await run('--check', 'ann')).toMatchObject({ code: 0, out: '' });
  });

  it('leaves a section of the same name as it is, and says what it lacks', async () => {
    const { write, read } = begin('[default]\nregion = eu-west-1\n');
    const { code, err } = await write();
    expect(code).toBe(0);
    expect(err).toContain(
      'profile-taken: [default] in line 1 holds no credentials, so the block leaves out this profile (Read in 111122223333). To have it there, add: sso_session = my-sso; sso_account_id = 111122223333; sso_role_name = Read.',
    );
    expect(read().match(/^\[.*\]$/gm)).toEqual([
      '[default]',
      '[sso-session my-sso]',
      '[profile Read-111122223333]',
      '[profile Write-111122223333]',
    ]);
  });

  it('says that it wrote no profile where all names are taken', async () => {
    const { run, config } = begin('[profile Read-111122223333]\nregion = x\n');
    expect((await run('--write', 'bob')).err).toContain(
      `Wrote the session and no profile to ${config}; as it was, it is ${config}.before-idc.\n`,
    );
  });

  it('takes the block away where all of it has come to stand outside', async () => {
    const { write, read, config } = begin(mine);
    await write();
    const block = read().slice(mine.length + 1);
    const byHand = `${mine}\n${block.replaceAll(/^# idc.*\n/gm, '')}`;
    writeFileSync(config, `${byHand}\n${block}`);
    expect((await write()).err).toBe(
      `All profiles already exist elsewhere in ${config}, so the idc block was removed.\n`,
    );
    expect(read()).toBe(byHand);
  });

  it('replaces what a link leads to, and the link stays', async () => {
    const { home, folder, config, run, write, read } = begin(mine);
    const target = path.join(home, 'dotfiles', 'aws-config');
    mkdirSync(path.dirname(target));
    renameSync(config, target);
    symlinkSync('../dotfiles/aws-config', config);
    await write();
    expect(readlinkSync(config)).toBe('../dotfiles/aws-config');
    expect(readFileSync(target, 'latin1')).toContain('# idc end');
    expect(readdirSync(path.dirname(target))).toEqual(['aws-config']);
    expect(readdirSync(folder).sort()).toEqual(['config', 'config.before-idc']);
    await run('--remove');
    expect(lstatSync(config).isSymbolicLink()).toBe(true);
    expect(read()).toBe(mine);
  });

  it('makes what a link leads to, where nothing is there yet', async () => {
    const { home, folder, config, run, write } = begin();
    mkdirSync(folder);
    symlinkSync('../dotfiles/aws-config', config);
    expect((await write()).code).toBe(0);
    const target = path.join(home, 'dotfiles', 'aws-config');
    expect([lstatSync(config).isSymbolicLink(), mode(target)]).toEqual([true, '600']);
    await run('--remove');
    expect([lstatSync(config).isSymbolicLink(), existsSync(target)]).toEqual([true, false]);
  });

  it('goes where AWS_CONFIG_FILE says, ~ included, and on Windows to USERPROFILE', async () => {
    const { home, local, env } = begin();
    const write = (own: Record<string, string>) => local.idc(['profiles', '--write', 'ann'], { env: own });
    await write({ ...env, AWS_CONFIG_FILE: '~/other' });
    await write({ AWS_CONFIG_FILE: path.join(home, 'third') });
    await write({ USERPROFILE: home, AWS_CONFIG_FILE: '' });
    expect(readdirSync(home).sort()).toEqual(['.aws', 'other', 'third']);
    expect((await write({})).err).toContain('(no-home)');
  });

  it('expands AWS_CONFIG_FILE as the AWS CLI does, and refuses what that takes as it is', async () => {
    const { home, local, env } = begin();
    const write = (file: string) =>
      local.idc(['profiles', '--write', 'ann'], { env: { ...env, NAME: 'b', AWS_CONFIG_FILE: file } });
    await write('$HOME/a');
    await write(`${home}/\${NAME}`);
    expect(readdirSync(home).sort()).toEqual(['a', 'b']);
    for (const [file, why] of [
      ['$UNSET/a', 'UNSET is not set'],
      ['~other/a', 'home folders of other users'],
    ] as const) {
      const { err } = await write(file);
      expect(err).toContain('(bad-config-path)');
      expect(err).toContain(why);
    }
  });

  it.each([
    ['--write', '--all'],
    ['--write', 'ann', '--out', 'x'],
    ['--write', 'ann', '--remove'],
    ['--write', 'ann', '--check'],
    ['--check', '--all'],
  ])('is one thing at a time: %s %s', async (...args) => {
    const { folder, run } = begin();
    const { code, err } = await run(...args);
    expect([code, existsSync(folder)]).toEqual([1, false]);
    expect(err).toContain('cannot be used with flag');
  });

  it.each([
    [['--write'], 'no-user'],
    [['--write', 'ann', 'bob'], 'several-users'],
    [['--check', 'ann', 'bob'], 'several-users'],
    [['--write', 'amn'], 'unknown-user'],
    [['ann', '--dry-run'], 'flags-mismatch'],
    [['ann', '--format', 'json'], 'flags-mismatch'],
  ])('needs the one person whose machine this is: %j', async (args, said) => {
    const { folder, run } = begin();
    const { code, err } = await run(...args);
    expect([code, existsSync(folder)]).toEqual([1, false]);
    expect(err).toContain(`(${said})`);
  });
});

describe('--dry-run', () => {
  it('shows the difference and writes nothing', async () => {
    const { folder, config, write, read } = begin(mine.trimEnd());
    const { code, out, err } = await write('--dry-run');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out.split('\n').slice(0, 9)).toEqual([
      `--- ${config}`,
      `+++ ${config}`,
      '@@ -1,3 +1,27 @@',
      ' # mine',
      ' [profile own]',
      '-region = eu-west-1',
      String.raw`\ No newline at end of file`,
      '+region = eu-west-1',
      '+',
    ]);
    expect([read(), readdirSync(folder)]).toEqual([mine.trimEnd(), ['config']]);
  });

  it('is coloured on a terminal, and goes with --remove too', async () => {
    const { env, local, write, read } = begin(mine);
    await write();
    const written = read();
    const terminal = { env, outIsTerminal: true };
    const { out } = await local.idc(['profiles', '--remove', '--dry-run'], terminal);
    expect(out).toContain('\u001B[31m-# idc end - ');
    expect((await local.idc(['profiles', '--remove', '--dry-run', '--no-color'], terminal)).out).not.toContain(
      '\u001B',
    );
    expect(read()).toBe(written);
  });

  it('makes no folder', async () => {
    const { folder, write } = begin();
    expect((await write('--dry-run')).out).toContain('+[profile Read-111122223333]\n');
    expect(existsSync(folder)).toBe(false);
  });
});

describe('what stops it, with the config as it was', () => {
  /** The code that the command fails with. */
  const stop = async (run: () => Promise<{ code: number; err: string }>): Promise<string | undefined> => {
    const { code, err } = await run();
    expect(code, err).toBe(1);
    return /\(([a-z-]+)\)\n/.exec(err)?.[1];
  };

  it('a damaged block', async () => {
    const { config, run, write, read } = begin(mine);
    await write();
    const damaged = read().replace(/# idc end.*\n/, '');
    writeFileSync(config, damaged);
    for (const args of [['--write', 'ann'], ['--remove'], ['--check', 'ann']])
      expect(await stop(() => run(...args))).toBe('damaged-block');
    expect(read()).toBe(damaged);
  });

  it('a session of the same name that signs in elsewhere', async () => {
    const text = '[sso-session my-sso]\nsso_start_url = https://other.awsapps.com/start\nsso_region = us-east-1\n';
    const { folder, write, read } = begin(text);
    expect(await stop(write)).toBe('session-taken');
    expect([read(), readdirSync(folder)]).toEqual([text, ['config']]);
  });

  it('UTF-16', async () => {
    const bytes = Buffer.from('\uFEFF[default]\n', 'utf16le');
    const { write, read } = begin(bytes);
    expect(await stop(write)).toBe('config-encoding');
    expect(read()).toBe(bytes.toString('latin1'));
  });

  it('a config that is a folder, a device or a link that leads to itself', async () => {
    const { home, local, env } = begin();
    symlinkSync('circle', path.join(home, 'circle'));
    for (const file of [home, '/dev/null', path.join(home, 'circle')]) {
      const args = ['profiles', '--write', 'ann'];
      expect(await stop(() => local.idc(args, { env: { ...env, AWS_CONFIG_FILE: file } }))).toBe('unreadable-config');
    }
  });

  it('a folder that can not be made', async () => {
    const { folder, write } = begin();
    symlinkSync('nowhere', folder);
    expect(await stop(write)).toBe('unwritable-config');
  });

  it('a copy that can not be made leaves no other trace', async () => {
    const { folder, config, write, read } = begin(mine);
    mkdirSync(`${config}.before-idc`);
    expect(await stop(write)).toBe('unwritable-config');
    expect([read(), readdirSync(folder).sort()]).toEqual([mine, ['config', 'config.before-idc']]);
  });

  const isRoot = process.getuid?.() === 0;
  const why = isRoot ? ' (root may write everything)' : '';
  it.skipIf(isRoot)(`a file or a folder that is read-only${why}`, async () => {
    const { folder, config, write, read } = begin(mine);
    chmodSync(config, 0o400);
    expect(await stop(write)).toBe('unwritable-config');
    chmodSync(config, 0o600);
    chmodSync(folder, 0o500);
    expect(await stop(write)).toBe('unwritable-config');
    chmodSync(folder, 0o700);
    expect([read(), readdirSync(folder)]).toEqual([mine, ['config']]);
  });
});

it('500 hand-written profiles survive --write and --remove, byte for byte', async () => {
  const [bytes = Buffer.of()] = fc.sample(handWritten({ sections: 500, exactly: true, anyBytes: true }), {
    numRuns: 1,
    seed: 11,
  });
  const { config, run, write } = begin(bytes);
  expect((await write()).code).toBe(0);
  const written = readFileSync(config);
  expect(written.subarray(0, bytes.length).equals(bytes)).toBe(true);
  expect(written.length).toBeGreaterThan(bytes.length + 400);
  expect((await run('--remove')).code).toBe(0);
  expect(readFileSync(config).equals(bytes)).toBe(true);
});

const aws = spawnSync('aws', ['--version']).status === 0 ? undefined : 'the AWS CLI is not installed';
describe.skipIf(aws)(`beside aws configure set${aws ? ` (${aws})` : ''}`, () => {
  const set = (
    home: ReturnType<typeof begin>,
    profile: string,
    key = 'cli_timestamp_format',
    value = 'iso8601',
  ): void => {
    const args = ['configure', 'set', key, value, '--profile', profile];
    const { status, stderr } = spawnSync('aws', args, {
      env: { ...process.env, ...home.env, AWS_CONFIG_FILE: home.config },
    });
    expect(status, String(stderr)).toBe(0);
  };

  it('a key of the section above stays outside the block', async () => {
    const home = begin(mine);
    await home.write();
    set(home, 'own');
    expect((await home.write()).err).toContain('as it should be already');
    await home.run('--remove');
    expect(home.read()).toBe(`${mine}cli_timestamp_format = iso8601\n`);
  });

  it('keys of the last section stay in it, also those that come to be behind its end, and a new section outside', async () => {
    const home = begin(mine);
    await home.write();
    const written = home.read();
    set(home, 'Write-111122223333');
    set(home, 'Write-111122223333', 'cli_pager', 'cat');
    set(home, 'Write-111122223333', 'region', 'eu-north-1');
    expect(home.read()).toMatch(/# idc end .*\ncli_pager = cat\n/);
    expect(await home.run('--check', 'ann')).toMatchObject({ code: 0, out: '' });
    expect((await home.write()).code).toBe(0);
    expect(home.read()).toMatch(
      /sso_role_name = Write\ncli_timestamp_format = iso8601\ncli_pager = cat\nregion = eu-north-1\n\n# idc end .*\n$/,
    );
    writeFileSync(home.config, written);
    set(home, 'new');
    await home.run('--remove');
    expect(home.read()).toBe(`${mine}[profile new]\ncli_timestamp_format = iso8601\n`);
  });
});
