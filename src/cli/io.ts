import type { Clock } from '../core/clock.ts';
import type { Emulator, EmulatorOptions } from '../emulator/index.ts';
import type { Annotation } from '../github/workflow-commands.ts';

/** The outside world, as commands see it; only `main.ts` knows the process behind it. */
export interface Io extends Clock {
  /** Results. */
  out(text: string): void;
  /** Progress and diagnostics. */
  err(text: string): void;
  /** Whether results go to a terminal that colors and moves its cursor when told so; likewise diagnostics. */
  outIsTerminal: boolean;
  errIsTerminal: boolean;
  /** A question can be asked and answered. */
  canAsk: boolean;
  /** Columns of the terminal; 80 elsewhere. */
  columns(): number;
  env: Readonly<Record<string, string | undefined>>;
  /** Asks on the terminal; empty where the person interrupts. */
  ask(question: string): Promise<string>;
  /** From the first call on, the first Ctrl-C aborts this signal instead of ending the program; a second one ends it. */
  onInterrupt(): AbortSignal;
  /** Starts the local Identity Center. */
  startEmulator(options: EmulatorOptions): Promise<Emulator>;
  /** What idc ships beside the program: the example, the schemas. */
  packageFolder: string;
  /** Runs idc as a program of its own in another folder, on the same terminal; answers its exit code. */
  runIdc(args: readonly string[], folder: string): Promise<number>;
  /** Runs npm in a folder, without a word; answers whether it succeeded. */
  runNpm(args: readonly string[], folder: string): Promise<boolean>;
  /** In a GitHub job only: shows a message beside the file that it is about. */
  annotate?(annotation: Annotation): void;
}

/** Flags that every command takes. */
export interface CommonFlags {
  file?: string;
  local?: boolean;
  region?: string;
  profile?: string;
  color?: boolean;
  verbose?: boolean;
  /** How to read assignments; by default whichever takes the fewest calls. */
  readStrategy?: 'permission-set' | 'account' | 'principal';
  /** Calls a second, where AWS has raised the quota. */
  maxTps?: number;
}

export const exitCodes = { done: 0, failed: 1, pending: 2, refused: 3 } as const;

/** Colour on a terminal, unless NO_COLOR or --no-color says otherwise; FORCE_COLOR wins over the pipe. */
export function wantsColor(io: Io, flags: CommonFlags, isTerminal: boolean): boolean {
  if (flags.color === false || io.env['NO_COLOR']) return false;
  return isTerminal || Boolean(io.env['FORCE_COLOR']);
}
