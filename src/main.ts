#!/usr/bin/env node
import type { Io } from './cli/io.ts';
import module from 'node:module';
import { fileURLToPath } from 'node:url';
import { systemClock } from './core/clock.ts';
import { isTerminal, write } from './cli/terminal.ts';
import { version } from './core/version.ts';

// The only file that touches the process, with stdio.ts. The SDK would warn about Node 20 on stderr at its first client.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

// Node calls listeners only where nothing is computed: without one, the system ends the program at once, and only an apply
// asks to be told instead. Nothing is half written then: what is written is renamed into its place.
let interruption: AbortController | undefined;
function listen(): void {
  for (const [signal, exitCode] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    process.on(signal, () => {
      if (!interruption || interruption.signal.aborted) process.exit(exitCode);
      interruption.abort();
    });
  }
}
// The first process of a container is ended by no signal that it does not listen to.
if (process.pid === 1) listen();

// Such as the shell of Emacs, or a log that calls itself a terminal.
const takesControls = process.env['TERM'] !== 'dumb';
const io: Io = {
  out: (text) => write(1, text),
  err: (text) => write(2, text),
  get outIsTerminal() {
    return takesControls && isTerminal(1);
  },
  get errIsTerminal() {
    return takesControls && isTerminal(2);
  },
  get canAsk() {
    return isTerminal(0) && isTerminal(2);
  },
  columns: () => (isTerminal(1) && process.stdout.columns) || (isTerminal(2) && process.stderr.columns) || 80,
  ...systemClock,
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
  // Of the source and of the bundle alike.
  packageFolder: fileURLToPath(new URL('..', import.meta.url)),
  runIdc: async (args, cwd) => {
    const { spawn } = await import('node:child_process');
    const program = [...process.execArgv, process.argv[1] ?? ''];
    const child = spawn(process.execPath, [...program, ...args], { cwd, stdio: 'inherit' });
    return new Promise((resolve, reject) => {
      child.once('error', reject).once('close', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)));
    });
  },
  runNpm: async (args, cwd) => {
    const { spawn } = await import('node:child_process');
    // On Windows npm is a script of the shell; all arguments are our own words.
    const child = spawn('npm', [...args], { cwd, stdio: 'ignore', shell: process.platform === 'win32' });
    return new Promise((resolve) => {
      child.once('error', () => resolve(false)).once('close', (code) => resolve(code === 0));
    });
  },
  startEmulator: async (options) => (await import('./emulator/index.ts')).startEmulator(options),
  onInterrupt: () => {
    if (!interruption) {
      interruption = new AbortController();
      if (process.pid !== 1) listen();
    }
    return interruption.signal;
  },
};

void start();

async function start(): Promise<void> {
  // Where Node keeps what it compiled (22.1 and later), only what is imported from here on has it.
  const { enableCompileCache } = module as { enableCompileCache?: () => unknown };
  enableCompileCache?.();
  const { runCli } = await import('./cli/program.ts');
  process.exitCode = await runCli(process.argv.slice(2), io, version);
}
