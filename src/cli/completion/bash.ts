import { isGroup, visibleFlags, walk, type CommandGroup, type Entry } from '../command.ts';
import { longFlag, type Argument, type Flag } from '../flag.ts';
import { quote } from './quote.ts';

/** For bash 3.2 and later, without the package bash-completion. */
export function bashScript(root: CommandGroup): string {
  const all = walk(root);
  const groups = all.filter(({ entry }) => isGroup(entry)).map(({ path }) => quote(path));
  return `# Completes idc in bash. Printed by: idc completion bash

_idc_words() {
  local IFS=$' \\n'
  COMPREPLY=($(compgen -W "$1" -- "$cur"))
}

_idc_paths() {
  local found
  while IFS= read -r found; do COMPREPLY+=("$found"); done < <(compgen "$1" -- "$cur")
  compopt -o filenames 2>/dev/null
}

_idc() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} command=idc at=1
  COMPREPLY=()
  # --flag=value is three words.
  if [[ $cur == '=' ]]; then
    cur=''
  elif [[ $prev == '=' ]]; then
    prev=\${COMP_WORDS[COMP_CWORD-2]}
  fi
  while ((at < COMP_CWORD)); do
    case $command in
      ${groups.join(' | ')}) command+=" \${COMP_WORDS[at++]}" ;;
      *) break ;;
    esac
  done
  case $command in
${all.map(({ path, entry }) => branch(path, entry)).join('\n')}
  esac
}

complete -F _idc idc
`;
}

function branch(path: string, entry: Entry): string {
  const flags = visibleFlags(entry);
  const names = flags.flatMap(([name, flag]) => namesOf(name, flag));
  const [argument] = isGroup(entry) ? [{ choices: entry.commands.map(({ name }) => name) }] : Object.values(entry.args);
  const values = flagsByAction(flags).map(([action, some]) => `        ${some.join(' | ')}) ${action}; return ;;`);
  return [
    `    ${quote(path)})`,
    ...(values.length > 0 ? ['      case $prev in', ...values, '      esac'] : []),
    ...(argument ? [`      if [[ $cur != -* ]]; then ${actionOf(argument)}; return; fi`] : []),
    `      _idc_words ${quote(names.join(' '))}`,
    '      ;;',
  ].join('\n');
}

/** What completes the values of flags, and after which flags. */
function flagsByAction(flags: [name: string, flag: Flag][]): [action: string, names: string[]][] {
  const actions = new Map<string, string[]>();
  for (const [name, flag] of flags) {
    if (flag.takes === undefined || flag.isValueOptional) continue;
    const action = actionOf(flag);
    actions.set(action, [...(actions.get(action) ?? []), ...namesOf(name, flag)]);
  }
  return [...actions];
}

function actionOf({ choices, completes }: Pick<Argument, 'choices' | 'completes'>): string {
  if (choices) return `_idc_words ${quote(choices.join(' '))}`;
  return completes === 'file' ? '_idc_paths -f' : completes === 'folder' ? '_idc_paths -d' : ':';
}

const namesOf = (name: string, flag: Flag): string[] => [
  ...(flag.short === undefined ? [] : [`-${flag.short}`]),
  longFlag(name, flag),
];
