import { InvalidArgumentError } from 'commander';
import { defineCommand } from '../command.ts';

export const emulator = defineCommand({
  name: 'emulator',
  summary: 'Serve a local Identity Center over HTTP',
  description: [
    "Serves an Identity Center that speaks AWS's wire protocol, for any AWS client, and prints the variables that send a " +
      'client to it. `aws sso login` works against it too, on a page where you choose the user. Ctrl-C ends it.',
  ],
  args: {},
  flags: {
    port: {
      takes: 'n',
      parse: numberWithin(0, 65_535, Number.isInteger),
      default: 4566,
      description: 'The port. 0 takes any that is free.',
    },
    env: { description: 'Only print the variables that send a client to it, for `eval`.' },
    store: { takes: 'file', completes: 'file', description: 'Keep the state in this JSON file.' },
    seed: {
      takes: 'file',
      completes: 'file',
      description: 'The organization to start with, as JSON; see docs/emulator.md.',
    },
    policy: {
      takes: 'file',
      completes: 'file',
      description: 'IAM policy of the callers.',
      byDefault: 'everything is allowed',
    },
    load: { description: "Let answers and requests take time, and refuse calls beyond AWS's rates." },
    loadSeed: {
      takes: 'n',
      parse: numberWithin(0, 1_000_000),
      implies: { load: true },
      description: 'With `--load`: decides how long everything takes.',
      byDefault: '1',
    },
    timeScale: {
      takes: 'n',
      parse: numberWithin(1, 10),
      implies: { load: true },
      description: 'With `--load`: how many times faster it all goes, up to 10.',
      byDefault: '1',
    },
    faults: {
      takes: 'seed',
      isValueOptional: true,
      parse: numberWithin(0, 1_000_000),
      description: 'Let some calls and requests fail, the same ones for the same seed. Default seed: 1.',
    },
  },
  examples: [
    { does: 'Start it, and keep its state', run: 'idc emulator --store local.json' },
    { does: 'Start it with people and access', run: 'idc emulator --seed seed.json' },
    { does: 'Send the clients of this shell to it', run: 'eval "$(idc emulator --env)"' },
    { does: 'As slow as AWS, but ten times faster', run: 'idc emulator --load --time-scale 10' },
    { does: 'With the rights of one role', run: 'idc emulator --policy policy.json' },
  ],
  run: async ({ io, flags }) => {
    const { emulator } = await import('../run/emulator.ts');
    return emulator(io, flags);
  },
});

function numberWithin(least: number, most: number, isRight: (number: number) => boolean = () => true) {
  return (text: string): number => {
    const number = Number(text);
    if (text.trim() === '' || !(number >= least && number <= most) || !isRight(number))
      throw new InvalidArgumentError(`It is a number from ${least} to ${most}.`);
    return number;
  };
}
