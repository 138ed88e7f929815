import type { EnvironmentVariable } from './environment.ts';
import {
  flagGroups,
  spellArgument,
  spellFlag,
  type Arguments,
  type ArgumentValues,
  type Flag,
  type FlagGroup,
  type Flags,
  type FlagValues,
} from './flag.ts';
import type { Io } from './io.ts';

/** What help, `docs/commands.md` and shell completion are made of. */
interface Described {
  name: string;
  /** One line, without a period. */
  summary: string;
  /**
   * Paragraphs. One that begins with `- ` is an item of a list, one that begins with four spaces a line to paste; words in
   * backticks are code.
   */
  description: readonly string[];
  examples: readonly Example[];
  /** What an exit code means, where it means more than done or failed. */
  exitCodes?: Readonly<Record<number, string>>;
  environment?: readonly EnvironmentVariable[];
}

export interface Example {
  /** A comment above the line. */
  does: string;
  run: string;
}

export interface Command extends Described {
  args: Arguments;
  flags: Flags;
  /** Flags that are accepted and shown nowhere. */
  hidden?: readonly string[];
  /** Answers the exit code. */
  run(call: Call): number | Promise<number>;
}

/** A command that only holds others; idc itself is one. */
export interface CommandGroup extends Described {
  flags: Flags;
  commands: readonly Entry[];
}

export type Entry = Command | CommandGroup;

export const isGroup = (entry: Entry): entry is CommandGroup => 'commands' in entry;

/** What was given on the command line, as the command's definition reads it. */
export interface Given<Args = Readonly<Record<string, unknown>>, Values = Readonly<Record<string, unknown>>> {
  args: Args;
  flags: Values;
}

export interface Call extends Given {
  io: Io;
  version: string;
  /** All that idc has. */
  root: CommandGroup;
}

/** A command whose `run` gets the values of its own arguments and flags, as they are typed. */
type Definition<A extends Arguments, F extends Flags> = Described & {
  args: A;
  flags: F;
  hidden?: readonly (keyof F & string)[];
  run(call: Omit<Call, keyof Given> & Given<ArgumentValues<A>, FlagValues<F>>): number | Promise<number>;
};

/**
 * Defines a command. It is loaded for `idc --help` too, so it imports nothing heavy: `run` imports what it needs when it
 * runs. That `run` is only given what the same definition's arguments and flags have accepted is `program.ts`'s promise.
 */
export const defineCommand = <const A extends Arguments, const F extends Flags>(
  definition: Definition<A, F>,
): Command => definition;

/** `idc plan [file] [flags]` */
export function usageOf(path: string, entry: Entry): string {
  const rest = isGroup(entry) ? ['<command>'] : Object.values(entry.args).map(spellArgument);
  const required = Object.entries(entry.flags).filter(([, { isRequired }]) => isRequired);
  return [path, ...rest, ...required.map(([name, flag]) => spellFlag(name, flag)), '[flags]'].join(' ');
}

/** A command and all that are in it, each with the words that it is called by. */
export function walk(entry: Entry, path: string = entry.name): { path: string; entry: Entry }[] {
  const inside = isGroup(entry) ? entry.commands : [];
  return [{ path, entry }, ...inside.flatMap((one) => walk(one, `${path} ${one.name}`))];
}

/** Every command has it. */
const help: Flag = { short: 'h', group: 'Common flags', description: 'Print this help.' };

export function visibleFlags(entry: Entry): [name: string, flag: Flag][] {
  const hidden = isGroup(entry) ? [] : (entry.hidden ?? []);
  return [...Object.entries(entry.flags).filter(([name]) => !hidden.includes(name)), ['help', help]];
}

/** By heading; the command's own first, what every command has last. */
export function groupedFlags(entry: Entry): { heading: FlagGroup; flags: [name: string, flag: Flag][] }[] {
  const flags = visibleFlags(entry);
  return flagGroups
    .map((heading) => ({ heading, flags: flags.filter(([, { group = 'Flags' }]) => group === heading) }))
    .filter((group) => group.flags.length > 0);
}

/** What the exit codes of a command mean, with what it says of them itself. */
export const exitCodesOf = ({ exitCodes }: Entry): [code: string, meaning: string][] =>
  Object.entries({ 0: 'Done.', 1: 'Failed. The message on stderr says why.', ...exitCodes });
