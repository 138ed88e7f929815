import type { Entry } from './command.ts';
import { longFlag } from './flag.ts';
import { foreignCommands, foreignFlags } from './foreign-words.ts';

/**
 * What is wrong with a command line, in idc's words.
 * @param message commander's, with the nearest flag or command where one is near.
 */
export function usageError(message: string, entry: Entry): string {
  const text = message
    .trimEnd()
    .replaceAll(/(^error: (?:unknown |required )?|cannot be used with )option '/g, "$1flag '")
    .replace(/^error: /, '');
  const [unknown, what, word = ''] = /^unknown (flag|command) '([^']*)'/.exec(text) ?? [];
  const hint = what === 'flag' ? ownFlag(word, entry) : what === 'command' ? foreignCommands.get(word) : undefined;
  return unknown === undefined || hint === undefined ? text : `${unknown}\n(Did you mean ${hint}?)`;
}

/** What the command has for a flag of another tool. */
function ownFlag(word: string, entry: Entry): string | undefined {
  const own = Object.entries(entry.flags).map(([name, flag]) => longFlag(name, flag));
  // Terraform's flags have one hyphen, and their value behind an equals sign.
  const name = word.replace(/=.*/s, '').replace(/^-(?=[a-z][a-z-])/, '--');
  if (own.includes(name)) return name;
  return foreignFlags.get(name)?.find((answer) => !answer.startsWith('-') || own.includes(answer.replace(/ .*/, '')));
}
