import { addAccess } from './access-flags.ts';
import { addDoctor } from './doctor-flags.ts';
import { addEmulator } from './emulator-flags.ts';
import { common, format, fromSnapshot, only, printing, reading } from './flags.ts';
import { addGitHubCommands } from './github-flags.ts';
import { addIamPolicy } from './iam-policy-options.ts';
import { defaultFile } from '../core/file-name.ts';
import { listOf } from '../core/words.ts';
import { Command, CommanderError, Option } from 'commander';
import type { ApplyFlags } from './run/apply.ts';
import type { ImportFlags } from './run/import.ts';
import type { PlanFlags } from './run/plan.ts';
import type { ProfilesFlags } from './run/profiles.ts';
import type { SnapshotFlags } from './run/snapshot.ts';
import { exitCodes, wantsColor, type CommonFlags, type Io } from './io.ts';

/**
 * Runs one command. Never throws: what goes wrong is said on stderr, and the exit code says which sort it was.
 * @param argv the arguments after the program's name.
 */
export async function runCli(argv: readonly string[], outer: Io, version: string): Promise<number> {
  const isJob = outer.env['GITHUB_ACTIONS'] === 'true';
  const io = isJob ? (await import('./github-job.ts')).inJobLog(outer) : outer;
  let code: number = exitCodes.done;
  // The help of this command alone names them; they are known once all kinds are loaded.
  const sections = argv.includes('import') ? (await import('../inventory/sections.ts')).importableSections : [];
  const words = sections.map(({ word }) => word);
  const program = createProgram(io, version, argv, words, (result) => {
    code = result;
  });
  let flags: CommonFlags = {};
  program.hook('preAction', (_program, command) => {
    flags = command.opts<CommonFlags>();
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.failed;
    const { reportError } = await import('./exit.ts');
    return reportError(io, error, { ...flags, useColor: wantsColor(io, flags, io.errIsTerminal) });
  }
}

function createProgram(
  io: Io,
  version: string,
  argv: readonly string[],
  importable: readonly string[],
  done: (code: number) => void,
): Command {
  const program = new Command('idc')
    .description(
      'Identity Center as Code: one YAML file says who may do what in which AWS account.\nEdit it, look at the plan, apply exactly that.',
    )
    .version(version, '--version', 'print the version')
    .helpOption('-h, --help', 'explain the command')
    .helpCommand('help [command]', 'explain a command')
    .configureOutput({
      writeOut: io.out,
      writeErr: io.err,
      getOutHelpWidth: io.columns,
      getErrHelpWidth: io.columns,
      // The help has none; commander would ask Node's streams, which are slow to make.
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .showHelpAfterError('Run the command with --help for what it takes.')
    .exitOverride()
    .addHelpText(
      'after',
      `
Try it without an AWS account:
  idc plan --local              what would change on an embedded Identity Center
  idc apply --local             do it
  idc plan --local              now there is nothing to do
  idc profiles hanako           the ~/.aws/config that goes with it

Exit codes: 0 done; 1 failed; 2 changes pending (plan --detailed-exitcode,
profiles --check); 3 refused (a guard, a "no").`,
    );

  common(program.command('validate [file]').description('check the file, offline'))
    .addOption(format('text', 'json'))
    .action(async (file: string | undefined, flags: Flags) => {
      const { validate } = await import('./run/validate.ts');
      done(await validate(io, flags, fileOf(file, flags)));
    });

  reading(printing(common(program.command('plan [file]').description('show what an apply would change'))))
    .option('--out <plan.json>', 'save the plan too, for review or for `idc apply plan.json`')
    .option('--detailed-exitcode', 'exit with 2 where changes are pending')
    .option('--orphans', 'also remove assignments whose user or group is gone')
    .addOption(only())
    .addOption(fromSnapshot())
    .action(async (file: string | undefined, flags: Flags) => {
      const { plan } = await import('./run/plan.ts');
      done(await plan(io, flags, fileOf(file, flags)));
    });

  reading(common(program.command('snapshot').description('read all of Identity Center, for plans without a call')))
    .option('--out <live.json>', 'write it there, for its owner alone, instead of to stdout')
    .action(async (flags: Flags, command: Command) => {
      const { snapshot } = await import('./run/snapshot.ts');
      const isAsked = command.getOptionValueSource('file') === 'cli';
      done(await snapshot(io, flags, isAsked ? flags.file : undefined));
    });

  reading(common(program.command('import').description('write the file that says what is live')))
    .option('--out <identity.yaml>', 'write it there, long policies into policies/ beside it, instead of to stdout')
    .option('--force', 'with --out: overwrite what is there')
    .option('--only <sections>', `separated by commas, of ${listOf(importable)}; the others are then not managed`)
    .addOption(
      new Option('--directory <directory>', 'external: users and groups are only referred to').choices([
        'identity-center',
        'external',
      ]),
    )
    .addOption(fromSnapshot())
    .action(async (flags: ImportFlags, command: Command) => {
      const { importLive } = await import('./run/import.ts');
      const isAsked = command.getOptionValueSource('file') === 'cli';
      done(await importLive(io, flags, isAsked ? flags.file : undefined));
    });

  printing(
    program
      .command('show <plan.json>')
      .description('print a plan that `idc plan --out` has saved; reads nothing else')
      .option('--no-color', 'no colours, also on a terminal'),
  ).action(async (file: string, flags: Flags) => {
    const { show } = await import('./run/show.ts');
    done(show(io, flags, file));
  });

  reading(
    printing(
      common(
        program
          .command('apply [file]')
          .description('plan, ask, and carry out exactly that (FILE may be a saved plan.json)'),
      ),
    ),
  )
    .option('-y, --yes', 'do not ask')
    .option('--digest <sha256:…>', 'refuse anything but the plan that was reviewed')
    .option('--orphans', 'also remove assignments whose user or group is gone')
    .addOption(only())
    .option('--profiles <dir>', "write everyone's AWS CLI profiles afterwards")
    .option(
      '--journal <file>',
      'append a JSON line before and after every write to AWS, with the ids that CloudTrail has',
    )
    .addOption(new Option('--snapshot <live.json>', 'refused: an apply reads what is live').hideHelp())
    .action(async (file: string | undefined, flags: Flags) => {
      const { apply } = await import('./run/apply.ts');
      done(await apply(io, flags, fileOf(file, flags)));
    });

  common(program.command('profiles [user...]').description('print the AWS CLI profiles (~/.aws/config) of users'))
    .option('--all', 'of every user')
    .option('--out <dir>', 'write one file a user instead')
    .addOption(
      new Option(
        '--write',
        "merge one user's into ~/.aws/config (or AWS_CONFIG_FILE), in a block of its own",
      ).conflicts(['all', 'out', 'remove', 'check']),
    )
    .addOption(new Option('--remove', 'take that block out again').conflicts(['all', 'out', 'check']))
    .option('--dry-run', 'with --write or --remove: show the difference only')
    .addOption(
      new Option('--check', "compare one user's with that file; exit with 2 where it differs").conflicts([
        'all',
        'out',
      ]),
    )
    .addOption(
      new Option(
        '--format <format>',
        'markdown: a message that can be sent to the user as it is; json: the result of --check',
      ).choices(['text', 'markdown', 'json']),
    )
    .addOption(fromSnapshot().conflicts('remove'))
    .action(async (users: string[], flags: Flags) => {
      const { profiles } = await import('./run/profiles.ts');
      done(await profiles(io, flags, users, fileOf(undefined, flags)));
    });

  addAccess(
    reading(common(program.command('access')))
      .addOption(fromSnapshot())
      .addOption(format('text', 'json')),
    { io, done },
  );

  addDoctor(
    reading(common(program.command('doctor')))
      .addOption(fromSnapshot())
      .addOption(format('text', 'json')),
    { io, done },
  );

  addIamPolicy(program, { io, done });
  addEmulator(program, { io, done });
  addGitHubCommands(program, { io, version, isAsked: argv.includes('github'), done });
  return program;
}

/** What commander hands over: every flag of every command is optional. */
type Flags = PlanFlags & ApplyFlags & ProfilesFlags & SnapshotFlags;

const fileOf = (argument: string | undefined, flags: { file?: string }): string =>
  argument ?? flags.file ?? defaultFile;
