import { ReportedError } from '../core/errors.ts';
import type { Entry } from './command.ts';
import { longFlag } from './flag.ts';
import { foreignCommands, foreignFlags } from './foreign-words.ts';

/**
 * What is wrong with a command line, in idc's words.
 * @param message commander's, with the nearest flag or command where one is near.
 * @param path the words that the command is called by.
 */
export function usageError(message: string, path: string, entry: Entry): ReportedError {
  return new ReportedError('usage', explain(message, entry), `Run ${path} --help for its usage.`);
}

function explain(message: string, entry: Entry): string {
  const text = message
    .trimEnd()
    .replaceAll(/(^error: (?:unknown |required )?|cannot be used with )option '/g, "$1flag '")
    .replace(/^error: /, '')
    .replace(/\n\(Did you mean (.*)\)$/s, '; did you mean $1');
  const [unknown, what, word = ''] = /^unknown (flag|command) '([^']*)'/.exec(text) ?? [];
  const hint = what === 'flag' ? ownFlag(word, entry) : what === 'command' ? foreignCommands.get(word) : undefined;
  return unknown === undefined || hint === undefined ? text : `${unknown}; did you mean ${hint}?`;
}

/** What the command has for a flag of another tool. */
function ownFlag(word: string, entry: Entry): string | undefined {
  const own = Object.entries(entry.flags).map(([name, flag]) => longFlag(name, flag));
  // Terraform's flags have one hyphen, and their value behind an equals sign.
  const name = word.replace(/=.*/s, '').replace(/^-(?=[a-z][a-z-])/, '--');
  if (own.includes(name)) return name;
  return foreignFlags.get(name)?.find((answer) => !answer.startsWith('-') || own.includes(answer.replace(/ .*/, '')));
}
