import { runCli } from '../../src/cli.ts';
import type { Io } from '../../src/commands/io.ts';

export interface Ran {
  code: number;
  out: string;
  err: string;
}

/** Runs the CLI in this process: 80 columns, no terminal, an environment of its own. */
export async function runIdc(args: readonly string[], options: Partial<Io> = {}): Promise<Ran> {
  let out = '';
  let err = '';
  const io: Io = {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    outIsTerminal: false,
    errIsTerminal: false,
    canAsk: false,
    columns: () => 80,
    env: {},
    ask: () => Promise.reject(new Error('nobody is there to ask')),
    onInterrupt: () => new AbortController().signal,
    ...options,
  };
  const code = await runCli(args, io, '0.0.0-test');
  return { code, out, err };
}
