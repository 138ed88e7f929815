import { Option, type Command } from 'commander';
import type { AccessFlags } from './run/access.ts';
import type { Io } from './io.ts';

/**
 * `idc access`: who holds what, and why.
 * @param command has the flags of everything that reads what is live, and `--snapshot`.
 */
export function addAccess(command: Command, { io, done }: { io: Io; done: (code: number) => void }): void {
  command
    .description('say who can reach what, through which group and by which line of the file')
    .option('--user <name>', 'only what this user holds; may be repeated', append)
    .option('--group <name>', 'only what is held through this group; may be repeated', append)
    .option('--account <name>', 'only in this account (name or id); may be repeated', append)
    .option('--permission-set <name>', 'only this permission set; may be repeated', append)
    .option('--administrators', 'only permission sets that give everything')
    .option('--without-group <name>', 'what would go if this group went; may be repeated', append)
    .addOption(
      new Option('--offline', 'ask the file alone: no call, no credentials').conflicts([
        'snapshot',
        'local',
        'profile',
        'readStrategy',
        'maxTps',
      ]),
    )
    .addOption(
      new Option('--from <live.json>', 'who gains and loses what since this snapshot was taken').conflicts([
        'snapshot',
        'offline',
        'withoutGroup',
      ]),
    )
    .addOption(
      new Option('--to <live.json>', 'with --from: until this one was taken (default: until now)').conflicts([
        'snapshot',
        'offline',
        'withoutGroup',
        'profile',
        'readStrategy',
        'maxTps',
      ]),
    )
    .addHelpText('after', help)
    .action(async (flags: AccessFlags) => {
      const { access } = await import('./run/access.ts');
      const isAsked = command.getOptionValueSource('file') === 'cli';
      done(await access(io, flags, isAsked ? flags.file : undefined));
    });
}

const append = (text: string, before: string[] = []): string[] => [...before, text];

const help = `
It answers from what is live, which takes no more rights than a plan,
and writes nothing. The file says by which of its lines something is
held, and whether the next apply ends it. All filters go together.

Examples:
  idc access --user hanako               what she can reach, and why
  idc access --account production --administrators
                                         who can administer production
  idc access --without-group ops         what its members would lose for
                                         good, held in no other way
  idc access --snapshot live.json --permission-set Auditor
                                         as it was when that was taken
  idc access --offline --user hanako     as the file alone has it
  idc access --from monday.json --to friday.json
                                         who has gained and lost what`;
