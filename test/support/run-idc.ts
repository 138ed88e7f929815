import { runCli } from '../../src/cli/program.ts';
import type { Io } from '../../src/cli/io.ts';
import { startEmulator } from './emulator.ts';
import { under } from './in-force.ts';
import { silentIo } from './silent-io.ts';

export interface Ran {
  code: number;
  out: string;
  err: string;
}

/**
 * Runs the CLI in this process: 80 columns, no terminal, an environment of its own; and with no more rights than
 * `idc iam-policy` says that the command needs.
 */
export async function runIdc(args: readonly string[], options: Partial<Io> = {}): Promise<Ran> {
  const { io, said } = silentIo({ startEmulator, ...options });
  const purpose = args[0] === 'apply' ? 'apply' : 'plan';
  const code = await under(purpose, () => runCli(args, io, '0.0.0-test'));
  return { code, ...said };
}
