import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runIdc } from '../support/run-idc.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'idc-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const commands = ['validate', 'plan', 'show', 'apply', 'profiles', 'access', 'iam-policy', 'emulator', 'github'];
const gitHubCommands = ['fetch', 'comment', 'find-plan', 'decide', 'check-tip', 'check-approvers', 'drift'];

describe('help goes to stdout, and is no failure', () => {
  it('of the program: every command, how to try it, and the exit codes', async () => {
    const { code, out, err } = await runIdc(['--help']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    for (const command of commands) expect(out).toMatch(new RegExp(`^  ${command} `, 'm'));
    expect(out).toContain('idc plan --local');
    expect(out.replaceAll(/\s+/g, ' ')).toContain('0 done; 1 failed; 2 changes pending');
  });

  it.each(commands)('of %s, asked for in any way', async (command) => {
    const asked = await runIdc([command, '--help']);
    expect({ code: asked.code, err: asked.err }).toEqual({ code: 0, err: '' });
    expect(asked.out).toContain(`Usage: idc ${command} `);
    expect(await runIdc([command, '-h'])).toEqual(asked);
    expect(await runIdc(['help', command])).toEqual(asked);
  });

  it('keeps within the terminal', async () => {
    for (const command of commands) {
      const { out } = await runIdc([command, '--help'], { columns: () => 72 });
      expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(72);
    }
    for (const command of gitHubCommands) {
      const { out } = await runIdc(['github', command, '--help'], { columns: () => 72 });
      expect(out).toContain(`Usage: idc github ${command} `);
      expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(72);
    }
  });

  it('of a version', async () => {
    expect(await runIdc(['--version'])).toEqual({ code: 0, out: '0.0.0-test\n', err: '' });
  });
});

describe('what is typed wrong is said on stderr, and fails', () => {
  it.each([
    ['an unknown command', ['plam'], "unknown command 'plam'\n(Did you mean plan?)"],
    ['an unknown option', ['apply', '--digst', 'x'], "unknown option '--digst'\n(Did you mean --digest?)"],
    ['an unknown choice', ['plan', '--format', 'xml'], "argument 'xml' is invalid. Allowed choices are text"],
    ['a port that is none', ['emulator', '--port', '70000'], 'It is a number from 0 to 65535.'],
    ['a pull request that is no number', ['github', 'comment', 'main', '--body', 'x'], 'It is a number such as 42.'],
    ['a commit by its short id', ['github', 'find-plan', 'abc1234'], 'It is a commit id of 40 hex digits.'],
    ['a branch without a name', ['github', 'check-tip', 'a'.repeat(40), '--branch', ''], 'It is a name.'],
    ['an environment that is another path', ['github', 'check-approvers', '..'], 'It is a name.'],
    ['an option that must be there', ['github', 'decide'], "required option '--plan <plan.json>' not specified"],
    ['an unknown command of github', ['github', 'fetsh'], "unknown command 'fetsh'\n(Did you mean fetch?)"],
    ['a port in words', ['emulator', '--port', 'http'], 'It is a number from 0 to 65535.'],
    ['an option without its value', ['plan', '--out'], 'argument missing'],
    ['one file too many', ['plan', 'a.yaml', 'b.yaml'], 'too many arguments'],
  ])('%s', async (_what, args, message) => {
    const { code, out, err } = await runIdc(args);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain(message);
    expect(err).toContain('--help');
  });

  it('no command at all: the help', async () => {
    const { code, out, err } = await runIdc([]);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('Usage: idc [options] [command]');
  });

  it.each(['validate', 'plan', 'apply'])('%s of a file that is not there', async (command) => {
    const { code, out, err } = await runIdc([command, path.join(folder, 'nowhere.yaml')]);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('nowhere.yaml does not exist. (unreadable-file)');
  });

  it('profiles of nobody', async () => {
    const { code, err } = await runIdc(['profiles']);
    expect(code).toBe(1);
    expect(err).toContain('idc profiles hanako');
  });
});

describe('flags reach the message that an error becomes', () => {
  const wrong = path.join(folder, 'wrong.yaml');
  const right = path.join(folder, 'right.yaml');
  writeFileSync(wrong, 'version: 1\nusers: { ann: {} }\n');
  writeFileSync(right, 'version: 1\nidentityCenter: { region: us-east-1 }\nusers: {}\n');
  const terminal = { errIsTerminal: true };

  it('--no-color, on a terminal', async () => {
    const coloured = await runIdc(['validate', wrong], terminal);
    const plain = await runIdc(['validate', wrong, '--no-color'], terminal);
    expect([coloured.code, plain.code]).toEqual([1, 1]);
    expect(coloured.err).toContain('\u001B[31mError:\u001B[39m');
    expect(plain.err).not.toContain('\u001B');
  });

  it('NO_COLOR, on a terminal; FORCE_COLOR, elsewhere', async () => {
    expect((await runIdc(['validate', wrong], { ...terminal, env: { NO_COLOR: '1' } })).err).not.toContain('\u001B');
    expect((await runIdc(['validate', wrong], { env: { FORCE_COLOR: '1' } })).err).toContain('\u001B[31m');
  });

  it('--verbose: the stack of what nobody expected', async () => {
    const args = ['plan', right, '--local'];
    const broken = {
      columns: () => {
        throw new RangeError('nobody thought of this');
      },
    };
    const short = await runIdc(args, broken);
    expect(short.code).toBe(1);
    expect(short.err).toContain('Run it again with --verbose for details.');
    const long = await runIdc([...args, '--verbose'], broken);
    expect(long.err).toMatch(/\n +at .*plan\.ts/);
    expect(long.err).not.toContain('Run it again with --verbose');
  });
});

describe('validate', () => {
  it('counts what a right file declares, as text and as JSON', async () => {
    const file = path.join(folder, 'validate.yaml');
    writeFileSync(
      file,
      'version: 1\nusers: { ann: { givenName: A, familyName: B } }\ngroups: {}\nassignments:\n  - { users: [ann], permissionSets: [Read], accounts: ["111122223333"] }\n',
    );
    const text = await runIdc(['validate', '-f', file]);
    expect(text.code, text.err).toBe(0);
    expect(text.out).toBe(`${file} is valid: 1 user, 0 groups, 1 assignment entry.\n`);
    const json = await runIdc(['validate', '-f', file, '--format', 'json']);
    expect(json).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(json.out)).toMatchObject({ valid: true, diagnostics: [{ code: 'user-without-email' }] });
  });
});
