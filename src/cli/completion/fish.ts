import { isGroup, visibleFlags, walk, type CommandGroup, type Entry } from '../command.ts';
import { longFlag, type Flag } from '../flag.ts';

/** For fish 3.0 and later. */
export function fishScript(root: CommandGroup): string {
  return `# Completes idc in fish. Printed by: idc completion fish

function __idc_is
    set -l words (commandline -opc)
    set -e words[1]
    test "$words" = "$argv"
end

function __idc_in
    set -l words (commandline -opc)
    set -e words[1]
    set -l length (count $argv)
    test "$words[1..$length]" = "$argv"
end

complete -c idc -f
${walk(root)
  .flatMap(({ path, entry }) => linesOf(path.split(' ').slice(1).join(' '), entry))
  .join('\n')}
`;
}

function linesOf(path: string, entry: Entry): string[] {
  const when = (test: string): string => `complete -c idc -n ${quote(`${test} ${path}`.trim())}`;
  const flags = visibleFlags(entry).map(([name, flag]) => {
    const short = flag.short === undefined ? '' : ` -s ${flag.short}`;
    const long = longFlag(name, flag).slice(2);
    const takes = flag.takes === undefined || flag.isValueOptional ? '' : ` -r${valueOf(flag)}`;
    return `${when(isGroup(entry) ? '__idc_is' : '__idc_in')}${short} -l ${long}${takes} -d ${quote(flag.description)}`;
  });
  if (isGroup(entry)) {
    const commands = entry.commands.map(({ name, summary }) => `${when('__idc_is')} -a ${name} -d ${quote(summary)}`);
    return [...commands, ...flags];
  }
  const values = Object.values(entry.args)
    .map(valueOf)
    .filter((value) => value !== ' -f');
  return [...values.map((value) => `${when('__idc_in')}${value}`), ...flags];
}

function valueOf({ choices, completes }: Pick<Flag, 'choices' | 'completes'>): string {
  if (choices) return ` -f -a ${quote(choices.join(' '))}`;
  return completes === 'file' ? ' -F' : completes === 'folder' ? ` -f -a '(__fish_complete_directories)'` : ' -f';
}

const quote = (text: string): string => `'${text.replaceAll('`', '').replaceAll(/[\\']/g, String.raw`\$&`)}'`;
