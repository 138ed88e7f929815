import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { usageOf, walk } from '../../src/cli/command.ts';
import { idc } from '../../src/cli/commands/index.ts';
import { runIdc } from '../support/run-idc.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'idc-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const all = walk(idc).map(({ path, entry }) => ({ words: path.split(' ').slice(1), usage: usageOf(path, entry) }));

describe('help goes to stdout, and succeeds', () => {
  it('of the program: every command, how to try it, and the exit codes', async () => {
    const { code, out, err } = await runIdc(['--help']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    for (const { name, summary } of idc.commands) expect(out).toMatch(new RegExp(`^  ${name} +${summary}$`, 'm'));
    expect(out).toContain('idc plan --local');
    expect(out).toMatch(/^ {2}0 {2}Done\.$/m);
    expect(out).toMatch(/^ {2}2 {2}Changes are pending/m);
  });

  it.each(all)('of idc $words, asked for in any way', async ({ words, usage }) => {
    const asked = await runIdc([...words, '--help']);
    expect({ code: asked.code, err: asked.err }).toEqual({ code: 0, err: '' });
    expect(asked.out.replaceAll(/\n {7}(?=\S)/g, ' ')).toContain(`\nUsage: ${usage}\n`);
    expect(await runIdc([...words, '-h'])).toEqual(asked);
    expect(await runIdc([...words.slice(0, -1), 'help', ...words.slice(-1)])).toEqual(asked);
  });

  it.each([60, 72, 80, 100])('keeps within a terminal of %d columns, without a space at an end', async (columns) => {
    for (const { words } of all) {
      const lines = (await runIdc([...words, '--help'], { columns: () => columns })).out.split('\n');
      expect(lines.filter((line) => line.length > columns || line.endsWith(' '))).toEqual([]);
    }
  });

  it('is not wider than is good to read', async () => {
    const { out } = await runIdc(['plan', '--help'], { columns: () => 300 });
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  it('has the flags of a command first, and those of every command last', async () => {
    const { out } = await runIdc(['plan', '--help']);
    expect([...out.matchAll(/^(\S.*):$/gm)].map(([, heading]) => heading)).toEqual([
      'Arguments',
      'Flags',
      'Markdown flags',
      'AWS flags',
      'Common flags',
      'Examples',
      'Exit codes',
      'Environment variables',
    ]);
  });

  it('folds a long example so that it can be pasted', async () => {
    const { out } = await runIdc(['iam-policy', '--help'], { columns: () => 60 });
    expect(out).toContain('  idc iam-policy apply --trust --repository ORG/REPO \\\n      --account 111122223333\n');
  });

  it('of a flag that is only accepted: nothing', async () => {
    expect((await runIdc(['validate', '--help'])).out).not.toContain('--profile');
    expect((await runIdc(['validate', '--profile', 'x', path.join(folder, 'none.yaml')])).err).toContain('none.yaml');
  });

  it.each(['--version', '-v', 'version'])('of a version: %s', async (flag) => {
    expect(await runIdc([flag])).toEqual({ code: 0, out: '0.0.0-test\n', err: '' });
  });
});

describe('what is typed wrong is said on stderr, and fails', () => {
  it.each([
    ['an unknown command', ['plam'], "unknown command 'plam'; did you mean plan?"],
    ['an unknown flag', ['apply', '--digst', 'x'], "Error: unknown flag '--digst'; did you mean --digest?"],
    ['a flag of Terraform', ['apply', '--auto-approve'], "unknown flag '--auto-approve'; did you mean --yes?"],
    ['in the form of Terraform', ['apply', '-auto-approve'], "'-auto-approve'; did you mean --yes?"],
    ['with one hyphen', ['plan', '-detailed-exitcode'], '; did you mean --detailed-exitcode?'],
    ['with a value', ['plan', '-out=plan.json'], "unknown flag '-out=plan.json'; did you mean --out?"],
    ['a flag of kubectl', ['plan', '-o', 'json'], "unknown flag '-o'; did you mean --format?"],
    ['where there is no format', ['import', '-o', 'x.yaml'], "unknown flag '-o'; did you mean --out?"],
    ['another command for a flag', ['apply', '--dry-run'], "unknown flag '--dry-run'; did you mean idc plan?"],
    ['a flag of no tool', ['plan', '--frobnicate'], "unknown flag '--frobnicate' (usage)\nRun idc plan --help"],
    [
      'a command of Terraform',
      ['destroy'],
      "unknown command 'destroy'; did you mean idc apply, with the entries removed",
    ],
    ['a command of no tool', ['constructor'], "unknown command 'constructor' (usage)\nRun idc --help"],
    ['flags that exclude each other', ['profiles', '--write', '--all'], "'--write' cannot be used with flag '--all'"],
    ['an unknown choice', ['plan', '--format', 'xml'], "argument 'xml' is invalid. Allowed choices are text"],
    ['a port that is none', ['emulator', '--port', '70000'], 'It is a number from 0 to 65535.'],
    ['a pull request that is no number', ['github', 'comment', 'main', '--body', 'x'], 'It is a number such as 42.'],
    ['a commit by its short id', ['github', 'find-plan', 'abc1234'], 'It is a commit id of 40 hex digits.'],
    ['a branch without a name', ['github', 'check-tip', 'a'.repeat(40), '--branch', ''], 'It is a name.'],
    ['an environment that is another path', ['github', 'check-approvers', '..'], 'It is a name.'],
    ['a flag that must be there', ['github', 'decide'], "required flag '--plan <plan.json>' not specified"],
    ['an unknown command of github', ['github', 'fetsh'], "unknown command 'fetsh'; did you mean fetch?"],
    ['a shell that is none', ['completion', 'csh'], 'Allowed choices are bash, zsh, fish.'],
    ['a port in words', ['emulator', '--port', 'http'], 'It is a number from 0 to 65535.'],
    ['a flag without its value', ['plan', '--out'], 'argument missing'],
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
    expect(err).toContain('Usage: idc <command> [flags]');
  });

  it.each(['validate', 'plan', 'apply'])('%s of a file that is not there', async (command) => {
    const { code, out, err } = await runIdc([command, path.join(folder, 'nowhere.yaml')]);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('nowhere.yaml does not exist. (unreadable-file)');
  });

  it('profiles without a user', async () => {
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

  it('--verbose: the stack of an unexpected error', async () => {
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

describe('a file that PowerShell has written', () => {
  const wide = path.join(folder, 'wide.yaml');
  writeFileSync(wide, Buffer.from('\uFEFFversion: 1\n', 'utf16le'));

  it.each([[['validate', wide]], [['plan', '--local', wide]], [['show', wide]], [['doctor', '--snapshot', wide]]])(
    '%j says how to make it UTF-8',
    async (args) => {
      const { code, err } = await runIdc(args);
      expect(code).toBe(1);
      expect(err).toContain(
        `${wide} is UTF-16 and not UTF-8. Save it as UTF-8, for example with iconv -f UTF-16 -t UTF-8 `,
      );
      expect(err).not.toContain('Name the identity file');
    },
  );
});

describe('validate', () => {
  it.each(['json', 'sarif'])('answers as %s of a file that is right, wrong or missing', async (format) => {
    const right = path.join(folder, 'right.yaml');
    const wrong = path.join(folder, 'wrong.yaml');
    writeFileSync(right, 'version: 1\n');
    writeFileSync(wrong, 'version: 1\nusers: { ann: {} }\n');
    const answers = await Promise.all(
      [right, wrong, path.join(folder, 'none.yaml')].map((file) => runIdc(['validate', file, '--format', format])),
    );
    expect(answers.map(({ code, err }) => [code, err])).toEqual([
      [0, ''],
      [1, ''],
      [1, ''],
    ]);
    const codes = answers.map(({ out }) => {
      const { valid, diagnostics, runs } = JSON.parse(out) as {
        valid?: boolean;
        diagnostics?: { code: string }[];
        runs?: { results: { ruleId: string }[]; invocations: { executionSuccessful: boolean }[] }[];
      };
      const [run] = runs ?? [];
      return [
        valid ?? run?.invocations[0]?.executionSuccessful,
        (diagnostics ?? []).map(({ code }) => code).join() || run?.results.map(({ ruleId }) => ruleId).join(),
      ];
    });
    expect(codes).toEqual(
      format === 'json'
        ? [
            [true, undefined],
            [false, 'missing-key'],
            [false, 'unreadable-file'],
          ]
        : [
            [true, ''],
            [true, 'missing-key'],
            [false, ''],
          ],
    );
  });

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
