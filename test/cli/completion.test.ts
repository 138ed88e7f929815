import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isGroup, visibleFlags, walk } from '../../src/cli/command.ts';
import { idc } from '../../src/cli/commands/index.ts';
import { longFlag } from '../../src/cli/flag.ts';
import { runIdc } from '../support/run-idc.ts';

type Shell = 'bash' | 'zsh' | 'fish';

const folder = mkdtempSync(path.join(tmpdir(), 'idc-completion-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const scripts: Record<Shell, string> = { bash: '', zsh: '', fish: '' };
beforeAll(async () => {
  for (const shell of ['bash', 'zsh', 'fish'] as const) {
    const { out } = await runIdc(['completion', shell]);
    scripts[shell] = path.join(folder, `script.${shell}`);
    writeFileSync(scripts[shell], out);
  }
  mkdirSync(path.join(folder, 'files/profiles of all'), { recursive: true });
  writeFileSync(path.join(folder, 'files/live state.json'), '');
  writeFileSync(path.join(folder, 'files/plan*.json'), '');
});

/** Runs a shell among the files. It has no configuration of the person who runs the tests, and no other program. */
function run(shell: Shell, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(shell, args, {
    cwd: path.join(folder, 'files'),
    env: { PATH: process.env['PATH'], HOME: folder, XDG_CONFIG_HOME: folder, TERM: 'dumb' },
    encoding: 'utf8',
  });
  expect({ status, stderr }, args.join(' ')).toEqual({ status: 0, stderr: '' });
  return stdout;
}

/** What a shell offers for the last word of a line. */
const offers: Record<'bash' | 'fish', (line: string) => string[]> = {
  bash: (line) => {
    const words = line.split(/ |(=)/).filter((word) => word !== undefined);
    const quoted = words.map((word) => `'${word}'`).join(' ');
    const script = `source '${scripts.bash}'; COMP_WORDS=(${quoted}); COMP_CWORD=${words.length - 1}; _idc; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return lines(run('bash', ['--norc', '--noprofile', '-c', script]));
  },
  fish: (line) =>
    lines(run('fish', ['--no-config', '-c', `source '${scripts.fish}'; complete -C '${line}'`])).map((offer) =>
      offer.replace(/\t.*/, '').replace(/^--\w+=/, ''),
    ),
};

const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '');

const isThere = (shell: Shell): boolean => spawnSync(shell, ['--version']).status === 0;

for (const shell of ['bash', 'fish'] as const) {
  describe.skipIf(!isThere(shell))(`${shell} (skipped where the machine has none)`, () => {
    it.each<[string, string[]]>([
      ['idc pl', ['plan']],
      ['idc github check-', ['check-approvers', 'check-dispatch', 'check-tip', 'check-unused', 'check-watchers']],
      ['idc plan --re', ['--read-strategy', '--region', '--reviewed']],
      ['idc github fetch 42 --o', ['--out']],
      ['idc plan --format ', ['json', 'markdown', 'text']],
      ['idc plan --local --format m', ['markdown']],
      ['idc validate --format ', ['json', 'sarif', 'text']],
      ['idc plan --format=j', ['json']],
      ['idc iam-policy ', ['apply', 'plan']],
      ['idc completion z', ['zsh']],
      ['idc plan --snapshot li', ['live state.json']],
      ['idc plan -f pl', ['plan*.json']],
      ['idc show li', ['live state.json']],
      ['idc plan --region ', []],
      ['idc emulator --faults --l', ['--load', '--load-seed']],
      ['idc apply --snap', []],
      ['idc plam --', []],
    ])('%s<TAB>', (line, expected) => {
      expect(offers[shell](line).sort()).toEqual(expected);
    });

    it('offers folders where a folder is wanted', () => {
      const offered = offers[shell]('idc apply --profiles ').map((offer) => offer.replace(/\/$/, ''));
      expect(offered).toEqual(['profiles of all']);
    });

    it('offers every command', () => {
      expect(offers[shell]('idc ').sort()).toEqual(idc.commands.map(({ name }) => name).sort());
    });

    it('offers every flag of every command', () => {
      for (const { path, entry } of walk(idc)) {
        const flags = visibleFlags(entry).map(([name, flag]) => longFlag(name, flag));
        const offered = offers[shell](`${path} --`).filter((offer) => offer.startsWith('--'));
        expect(offered.sort(), path).toEqual(flags.sort());
      }
    });
  });
}

describe.skipIf(!isThere('zsh'))('zsh (skipped where the machine has none)', () => {
  it('takes the script', () => {
    expect(run('zsh', ['-f', '-n', scripts.zsh])).toBe('');
  });

  it('completes idc by it, sourced after compinit and found on the fpath', () => {
    const sourced = `autoload -U compinit; compinit -u -D; source ${scripts.zsh}; print $_comps[idc]`;
    expect(run('zsh', ['-f', '-c', sourced])).toBe('_idc\n');
    const found = `mkdir -p found; cp ${scripts.zsh} found/_idc; fpath=($PWD/found $fpath); autoload -U compinit; compinit -u -D; print $_comps[idc]; rm -r found`;
    expect(run('zsh', ['-f', '-c', found])).toBe('_idc\n');
  });

  it('hands every flag and every command, with its description, to the completion system', () => {
    const stubs =
      'compdef() { :; }; _arguments() { print -rl -- "$@"; state=command; return 1; }; _describe() { print -rl -- "${subcommands[@]}"; }';
    for (const { path, entry } of walk(idc)) {
      const named = `_${path.replaceAll(' ', '_')}`;
      const handed = lines(run('zsh', ['-f', '-c', `${stubs}; source ${scripts.zsh}; ${named}; true`]));
      for (const [name, flag] of visibleFlags(entry)) {
        const [spec] = handed.filter((line) => line.replace(/^\*?(\([^)]*\))?|=?\[.*/g, '') === longFlag(name, flag));
        expect(spec, `${path} ${longFlag(name, flag)}`).toContain(
          flag.description.replaceAll('`', '').replaceAll(':', '\\:'),
        );
        if (flag.choices) expect(spec).toContain(`:(${flag.choices.join(' ')})`);
        if (flag.completes === 'file') expect(spec).toMatch(/:_files$/);
        if (flag.completes === 'folder') expect(spec).toMatch(/:_files -\/$/);
      }
      if (isGroup(entry))
        for (const { name, summary } of entry.commands) expect(handed).toContain(`${name}:${summary}`);
    }
  });
});
