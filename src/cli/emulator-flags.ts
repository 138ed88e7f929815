import { InvalidArgumentError, Option, type Command } from 'commander';
import type { EmulatorFlags } from './run/emulator.ts';
import type { Io } from './io.ts';

/** `idc emulator`: the local Identity Center over HTTP. */
export function addEmulator(program: Command, { io, done }: { io: Io; done: (code: number) => void }): void {
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
    .action(async (flags: EmulatorFlags) => {
      const { emulator } = await import('./run/emulator.ts');
      done(await emulator(io, flags));
    });
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
