import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { commandsPage } from '../../scripts/commands-page.ts';
import { fillReadme } from '../../scripts/readme.ts';
import {
  defineCommand,
  groupedFlags,
  isGroup,
  walk,
  type Call,
  type Command,
  type CommandGroup,
} from '../../src/cli/command.ts';
import { idc } from '../../src/cli/commands/index.ts';
import { environment } from '../../src/cli/environment.ts';
import { explainFlag, longFlag } from '../../src/cli/flag.ts';
import { foreignCommands, foreignFlags } from '../../src/cli/foreign-words.ts';
import { runCli } from '../../src/cli/program.ts';
import { RefusedError } from '../../src/core/errors.ts';
import { failureJsonSchema } from '../../src/formats/failure.ts';
import { parseLine as parse, wordsOf } from '../support/parse-line.ts';
import { silentIo } from '../support/silent-io.ts';

const root = path.join(import.meta.dirname, '..', '..');
const all = walk(idc);
const commands = all.flatMap(({ path, entry }) => (isGroup(entry) ? [] : [{ path, command: entry }]));

describe('the definitions', () => {
  it.each(all)('$path has a summary of one line, and a description in sentences', ({ entry }) => {
    expect(entry.summary).toMatch(/^[A-Z].{5,54}[^.]$/);
    const paragraphs = entry.description.filter((text) => !/^- | {4}/.test(text));
    expect(paragraphs.length).toBeGreaterThan(0);
    for (const text of paragraphs) expect(text).toMatch(/^(?:[A-Z]|`).*[.:]$/s);
  });

  it.each(commands)('$path describes every argument and flag in sentences', ({ command }) => {
    const texts = [...Object.values(command.flags), ...Object.values(command.args)].map((one) => one.description);
    for (const text of texts) expect(text).toMatch(/^(?:[A-Z]|aws).*\.$/s);
  });

  it.each(all)('$path has examples, and they parse', async ({ entry }) => {
    expect(entry.examples.length).toBeGreaterThan(0);
    for (const { does, run } of entry.examples) {
      // What a shell evaluates is a line of its own.
      const [program, ...args] = wordsOf(/^eval "\$\((.*)\)"$/.exec(run)?.[1] ?? run);
      expect(program).toBe('idc');
      const { err, call } = await parse(args);
      expect(err, run).toBe('');
      expect(call, run).toBeDefined();
      expect(does).toMatch(/^[A-Z].{5,54}[^.]$/);
    }
  });

  it.each(commands)('$path takes no value that the parser would read in two ways', ({ command }) => {
    const inputs = [...Object.values(command.flags), ...Object.values(command.args)];
    expect(inputs.filter(({ repeats, choices }) => repeats && choices)).toEqual([]);
    const letters = Object.values(command.flags).flatMap(({ short }) => short ?? []);
    expect(new Set([...letters, 'h']).size).toBe(letters.length + 1);
  });

  it.each(commands)('$path completes every value that is a path', ({ command }) => {
    const wrong = [...Object.entries(command.flags), ...Object.entries(command.args)].filter(([, input]) => {
      const { takes = '', completes } = input;
      const isFile = /^(file|[a-z]+\.(json|yaml))$/.test(takes);
      return completes !== (takes === 'dir' ? 'folder' : isFile ? 'file' : completes);
    });
    // A workflow is named without its folder; what is hidden is not completed.
    const exempt = ['workflow', ...(command.hidden ?? [])];
    expect(wrong.map(([name]) => name).filter((name) => !exempt.includes(name))).toEqual([]);
  });

  it('lie in one file each, which its words name', () => {
    const files = readdirSync(path.join(root, 'src/cli/commands'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => file.replaceAll(path.sep, '/'));
    const shared = ['index.ts', 'github/index.ts', 'github/shared.ts'];
    expect(files.filter((file) => !shared.includes(file)).sort()).toEqual(
      commands.map(({ path }) => `${path.split(' ').slice(1).join('/')}.ts`).sort(),
    );
    for (const file of files) {
      expect(readFileSync(path.join(root, 'src/cli/commands', file), 'utf8').split('\n').length).toBeLessThan(100);
    }
  });

  it('name only flags that some command has where flags exclude or imply each other', () => {
    const known = new Set(commands.flatMap(({ command }) => Object.keys(command.flags)));
    const named = commands.flatMap(({ command }) =>
      Object.values(command.flags).flatMap(({ conflicts = [], implies = {} }) => [
        ...conflicts,
        ...Object.keys(implies),
      ]),
    );
    expect(named.filter((name) => !known.has(name))).toEqual([]);
  });

  it('say the same of a flag that several commands share', () => {
    const texts = new Map<string, Set<string>>();
    for (const { heading, flags } of all.flatMap(({ entry }) => groupedFlags(entry))) {
      if (heading === 'Flags') continue;
      for (const [name, flag] of flags) texts.set(name, (texts.get(name) ?? new Set()).add(explainFlag(flag)));
    }
    expect([...texts].filter(([, { size }]) => size > 1)).toEqual([]);
  });

  it('name every environment variable that is explained', () => {
    const named = new Set(all.flatMap(({ entry }) => entry.environment ?? []));
    expect([...named].sort()).toEqual(Object.keys(environment).sort());
  });
});

describe('flags before the command', () => {
  it.each([
    [
      ['--local', 'plan'],
      ['plan', '--local'],
    ],
    [
      ['--file', 'plan', 'plan'],
      ['plan', '--file', 'plan'],
    ],
    [
      ['--file=x.yaml', '-fplan', 'apply', '--yes'],
      ['apply', '--file=x.yaml', '-fplan', '--yes'],
    ],
    [
      ['--no-color', 'github', 'decide', '--plan', 'p.json'],
      ['github', 'decide', '--no-color', '--plan', 'p.json'],
    ],
    [
      ['github', '--no-color', 'decide', '--plan', 'p.json'],
      ['github', 'decide', '--no-color', '--plan', 'p.json'],
    ],
    // What help does not show.
    [
      ['--profile', 'x', 'validate'],
      ['validate', '--profile', 'x'],
    ],
    [['--faults', '7', 'emulator'], undefined],
    [
      ['--faults', 'emulator'],
      ['emulator', '--faults'],
    ],
    [['--file', 'plan'], undefined],
    [['--frobnicate', 'plan'], undefined],
    [['--yes', 'plan'], undefined],
    [['x', 'plan'], undefined],
  ])('%j', async (args, same) => {
    const { err, call } = await parse(args);
    if (same === undefined) {
      expect(call).toBeUndefined();
      expect(err).toContain('Run idc --help');
      return;
    }
    const wanted = (await parse(same)).call;
    expect(wanted).toBeDefined();
    expect([call?.args, call?.flags]).toEqual([wanted?.args, wanted?.flags]);
  });
});

describe('a failure of a command that is asked for JSON', () => {
  const withJson = commands.filter(({ command }) => command.flags['format']?.choices?.includes('json'));

  it.each(withJson)('$path prints one document, which follows its schema', async ({ path: words }) => {
    const ajv = new Ajv();
    const isFailure = ajv.compile(failureJsonSchema() as object);
    for (const format of [['--format', 'json'], ['--format=json']]) {
      const { io, said } = silentIo();
      const code = await runCli([...words.split(' ').slice(1), ...format, '--frobnicate'], io, '0.0.0-test');
      const document = JSON.parse(said.out) as { error: { message: string } };
      expect(isFailure(document), JSON.stringify(isFailure.errors)).toBe(true);
      expect(document.error).toMatchObject({ code: 'usage', hint: `Run ${words} --help for its usage.` });
      expect(said.err).toContain(document.error.message);
      expect(code).toBe(1);
    }
  });

  it('is not told twice where a command has printed its result', async () => {
    const failing: Command = {
      ...commands[0]?.command,
      name: 'failing',
      summary: '',
      description: [],
      examples: [],
      args: {},
      flags: { format: { takes: 'format', description: '' } },
      run: ({ io }) => {
        io.out('{}\n');
        throw new RefusedError('no');
      },
    };
    const { io, said } = silentIo();
    const group = { ...idc, commands: [failing] };
    expect(await runCli(['failing', '--format', 'json'], io, '0.0.0-test', group)).toBe(3);
    expect(said).toEqual({ out: '{}\n', err: 'Refused: no\n' });
  });
});

describe('what a command is given', () => {
  const group = (command: Command): CommandGroup => ({ ...idc, commands: [command] });
  const trial = defineCommand({
    name: 'trial',
    summary: 'Try the parser',
    description: [],
    examples: [],
    args: {
      what: { takes: 'what', isRequired: true, choices: ['one', 'two'], description: '' },
      rest: { takes: 'rest', repeats: true, parse: Number, description: '' },
    },
    flags: {
      on: { description: '' },
      color: { isNegated: true, description: '' },
      maxTps: { takes: 'n', parse: Number, description: '' },
      name: { takes: 'name', repeats: true, description: '' },
      level: { takes: 'level', choices: ['low', 'high'], default: 'low', description: '' },
      seed: { takes: 'seed', isValueOptional: true, parse: Number, implies: { on: true }, description: '' },
      out: { takes: 'file', isRequired: true, description: '' },
    },
    run({ args, flags }) {
      expectTypeOf(args).toEqualTypeOf<{ readonly what: 'one' | 'two'; readonly rest: number[] }>();
      // @ts-expect-error the command has no such flag
      expectTypeOf(flags.outt).toBeString();
      expectTypeOf(flags.on).toEqualTypeOf<true | undefined>();
      expectTypeOf(flags.color).toEqualTypeOf<boolean>();
      expectTypeOf(flags.maxTps).toEqualTypeOf<number | undefined>();
      expectTypeOf(flags.name).toEqualTypeOf<string[] | undefined>();
      expectTypeOf(flags.level).toEqualTypeOf<'low' | 'high'>();
      expectTypeOf(flags.seed).toEqualTypeOf<number | true | undefined>();
      expectTypeOf(flags.out).toEqualTypeOf<string>();
      return 0;
    },
  });

  it.each<[string, string[], Call['args'], Call['flags']]>([
    [
      'as little as it needs',
      ['one', '--out', 'f'],
      { what: 'one', rest: [] },
      { color: true, level: 'low', out: 'f' },
    ],
    [
      'everything',
      [
        'two',
        '1',
        '2',
        '--on',
        '--no-color',
        '--max-tps=5',
        '--name',
        'a',
        '--name',
        'b',
        '--level',
        'high',
        '--out',
        'f',
      ],
      { what: 'two', rest: [1, 2] },
      { on: true, color: false, maxTps: 5, name: ['a', 'b'], level: 'high', out: 'f' },
    ],
    [
      'a flag without its value',
      ['one', '--seed', '--out', 'f'],
      { what: 'one', rest: [] },
      { seed: true, on: true, color: true, level: 'low', out: 'f' },
    ],
    [
      'a flag with its value',
      ['one', '--seed', '7', '--out', 'f'],
      { what: 'one', rest: [] },
      { seed: 7, on: true, color: true, level: 'low', out: 'f' },
    ],
  ])('%s: the values that its types promise', async (_what, words, args, flags) => {
    const { err, call } = await parse(['trial', ...words], group(trial));
    expect(err).toBe('');
    expect({ args: call?.args, flags: call?.flags }).toEqual({ args, flags });
  });
});

describe('words of other tools', () => {
  const flags = new Set(
    commands.flatMap(({ command }) => Object.entries(command.flags).map(([name, flag]) => longFlag(name, flag))),
  );

  it('lead to flags that exist', () => {
    const answers = [...foreignFlags.values()].flat();
    expect(answers.filter((answer) => answer.startsWith('-') && !flags.has(answer.replace(/ .*/, '')))).toEqual([]);
  });

  it('are not commands of idc, and lead to some', () => {
    const names = idc.commands.map(({ name }) => name);
    expect([...foreignCommands.keys()].filter((word) => names.includes(word))).toEqual([]);
    const led = [...foreignCommands.values()].flatMap((answer) => /^idc ([a-z]+)/.exec(answer)?.[1] ?? []);
    expect(led.filter((name) => !names.includes(name))).toEqual([]);
  });
});

describe('what npm run docs writes is current', () => {
  it('docs/commands.md', () => {
    expect(readFileSync(path.join(root, 'docs/commands.md'), 'utf8')).toBe(commandsPage());
  });

  it('the parts of the README, of which none may be missing', () => {
    const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
    expect(fillReadme(readme)).toBe(readme);
    expect(() => fillReadme(readme.replace('<!-- /sections -->', ''))).toThrow('README.md has no <!-- sections -->');
  });
});
