import { isGroup, visibleFlags, type CommandGroup, type Entry } from './command.ts';
import { longFlag, type Flag } from './flag.ts';

/**
 * Puts flags behind the command that they stand before: `idc --local plan` is read as `idc plan --local`.
 * @param argv the arguments after the group's name. They stay as they are where what stands before the command is anything
 * else than flags that it has, with their values.
 */
export function flagsBehindCommand(argv: readonly string[], group: CommandGroup): string[] {
  for (const [at, word] of argv.entries()) {
    const entry = group.commands.find(({ name }) => name === word);
    const before = argv.slice(0, at);
    if (!entry || !accepts(entry, before)) continue;
    const rest = argv.slice(at + 1);
    return [word, ...(isGroup(entry) ? flagsBehindCommand([...before, ...rest], entry) : [...before, ...rest])];
  }
  return [...argv];
}

/** Whether these words are flags of the command, or of one in the group. */
const accepts = (entry: Entry, words: readonly string[]): boolean =>
  isGroup(entry)
    ? entry.commands.some((one) => accepts(one, words))
    : // What help does not show is accepted too.
      areFlags([...Object.entries(entry.flags), ...visibleFlags(entry)], words);

function areFlags(flags: readonly [name: string, flag: Flag][], words: readonly string[]): boolean {
  for (let at = 0; at < words.length; at += 1) {
    // `--file=x`, `-fx`
    const [, spelled, value] = /^(--[^=]+|-[^-])(.*)$/s.exec(words[at] ?? '') ?? [];
    const [, flag] = flags.find(([name, one]) => longFlag(name, one) === spelled || `-${one.short}` === spelled) ?? [];
    if (!flag) return false;
    if (flag.takes === undefined || flag.isValueOptional || value !== '') continue;
    at += 1;
    if (at === words.length) return false;
  }
  return true;
}
