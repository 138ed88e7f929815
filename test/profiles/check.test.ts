import { appendFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createHome } from '../support/aws-config.ts';
import { createLocalFolder } from '../support/local-folder.ts';
import { runIdc } from '../support/run-idc.ts';

const person = { givenName: 'A', familyName: 'B' };
const company = {
  cli: { startUrl: 'https://example.awsapps.com/start', sessionName: 'my-sso', region: 'eu-west-1' },
  users: { ann: person },
  permissionSets: { Read: {}, Write: {} },
  assignments: [{ users: ['ann'], permissionSets: ['Read', 'Write'], accounts: ['production'] }],
};

function begin(config?: string) {
  const home = createHome(config);
  const local = createLocalFolder(company);
  const check = (...args: string[]) =>
    runIdc(['profiles', '--check', 'ann', '-f', local.file, ...args], { env: home.env });
  const write = () => local.idc(['profiles', '--write', 'ann'], { env: home.env });
  return { ...home, local, check, write };
}

describe('profiles --check', () => {
  it('says nothing where all is there, at the start of every shell, unless it is asked to', async () => {
    const { config, env, local, check, write } = begin();
    await write();
    expect(await check()).toEqual({ code: 0, out: '', err: '' });
    const args = ['profiles', '--check', 'ann', '-f', local.file];
    expect(await runIdc(args, { env, outIsTerminal: true })).toEqual({ code: 0, out: '', err: '' });
    expect((await runIdc([...args, '--verbose'], { env })).err).toBe(
      `${config} has what ann may use, and nothing else.\n`,
    );
  });

  it('takes it all from the file, and writes nothing', async () => {
    const { folder, local, check } = begin();
    expect((await check()).code).toBe(2);
    rmSync(folder, { recursive: true, force: true });
    expect(readdirSync(local.folder)).toEqual(['identity.yaml']);
  });

  it('says what is missing, stale and too much, and how to mend it', async () => {
    const { config, local, check, write } = begin('# mine\n');
    await write();
    appendFileSync(config, '[profile old]\nsso_session = my-sso\nsso_account_id = 111122223333\nsso_role_name = Old\n');
    local.write({
      ...company,
      cli: { ...company.cli, region: 'us-east-1' },
      permissionSets: { Read: {}, Bill: {} },
      assignments: [{ users: ['ann'], permissionSets: ['Read', 'Bill'], accounts: ['production'] }],
    });
    const { code, out, err } = await check();
    expect({ code, err }).toEqual({ code: 2, err: '' });
    expect(out.replaceAll(/\n {4,}/g, ' ')).toBe(
      `${config} is not what ann may use:
  + [profile Bill-111122223333] (Bill in production) is missing
  ~ [profile Read-111122223333] in line 10: region is eu-west-1, not us-east-1
  - [profile Write-111122223333] (Write in production) in line 16 is of no use any more
  - [profile old] (Old in production) in line 23 was written by hand, and is not granted: delete it
  To write them: idc profiles -f ${local.file} --write ann
`,
    );
    expect(JSON.parse((await check('--format', 'json')).out)).toEqual({
      config,
      user: 'ann',
      current: false,
      missing: [
        {
          kind: 'profile',
          name: 'Bill-111122223333',
          keys: {
            sso_session: 'my-sso',
            sso_account_id: '111122223333',
            sso_role_name: 'Bill',
            region: 'us-east-1',
          },
        },
      ],
      stale: [
        {
          kind: 'profile',
          name: 'Read-111122223333',
          line: 10,
          differences: [{ key: 'region', is: 'eu-west-1', wanted: 'us-east-1' }],
        },
      ],
      twice: [],
      taken: [],
      hidden: [],
      extra: [
        {
          kind: 'profile',
          name: 'Write-111122223333',
          line: 16,
          accountId: '111122223333',
          permissionSet: 'Write',
          inBlock: true,
        },
        { kind: 'profile', name: 'old', line: 23, accountId: '111122223333', permissionSet: 'Old', inBlock: false },
      ],
    });
  });

  it('gives JSON where all is there too', async () => {
    const { config, check, write } = begin();
    await write();
    const { code, out } = await check('--format', 'json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({
      config,
      user: 'ann',
      current: true,
      missing: [],
      stale: [],
      twice: [],
      taken: [],
      hidden: [],
      extra: [],
    });
  });

  it('judges what a person wrote by its meaning', async () => {
    const { check } = begin(
      [
        '[sso-session portal]\nsso_start_url = https://example.awsapps.com/start\nsso_region = us-east-1\n',
        ...['Read', 'Write'].map(
          (role) =>
            `[profile ${role.toLowerCase()}]\nregion = eu-west-1\nsso_session = portal\nsso_role_name = ${role}\nsso_account_id = 111122223333\n`,
        ),
      ].join('\n'),
    );
    expect(await check()).toEqual({ code: 0, out: '', err: '' });
  });

  it('does not suggest --write for what it can’t mend', async () => {
    const { config, check, write } = begin('[profile Read-111122223333]\nregion = x\n');
    await write();
    const { code, out } = await check();
    expect(code).toBe(2);
    expect(out.replaceAll(/\n {4,}/g, ' ')).toBe(
      `${config} is not what ann may use:
  ~ [profile Read-111122223333] in line 1: sso_session = my-sso is missing; sso_account_id = 111122223333 is missing; sso_role_name = Read is missing; region is x, not eu-west-1 (written by hand: mend or rename it there)
`,
    );
  });

  it('says of a legacy profile and of a bare [default] what they are, and what to do', async () => {
    const { env, local } = begin(
      `[default]
region = eu-west-1
[profile Read-111122223333]
sso_start_url = https://example.awsapps.com/start
sso_region = us-east-1
sso_account_id = 111122223333
sso_role_name = Read
region = eu-west-1
`,
    );
    const def = { cli: { default: { account: 'production', permissionSet: 'Read' } } };
    local.write({
      ...company,
      users: { "o'ann": { ...person, ...def } },
      assignments: [{ ...company.assignments[0], users: ["o'ann"] }],
    });
    const { err } = await local.idc(['profiles', '--write', "o'ann", '--dry-run'], { env });
    expect(err).toContain('[default] in line 1 holds no credentials');
    expect(err).toContain(
      '[profile Read-111122223333] in line 3 is a legacy profile for the same (Read in 111122223333)',
    );
    const { out } = await runIdc(['profiles', '--check', "o'ann", '-f', local.file], { env });
    const text = out.replaceAll(/\s+/g, ' ');
    expect(text).toContain('sso_role_name = Read is missing (add them there, or delete that section)');
    expect(text).toContain(
      'sso_session = my-sso is missing (a legacy profile, without a session: delete it, and --write makes the other)',
    );
    expect(text).toContain(String.raw`--write 'o'\''ann'`);
  });

  it('tells a name that is there twice, in the block and outside or outside alone, with both lines', async () => {
    const { check, config, write, read } = begin();
    await write();
    appendFileSync(config, '[profile "Read-111122223333"]\nregion = x\n');
    const twice = await check();
    expect(twice.code).toBe(2);
    expect(twice.out.replaceAll(/\s+/g, ' ')).toContain('is there twice, in lines 8 and 21,');
    expect((await write()).err).toContain('profile-taken: [profile Read-111122223333] in line');
    appendFileSync(config, '[profile  Read-111122223333]\nregion = y\n');
    expect((await check()).out).toContain('is there twice, in lines');
    expect((await write()).err).toContain('(Read in 111122223333) is there twice, in lines');
    expect(read()).toContain('[profile Write-111122223333]');
  });

  it('tells a session that is there twice, which --write refuses', async () => {
    const session = (header: string) =>
      `[${header}]\nsso_start_url = https://example.awsapps.com/start\nsso_region = us-east-1\n`;
    const { check, write } = begin(`${session('sso-session my-sso')}${session('sso-session "my-sso"')}`);
    const { code, out } = await check();
    expect(code).toBe(2);
    expect(out).toContain('[sso-session my-sso] is there twice, in lines 1 and 4,');
    expect((await write()).err).toContain('in lines 1 and 4, and clients take different ones. (session-taken)');
  });

  it('is not about what [DEFAULT] gives all sections', async () => {
    const { check, write } = begin('[DEFAULT]\nregion = x\n');
    await write();
    expect(await check()).toEqual({ code: 0, out: '', err: '' });
  });

  it("leaves a session's region where the AWS CLI found it behind a start URL that is not of AWS", async () => {
    const { check, config, local, write, read } = begin();
    for (const [startUrl, code, said] of [
      ['https://sso.example.com/start', 0, 'as it should be already'],
      ['https://example.awsapps.com/start', 2, 'has sso_region = eu-west-1 in line'],
      ['https://ssoins-0123456789abcdef.portal.us-east-1.app.aws/start', 2, 'has sso_region = eu-west-1 in line'],
    ] as const) {
      local.write({ ...company, cli: { ...company.cli, startUrl } });
      await write();
      writeFileSync(config, read().replace('sso_region = us-east-1', 'sso_region = eu-west-1'));
      expect((await write()).err).toContain(said);
      expect((await check()).code).toBe(code);
      expect(read()).toContain('sso_region = eu-west-1');
      rmSync(config);
    }
  });

  it('says the same as --write of a header that only the AWS SDK for JavaScript reads', async () => {
    const { config, check, write } = begin('# mine\n[profile.Read-111122223333]\nregion = x\n');
    expect((await write()).err).toContain('only the AWS SDK for JavaScript reads');
    const { code, out } = await check();
    expect(code).toBe(2);
    expect(out.replaceAll(/\n {4,}/g, ' ')).toBe(
      `${config} is not what ann may use:
  ~ [profile Read-111122223333] (Read in production): line 2 has that name in a form that only the AWS SDK for JavaScript reads: begin it with [profile Read-111122223333], or delete that section
`,
    );
    const json = JSON.parse((await check('--format', 'json')).out) as object;
    expect(json).toMatchObject({ current: false, hidden: [{ kind: 'profile', name: 'Read-111122223333', line: 2 }] });
  });

  it('shows names for what they are, and not what they do to a terminal', async () => {
    const { check } = begin(
      '[profile \u001B[31mred]\nsso_session = my-sso\nsso_account_id = 1\nsso_role_name = \u202Ex\n[sso-session my-sso]\nsso_start_url = https://example.awsapps.com/start\nsso_region = us-east-1\n',
    );
    const { out } = await check();
    expect(out).toContain(String.raw`[profile \x1b[31mred]`);
    expect(out).not.toMatch(/\p{Cf}|[^\P{Cc}\n]/u);
  });

  it('fails where the AWS CLI could not read the file', async () => {
    const { config, check } = begin('[profile a]\n[profile a]\n');
    const { code, err } = await check();
    expect(code).toBe(1);
    expect(err).toContain(
      `The AWS CLI can't read ${config}: [profile a] in line 2 repeats line 1. (config-unreadable)`,
    );
  });

  it('fails for a user who does not exist', async () => {
    const { env, local } = begin();
    const { code, err } = await runIdc(['profiles', '--check', 'amn', '-f', local.file], { env });
    expect(code).toBe(1);
    expect(err).toContain('did you mean "ann"?');
  });

  it('reads what is live where the file does not say it all', async () => {
    const { env, local, write } = begin();
    local.write({ ...company, cli: { sessionName: 'my-sso' } });
    await local.idc(['apply', '--yes']);
    await write();
    const { code, out } = await local.idc(['profiles', '--check', 'ann'], { env });
    expect([code, out]).toEqual([0, '']);
    expect(readdirSync(path.join(local.folder, '.idc'))).not.toEqual([]);
  });
});
