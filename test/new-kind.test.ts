import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// `npm run new-kind` in a copy of this tree: what it writes has to work as it is.

const root = path.join(import.meta.dirname, '..');
const copy = realpathSync(mkdtempSync(path.join(tmpdir(), 'idc-new-kind-')));
afterAll(() => rmSync(copy, { recursive: true, force: true }));

function run(command: string, ...args: string[]): { code: number | null; said: string } {
  // Of this run of vitest the other one knows nothing; and what is missing in a scenario is an error, not to be written.
  const programs = [path.join(copy, 'node_modules', '.bin'), process.env['PATH']].join(path.delimiter);
  const env = { PATH: programs, HOME: process.env['HOME'], CI: 'true', NO_COLOR: '1' };
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: copy, encoding: 'utf8', env });
  return { code: status, said: `${stdout}${stderr}` };
}

const read = (file: string): string => readFileSync(path.join(copy, file), 'utf8');

let wrote: ReturnType<typeof run>;
beforeAll(() => {
  const top = readdirSync(root).filter((name) => !['.git', 'node_modules', 'dist', 'coverage', '.idc'].includes(name));
  for (const name of top) cpSync(path.join(root, name), path.join(copy, name), { recursive: true });
  // Not the folder itself, since tools keep things in it.
  const packages = realpathSync(path.join(root, 'node_modules'));
  mkdirSync(path.join(copy, 'node_modules'));
  for (const name of readdirSync(packages).filter((one) => one === '.bin' || !one.startsWith('.'))) {
    symlinkSync(path.join(packages, name), path.join(copy, 'node_modules', name));
  }
  wrote = run('npm', 'run', '--silent', 'new-kind', 'shift-policy');
}, 120_000);

describe('a new kind', () => {
  it('is a folder, a line in each of two lists, a test and a scenario, and nothing else', () => {
    expect(wrote.said).toContain('Wrote the kind shift-policy, section shiftPolicies:');
    expect(wrote.code).toBe(0);
    const differing = run(
      'diff',
      '-rq',
      '--exclude=node_modules',
      '--exclude=.git',
      '--exclude=dist',
      '--exclude=.idc',
      '--exclude=coverage',
      root,
      copy,
    ).said;
    const places = differing
      .split('\n')
      .filter((line) => line !== '')
      .map((line) =>
        line.startsWith('Only in')
          ? line.replace(/^Only in (.*): /, '$1/').replace(`${copy}/`, 'new ')
          : line.replace(/^Files .* and (.*) differ$/, '$1').replace(`${copy}/`, 'changed '),
      );
    expect(places.sort()).toEqual([
      'changed README.md',
      'changed schemas/identity.schema.json',
      'changed schemas/snapshot.schema.json',
      'changed src/kinds/index.ts',
      'changed src/kinds/sections.ts',
      'new src/kinds/shift-policy',
      'new test/kinds/shift-policy',
      'new test/scenarios/a shift policy is declared',
    ]);
  });

  it('compiles, and is written as the rest is', () => {
    expect(run('tsc', '-p', 'tsconfig.json', '--singleThreaded')).toEqual({ code: 0, said: '' });
    const formatted = run('oxfmt', '--check', 'src/kinds', 'test/kinds');
    expect(formatted.code, formatted.said).toBe(0);
  });

  it('plans and applies: its test, its scenario and the rules of all kinds hold', () => {
    const story = 'test/scenarios/a shift policy is declared';
    const tests = run(
      'vitest',
      'run',
      'test/kinds/shift-policy',
      'test/registry.test.ts',
      'test/cli/run/validate.test.ts',
    );
    expect(tests.code, tests.said).toBe(0);
    const scenario = run('vitest', 'run', 'test/scenarios', '-t', 'a shift policy is declared');
    expect(scenario.code, scenario.said).toBe(0);
    expect(scenario.said).toMatch(/Tests +1 passed/);
    expect(read(`${story}/plan.txt`)).toContain(
      'Shift policies\n  + one\n      + value: first\n  + two\n      + value: second\n',
    );
    expect(read(`${story}/plan.txt`)).toContain('Plan: 2 to create, 0 to update, 0 to delete.');
    expect(read(`${story}/calls.txt`)).toContain('2 sso:TagResource\n');
  });

  it('is told, asked for and given rights without a word of its own anywhere', () => {
    expect(run('npm', 'run', '--silent', 'build')).toEqual({ code: 0, said: '' });
    const idc = (...args: string[]) => run('node', 'dist/main.js', ...args).said;
    const file = path.join('test', 'scenarios', 'a shift policy is declared', 'identity.yaml');
    expect(idc('validate', file)).toContain('is valid: 2 shift policies.');
    expect(idc('apply', file, '--local', '--yes')).toContain('2 created');
    expect(idc('import', '-f', file, '--local')).toContain('\nshiftPolicies:\n  one: { value: first }\n');
    expect(idc('iam-policy', 'apply')).toMatch(/"Sid": "[A-Za-z]*AndShiftPolicies"/);
    expect(read('schemas/snapshot.schema.json')).toContain('Every shift policy');
    expect(read('schemas/identity.schema.json')).toContain('Names of shift policies');
  });

  it('is not written over one that is there, nor by a name that is none', () => {
    expect(run('npm', 'run', '--silent', 'new-kind', 'shift-policy')).toMatchObject({
      code: 1,
      said: 'src/kinds/shift-policy is there already.\n',
    });
    expect(run('npm', 'run', '--silent', 'new-kind', 'Shift_Policies').said).toBe(
      'Give the singular name of a thing, such as trusted-token-issuer.\n',
    );
  });
});
