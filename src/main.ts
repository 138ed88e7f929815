#!/usr/bin/env node
import { runCli } from './cli.ts';
import type { Io } from './commands/io.ts';
import { version } from './version.ts';

// The only file that touches the process. The SDK would warn about Node 20 on stderr at its first client.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

let interruption: AbortController | undefined;
for (const [signal, exitCode] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.on(signal, () => {
    if (!interruption || interruption.signal.aborted) process.exit(exitCode);
    interruption.abort();
  });
}
// A reader that has seen enough (`idc plan | head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

const io: Io = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  outIsTerminal: process.stdout.isTTY,
  errIsTerminal: process.stderr.isTTY,
  canAsk: process.stdin.isTTY && process.stderr.isTTY,
  columns: () => process.stdout.columns || process.stderr.columns || 80,
  env: process.env,
  ask: async (question) => {
    const { createInterface } = await import('node:readline/promises');
    const lines = createInterface({ input: process.stdin, output: process.stderr });
    const interrupted = new AbortController();
    lines.on('SIGINT', () => interrupted.abort());
    try {
      return await lines.question(question, { signal: interrupted.signal });
    } catch {
      return '';
    } finally {
      lines.close();
    }
  },
  onInterrupt: () => {
    interruption ??= new AbortController();
    return interruption.signal;
  },
};

process.exitCode = await runCli(process.argv.slice(2), io, version);
