import { Argument as ParsedArgument, Command as Parser, CommanderError, Option } from 'commander';
import { isGroup, visibleFlags, type Command, type CommandGroup, type Entry, type Given } from './command.ts';
import { idc } from './commands/index.ts';
import { spellArgument, spellFlag, type Argument, type Flag } from './flag.ts';
import { flagsBehindCommand } from './flags-behind-command.ts';
import { helpText } from './help.ts';
import { exitCodes, wantsColor, type Io } from './io.ts';
import { UsageError } from './usage-error.ts';

type Run = (command: Command, given: Given) => Promise<void>;

/**
 * Runs one command. Never throws: what goes wrong is said on stderr, and the exit code says which sort it was.
 * @param argv the arguments after the program's name.
 */
export async function runCli(
  argv: readonly string[],
  outer: Io,
  version: string,
  root: CommandGroup = idc,
): Promise<number> {
  const isJob = outer.env['GITHUB_ACTIONS'] === 'true';
  const shown = isJob ? (await import('./github-job.ts')).inJobLog(outer) : outer;
  const json = asksForJson(argv) ? withResult(shown) : undefined;
  const io = json?.io ?? shown;
  let code: number = exitCodes.done;
  let flags: Given['flags'] = {};
  const run: Run = async (command, given) => {
    flags = given.flags;
    code = await command.run({ io, version, root, ...given });
  };
  try {
    const parser = parserOf(root.name, root, io, run).version(version, '-v, --version');
    await parser.parseAsync(flagsBehindCommand(argv, root), { from: 'user' });
    return code;
  } catch (error) {
    // It has printed help or the version.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.failed;
    const { failureJson, failureOf, reportError } = await import('./exit.ts');
    if (json && !json.hasResult()) io.out(failureJson(failureOf(error)));
    const useColor = wantsColor(io, { color: flags['color'] !== false }, io.errIsTerminal);
    return reportError(io, error, { verbose: flags['verbose'] === true, useColor });
  }
}

/** Told before the arguments are parsed: they may be what is wrong. */
const asksForJson = (argv: readonly string[]): boolean =>
  argv.some((word, at) => word === '--format=json' || (word === '--format' && argv[at + 1] === 'json'));

/** A reader of JSON gets one document, whatever happens: a failure is printed as one if nothing has been printed before. */
function withResult(outer: Io): { io: Io; hasResult(): boolean } {
  let printed = false;
  const out = (text: string): void => {
    printed = true;
    outer.out(text);
  };
  return { io: { ...outer, out }, hasResult: () => printed };
}

function parserOf(path: string, entry: Entry, io: Io, run: Run): Parser {
  const parser = new Parser(entry.name)
    .helpOption('-h, --help')
    .exitOverride((error) => {
      throw error.exitCode === 0 || error.code === 'commander.help'
        ? error
        : new UsageError(error.message, path, entry);
    })
    .configureHelp({ formatHelp: () => helpText(path, entry, io.columns()) })
    .configureOutput({
      writeOut: io.out,
      writeErr: io.err,
      // It is told as every error is.
      outputError: () => {},
      // The help has none; commander would ask Node's streams, which are slow to make.
      getOutHasColors: () => false,
      getErrHasColors: () => false,
      getOutHelpWidth: io.columns,
      getErrHelpWidth: io.columns,
    });
  if (isGroup(entry)) {
    for (const one of entry.commands) parser.addCommand(parserOf(`${path} ${one.name}`, one, io, run));
    return parser;
  }
  const shown = new Set(visibleFlags(entry).map(([name]) => name));
  for (const argument of Object.values(entry.args)) parser.addArgument(argumentOf(argument));
  for (const [name, flag] of Object.entries(entry.flags))
    parser.addOption(optionOf(name, flag).hideHelp(!shown.has(name)));
  return parser.action(() => {
    const values: unknown[] = parser.processedArgs;
    const args = Object.fromEntries(Object.keys(entry.args).map((name, at) => [name, values[at]]));
    return run(entry, { args, flags: parser.opts() });
  });
}

function argumentOf(argument: Argument): ParsedArgument {
  const parsed = new ParsedArgument(spellArgument(argument));
  return argument.choices ? parsed.choices(argument.choices) : parsed.argParser(takeValue(argument));
}

function optionOf(name: string, flag: Flag): Option {
  const option = new Option(spellFlag(name, flag)).makeOptionMandatory(flag.isRequired ?? false);
  if (flag.choices) option.choices(flag.choices);
  else if (flag.takes !== undefined) option.argParser(takeValue(flag));
  if (flag.default !== undefined) option.default(flag.default);
  if (flag.implies) option.implies(flag.implies);
  return option.conflicts([...(flag.conflicts ?? [])]);
}

/** Reads a value; where it may be repeated, it joins those before it. */
function takeValue({ parse = (text) => text, repeats }: Flag): (text: string, before: unknown) => unknown {
  if (!repeats) return parse;
  return (text, before) => [...(Array.isArray(before) ? (before as unknown[]) : []), parse(text)];
}
