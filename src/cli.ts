import { addAccess } from './cli-access.ts';
import { addDoctor } from './cli-doctor.ts';
import { addGitHubCommands } from './cli-github.ts';
import { Argument, Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import type { ApplyFlags } from './commands/apply-loaded.ts';
import type { EmulatorFlags } from './commands/emulator.ts';
import type { Purpose } from './commands/iam-policy.ts';
import type { IamPolicyFlags } from './commands/iam-policy-flags.ts';
import type { ImportFlags } from './commands/import.ts';
import type { PlanFlags } from './commands/plan.ts';
import type { ProfilesFlags } from './commands/profiles.ts';
import type { SnapshotFlags } from './commands/snapshot.ts';
import { exitCodes, wantsColor, type CommonFlags, type Io } from './commands/io.ts';

const defaultFile = 'identity.yaml';

/**
 * Runs one command. Never throws: what goes wrong is said on stderr, and the exit code says which sort it was.
 * @param argv the arguments after the program's name.
 */
export async function runCli(argv: readonly string[], outer: Io, version: string): Promise<number> {
  const isJob = outer.env['GITHUB_ACTIONS'] === 'true';
  const io = isJob ? (await import('./commands/job-log.ts')).inJobLog(outer) : outer;
  let code: number = exitCodes.done;
  const program = createProgram(io, version, argv, (result) => {
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
    const { reportError } = await import('./commands/report-error.ts');
    return reportError(io, error, { ...flags, useColor: wantsColor(io, flags, io.errIsTerminal) });
  }
}

function createProgram(io: Io, version: string, argv: readonly string[], done: (code: number) => void): Command {
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
      const { validate } = await import('./commands/validate.ts');
      done(await validate(io, flags, fileOf(file, flags)));
    });

  reading(printing(common(program.command('plan [file]').description('show what an apply would change'))))
    .option('--out <plan.json>', 'save the plan too, for review or for `idc apply plan.json`')
    .option('--detailed-exitcode', 'exit with 2 where changes are pending')
    .option('--orphans', 'also remove assignments whose user or group is gone')
    .addOption(only())
    .addOption(fromSnapshot())
    .action(async (file: string | undefined, flags: Flags) => {
      const { plan } = await import('./commands/plan.ts');
      done(await plan(io, flags, fileOf(file, flags)));
    });

  reading(common(program.command('snapshot').description('read all of Identity Center, for plans without a call')))
    .option('--out <live.json>', 'write it there, for its owner alone, instead of to stdout')
    .action(async (flags: Flags, command: Command) => {
      const { snapshot } = await import('./commands/snapshot.ts');
      const isAsked = command.getOptionValueSource('file') === 'cli';
      done(await snapshot(io, flags, isAsked ? flags.file : undefined));
    });

  reading(common(program.command('import').description('write the file that says what is live')))
    .option('--out <identity.yaml>', 'write it there, long policies into policies/ beside it, instead of to stdout')
    .option('--force', 'with --out: overwrite what is there')
    .option('--only <sections>', 'of users,groups,permission-sets,assignments: the others are then not managed')
    .addOption(
      new Option('--directory <directory>', 'external: users and groups are only referred to').choices([
        'identity-center',
        'external',
      ]),
    )
    .addOption(fromSnapshot())
    .action(async (flags: ImportFlags, command: Command) => {
      const { importLive } = await import('./commands/import.ts');
      const isAsked = command.getOptionValueSource('file') === 'cli';
      done(await importLive(io, flags, isAsked ? flags.file : undefined));
    });

  printing(
    program
      .command('show <plan.json>')
      .description('print a plan that `idc plan --out` has saved; reads nothing else')
      .option('--no-color', 'no colours, also on a terminal'),
  ).action(async (file: string, flags: Flags) => {
    const { show } = await import('./commands/show.ts');
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
      const { apply } = await import('./commands/apply.ts');
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
      const { profiles } = await import('./commands/profiles.ts');
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

  program
    .command('iam-policy')
    .description('print the least IAM rights that a role needs for plans or for applies, or whom it trusts')
    .addArgument(new Argument('<purpose>', 'what the role is for').choices(['plan', 'apply']))
    .option('-f, --file <file>', 'narrows the policy to its instance (default: identity.yaml, where it is there)')
    .option('--management-account <id>', "the organization's management account (default: any)")
    .option('--identity-store <id>', 'the identity store of the instance, d-… (default: any)')
    .option('--partition <partition>', "aws, aws-cn, aws-us-gov; default: the file's instance or region, else aws")
    .option('--delegated-administrator', 'leave out what only works from the management account')
    .option('--kms-key <arn>', 'the customer managed key of the instance, where it has one')
    .option('--trust', "print the role's trust policy for GitHub's jobs instead")
    .option('--repository <org/repo>', 'with --trust: the repository of the workflow')
    .option('--environment <name>', 'with --trust: an environment of the workflow; may be repeated', append)
    .option('--account <id>', 'with --trust: the account of the role (default: --management-account)')
    .addHelpText('after', iamPolicyHelp)
    .action(async (purpose: Purpose, flags: IamPolicyFlags) => {
      const { printIamPolicy } = await import('./commands/iam-policy.ts');
      done(await printIamPolicy(io, flags, purpose));
    });

  program
    .command('emulator')
    .description('serve a local Identity Center over HTTP, for any AWS client')
    .option('--port <n>', 'the port; 0 for any free one', port, 4566)
    .option('--store <file>', 'keep its state in a JSON file')
    .option('--seed <file>', 'the organisation to begin with, as JSON')
    .option('--policy <file>', 'an IAM policy: what the callers may do (default: everything)')
    .option('--load', "take time for answers and for requests, and refuse calls beyond AWS's rates")
    .addOption(
      new Option('--load-seed <n>', 'with --load: decides every length of time (default: 1)')
        .argParser(numberWithin(0, 1_000_000))
        .implies({ load: true }),
    )
    .addOption(
      new Option('--time-scale <n>', 'with --load: how many times faster all of it goes, up to 10 (default: 1)')
        .argParser(numberWithin(1, 10))
        .implies({ load: true }),
    )
    .addOption(
      new Option(
        '--faults [seed]',
        'refuse calls, lose answers and fail requests now and then, as the seed decides (1)',
      ).argParser(numberWithin(0, 1_000_000)),
    )
    .action(async (flags: Flags) => {
      const { emulator } = await import('./commands/emulator.ts');
      done(await emulator(io, flags));
    });

  addGitHubCommands(program, { io, version, isAsked: argv.includes('github'), done });
  return program;
}

/** What commander hands over: every flag of every command is optional. */
type Flags = PlanFlags & ApplyFlags & ProfilesFlags & SnapshotFlags & EmulatorFlags;

const fileOf = (argument: string | undefined, flags: { file?: string }): string =>
  argument ?? flags.file ?? defaultFile;

function common(command: Command): Command {
  return command
    .option('-f, --file <file>', 'the file', defaultFile)
    .option('--local', 'use the embedded Identity Center (state in .idc/ beside the file)')
    .option('--region <region>', "Identity Center's home region; default: the file, then AWS_REGION")
    .option('--profile <name>', 'a named AWS profile for the credentials')
    .option('--no-color', 'no colours, also on a terminal')
    .option('--verbose', 'show each AWS call, and stack traces of our own bugs');
}

/** Flags of what reads the live state. */
function reading(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--read-strategy <strategy>',
        'how to read assignments; default: whichever takes the fewest calls',
      ).choices(['permission-set', 'account', 'principal']),
    )
    .option('--max-tps <n>', 'calls a second, where AWS has raised your quotas (default: 20)', callsPerSecond);
}

