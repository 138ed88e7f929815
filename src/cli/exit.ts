import { styleText } from 'node:util';
import { ConfigError, RefusedError, ReportedError } from '../core/errors.ts';
import { formatDiagnostic } from '../config/syntax/format.ts';
import { sanitize } from '../core/sanitize.ts';
import { exitCodes, type Io } from './io.ts';
import { annotateFile } from './github-job.ts';

/** Says what went wrong and what to do next; returns the exit code. Only our own bugs show a stack, and only if asked. */
export function reportError(
  io: Io,
  error: unknown,
  { verbose, useColor }: { verbose?: boolean; useColor: boolean },
): number {
  const red = (text: string): string => (useColor ? styleText('red', text, { validateStream: false }) : text);
  if (error instanceof ConfigError) {
    for (const diagnostic of error.diagnostics) io.err(`${formatDiagnostic(diagnostic)}\n\n`);
    annotateFile(io, error.diagnostics);
    const count = error.diagnostics.length;
    io.err(`${red('Error:')} the file has ${count === 1 ? 'a mistake' : `${count} mistakes`}; nothing was changed.\n`);
    if (error.hint !== undefined) io.err(`${sanitize(error.hint)}\n`);
    return exitCodes.failed;
  }
  if (error instanceof RefusedError) {
    io.err(`${red('Refused:')} ${sanitize(error.message)}${error.code === undefined ? '' : ` (${error.code})`}\n`);
    if (error.hint !== undefined) io.err(`${sanitize(error.hint)}\n`);
    return exitCodes.refused;
  }
  if (error instanceof ReportedError) {
    io.err(`${red('Error:')} ${sanitize(error.message)} (${error.code})\n`);
    if (error.hint !== undefined) io.err(`${sanitize(error.hint)}\n`);
    return exitCodes.failed;
  }
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  io.err(`${red('Error:')} ${name === 'Error' ? '' : `${name}: `}${sanitize(message)}\n`);
  if (verbose) io.err(`${stack ?? ''}\n`);
  else io.err('Run it again with --verbose for details.\n');
  return exitCodes.failed;
}
