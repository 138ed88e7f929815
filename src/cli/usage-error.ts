import type { Entry } from './command.ts';
import { longFlag } from './flag.ts';
import { foreignCommands, foreignFlags } from './foreign-words.ts';

/** A command line that can't be run. It is made where nothing but the command line has been loaded. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly hint: string;

  /**
   * @param message commander's, with the nearest flag or command where one is near.
   * @param path the words that the command is called by.
   */
  constructor(message: string, path: string, entry: Entry) {
    super(explain(message, entry));
    this.hint = `Run ${path} --help for its usage.`;
  }
}

/** In idc's words. */
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
