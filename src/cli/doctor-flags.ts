import type { Command } from 'commander';
import type { DoctorFlags } from './run/doctor.ts';
import type { Io } from './io.ts';

/**
 * `idc doctor`: what is wrong around the file.
 * @param command has the flags of everything that reads what is live, `--snapshot` and `--format`.
 */
export function addDoctor(command: Command, { io, done }: { io: Io; done: (code: number) => void }): void {
  command
    .description('say what is wrong around the file: region, rights, accounts, roles, quotas, users')
    .addHelpText('after', help)
    .action(async (flags: DoctorFlags) => {
      const { doctor } = await import('./run/doctor.ts');
      const isAsked = command.getOptionValueSource('file') === 'cli';
      done(await doctor(io, flags, isAsked ? flags.file : undefined));
    });
}

const help = `
It reads all that is live, once, and writes nothing. What it can't read
it says, and goes on. It works without a file too; the checks that are
about one are then left out. Each finding says why it matters and what
to do next; docs/doctor.md lists all checks.

  x  failed         something does not work, or will not
  !  warning        somebody should look at it
  *  note           worth knowing; nothing is wrong
  ?  not looked at  it needs a right, or can't be known from here

Exit codes: 0 where no check failed (warnings may be there); 1 where one
failed.

Examples:
  idc doctor --region us-east-1     before there is a file
  idc doctor --profile admin        with the credentials of an apply
  idc doctor --local                on the embedded Identity Center
  idc doctor --snapshot live.json   without a call
  idc doctor --format json | jq '.checks[] | select(.status != "ok")'`;
