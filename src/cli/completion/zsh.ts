import { isGroup, visibleFlags, walk, type Command, type CommandGroup, type Entry } from '../command.ts';
import { longFlag, type Argument, type Flag } from '../flag.ts';
import { quote } from './quote.ts';

/** One function a command. It can be sourced after compinit, or lie on the fpath as _idc. */
export function zshScript(root: CommandGroup): string {
  const functions = walk(root).map(
    ({ path, entry }) => `${functionOf(path)}() {\n${isGroup(entry) ? groupBody(path, entry) : commandBody(entry)}\n}`,
  );
  return `#compdef idc
# Completes idc in zsh. Printed by: idc completion zsh

${functions.join('\n\n')}

if [[ $funcstack[1] == _idc ]]; then
  _idc "$@"
else
  compdef _idc idc
fi
`;
}

const functionOf = (path: string): string => `_${path.replaceAll(' ', '_')}`;

function groupBody(path: string, entry: CommandGroup): string {
  return `  local context state state_descr line
  local -A opt_args
  local -a subcommands
  subcommands=(
${entry.commands.map(({ name, summary }) => `    ${quote(`${name}:${summary}`)}`).join('\n')}
  )
  _arguments -C \\
${[...flagSpecs(entry), "'1: :->command'", "'*:: :->rest'"].map((spec) => `    ${spec}`).join(' \\\n')} && return
  case $state in
    command) _describe command subcommands ;;
    rest) (( $+functions[${functionOf(path)}_$words[1]] )) && ${functionOf(path)}_$words[1] ;;
  esac`;
}

function commandBody(entry: Command): string {
  const specs = Object.values(entry.args).map((argument) => {
    const place = argument.repeats ? '*' : argument.isRequired ? '1' : '1:';
    return quote(`${place}${valueOf(argument)}`);
  });
  return `  _arguments \\\n${[...flagSpecs(entry), ...specs].map((spec) => `    ${spec}`).join(' \\\n')}`;
}

function flagSpecs(entry: Entry): string[] {
  return visibleFlags(entry).map(([name, flag]) => {
    const long = longFlag(name, flag);
    const others = (flag.conflicts ?? []).flatMap((other) => {
      const conflicting = entry.flags[other];
      return conflicting ? [longFlag(other, conflicting)] : [];
    });
    const rest = `[${escape(flag.description)}]${flag.takes === undefined ? '' : valueOf({ ...flag, takes: flag.takes })}`;
    const equals = flag.takes === undefined ? '' : '=';
    if (flag.short === undefined) {
      const excluded = others.length > 0 ? `(${others.join(' ')})` : '';
      return quote(`${flag.repeats ? '*' : ''}${excluded}${long}${equals}${rest}`);
    }
    const short = `-${flag.short}`;
    return `${quote(`(${[short, long, ...others].join(' ')})`)}{${short}${equals && '+'},${long}${equals}}${quote(rest)}`;
  });
}

/** `:file:_files` */
function valueOf({ takes, choices, completes, isValueOptional }: Argument & Pick<Flag, 'isValueOptional'>): string {
  const action = choices ? `(${choices.join(' ')})` : completes === 'file' ? '_files' : completes ? '_files -/' : ' ';
  return `${isValueOptional ? ':' : ''}:${escape(takes)}:${action}`;
}

const escape = (text: string): string => text.replaceAll('`', '').replaceAll(/[[\]:\\]/g, String.raw`\$&`);
