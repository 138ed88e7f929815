import type { CommandGroup } from '../command.ts';
import { bashScript } from './bash.ts';
import { fishScript } from './fish.ts';
import { zshScript } from './zsh.ts';

/** Completes idc in a shell. A script holds all that it completes, and runs nothing else. */
export function completionScript(shell: 'bash' | 'zsh' | 'fish', root: CommandGroup): string {
  return { bash: bashScript, zsh: zshScript, fish: fishScript }[shell](root);
}