const fromSnapshot = (): Option =>
  new Option(
    '--snapshot <live.json>',
    'take what is live from a file that `idc snapshot` has written: no call, no credentials',
  ).conflicts(['profile', 'readStrategy', 'maxTps']);

/** Flags of what prints a plan. */
function printing(command: Command): Command {
  return command
    .addOption(format('text', 'markdown', 'json'))
    .option(
      '--reviewed <plan.json>',
      'the plan that was reviewed: say what differs from it (apply: refuse if anything does)',
    )
    .option('--limit <characters>', 'of Markdown, the most (default: 60000)', characters)
    .option('--run-url <url>', 'in Markdown, link to the workflow run that has the whole plan')
    .option('--marker <word>', 'in Markdown, the word by which a comment is found again (default: plan, apply)', word)
    .option('--note <text>', 'in Markdown, a sentence under the heading');
}
const append = (text: string, before: string[] = []): string[] => [...before, text];

const iamPolicyHelp = `
The policy is complete: a plan or an apply makes no other call. It is
printed without AWS and without a file; with one, it is for no other
instance. The ids make it narrower still.

The trust policy lets only jobs of the named environments take the role:
  plan    identity-center-plan
  apply   identity-center-apply and identity-center-approve
GitHub puts ids into the tokens of newer repositories; then --repository
is ORG@123/REPO@456, as sub_claim_prefix has it in the answer to
  gh api repos/ORG/REPO/actions/oidc/customization/sub

Examples:
  idc iam-policy plan --management-account 111122223333
  idc iam-policy apply --delegated-administrator
  idc iam-policy apply --trust --repository ORG/REPO \\
      --account 111122223333
  idc emulator --policy policy.json      try a policy without an account`;

const format = (...choices: string[]): Option =>
  new Option('--format <format>', 'how to print the result').choices(choices).default(choices[0] ?? 'text');

const only = (): Option =>
  new Option('--only <what>', 'expired: take away what the file says has ended, and do nothing else').choices([
    'expired',
  ]);

function characters(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 5000) throw new InvalidArgumentError('It is a number from 5000 up.');
  return number;
}

function callsPerSecond(text: string): number {
  const number = Number(text);
  if (!Number.isFinite(number) || number < 1) throw new InvalidArgumentError('It is a number from 1 up.');
  return number;
}

function word(text: string): string {
  if (!/^[a-z][a-z0-9-]*$/.test(text))
    throw new InvalidArgumentError('It is a word of small letters, digits and hyphens.');
  return text;
}

function port(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0 || number > 65_535)
    throw new InvalidArgumentError('It is a number from 0 to 65535.');
  return number;
}

function numberWithin(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (text.trim() === '' || !(number >= least && number <= most))
      throw new InvalidArgumentError(`It is a number from ${least} to ${most}.`);
    return number;
  };
}
