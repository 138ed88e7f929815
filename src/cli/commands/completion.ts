import { defineCommand } from '../command.ts';
import { exitCodes } from '../io.ts';

export const completion = defineCommand({
  name: 'completion',
  summary: 'Print a shell completion script',
  description: [
    'Prints a script that completes commands, flags, their choices and file names. It does not call idc, so print it again ' +
      'after an update.',
    'For bash, add this line to ~/.bashrc:',
    '    source <(idc completion bash)',
    'For zsh, add this line to ~/.zshrc, after compinit:',
    '    source <(idc completion zsh)',
    'For fish, save it once:',
    '    idc completion fish > ~/.config/fish/completions/idc.fish',
  ],
  args: {
    shell: {
      takes: 'shell',
      choices: ['bash', 'zsh', 'fish'],
      isRequired: true,
      description: 'The shell that the script is for.',
    },
  },
  flags: {},
  examples: [{ does: 'Complete in this shell only', run: 'idc completion bash > idc.bash && source idc.bash' }],
  run: async ({ io, args, root }) => {
    const { completionScript } = await import('../completion/script.ts');
    io.out(completionScript(args.shell, root));
    return exitCodes.done;
  },
});
