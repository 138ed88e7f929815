import type { Io } from '../../src/cli/io.ts';
import { testClock } from './clock.ts';

/** The outside world of a run in this process: 80 columns, no terminal, an environment of its own. */
export function silentIo(options: Partial<Io> = {}): { io: Io; said: { out: string; err: string } } {
  const said = { out: '', err: '' };
  const io: Io = {
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
    outIsTerminal: false,
    errIsTerminal: false,
    canAsk: false,
    columns: () => 80,
    ...testClock,
    now: () => new Date('2026-06-15T12:00:00Z'),
    env: {},
    ask: () => Promise.reject(new Error('nobody is there to ask')),
    startEmulator: () => Promise.reject(new Error('only runIdc starts an emulator')),
    packageFolder: new URL('../..', import.meta.url).pathname,
    runNpm: () => Promise.reject(new Error('npm is not run')),
    runIdc: () => Promise.reject(new Error('no other program is run')),
    onInterrupt: () => new AbortController().signal,
    ...options,
  };
  return { io, said };
}
