import { isGroup, type Call, type CommandGroup, type Entry } from '../../src/cli/command.ts';
import { idc } from '../../src/cli/commands/index.ts';
import { runCli } from '../../src/cli/program.ts';
import { silentIo } from './silent-io.ts';

/** Parses a command line, and answers what the command would be given. */
export async function parseLine(
  args: readonly string[],
  within: CommandGroup = idc,
): Promise<{ err: string; call?: Call }> {
  let call: Call | undefined;
  const note = (entry: Entry): Entry =>
    isGroup(entry)
      ? { ...entry, commands: entry.commands.map(note) }
      : {
          ...entry,
          run: (given) => {
            call = given;
            return 0;
          },
        };
  const { io, said } = silentIo();
  await runCli(args, io, '0.0.0-test', { ...within, commands: within.commands.map(note) });
  return { err: said.err, ...(call && { call }) };
}

/** The words of the first command of a line, as a shell reads it. */
export function wordsOf(line: string): string[] {
  const words = line.match(/(?:'[^']*'|"[^"]*"|\S)+/g) ?? [];
  const end = words.findIndex((word) => ['|', '>', '<', '&&'].includes(word));
  return words.slice(0, end < 0 ? words.length : end).map((word) =>
    word
      .replaceAll(/['"]/g, '')
      .replace(/^\$(GITHUB_SHA|SINCE)$/, 'a'.repeat(40))
      .replace('$GITHUB_RUN_ID', '30433642'),
  );
}
