import { styleText } from 'node:util';
import { ConfigError, RefusedError, ReportedError } from '../core/errors.ts';
import { formatDiagnostic } from '../config/syntax/format.ts';
import { sanitize, sanitizeJson } from '../core/sanitize.ts';
import type { Failure } from '../formats/failure.ts';
import { exitCodes, type Io } from './io.ts';
import { annotateFile } from './github-job.ts';
import { UsageError } from './usage-error.ts';

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
    io.err(`${red('Error:')} ${mistakes(error)}\n`);
    if (error.hint !== undefined) io.err(`${sanitize(error.hint)}\n`);
    return exitCodes.failed;
  }
  if (error instanceof RefusedError) {
    io.err(`${red('Refused:')} ${sanitize(error.message)}${error.code === undefined ? '' : ` (${error.code})`}\n`);
    if (error.hint !== undefined) io.err(`${sanitize(error.hint)}\n`);
    return exitCodes.refused;
  }
  if (error instanceof ReportedError || error instanceof UsageError) {
    const { code, message, hint } = failureOf(error);
    io.err(`${red('Error:')} ${sanitize(message)} (${code})\n`);
    if (hint !== undefined) io.err(`${sanitize(hint)}\n`);
    return exitCodes.failed;
  }
  const { stack } = asError(error);
  io.err(`${red('Error:')} ${sanitize(unexpected(error))}\n`);
  if (verbose) io.err(`${stack ?? ''}\n`);
  else io.err('Run it again with --verbose for details.\n');
  return exitCodes.failed;
}

/** The same as one JSON document, for a command that was asked for JSON and has printed nothing. */
export const failureJson = (failure: Failure): string =>
  `${sanitizeJson(JSON.stringify({ error: failure }, null, 2))}\n`;

export function failureOf(error: unknown): Failure {
  if (error instanceof ConfigError) {
    const { hint, diagnostics } = error;
    return { code: 'invalid-file', message: mistakes(error), ...(hint !== undefined && { hint }), diagnostics };
  }
  if (error instanceof RefusedError) return { code: 'refused', message: error.message };
  if (error instanceof ReportedError) {
    const { code, message, hint } = error;
    return { code, message, ...(hint !== undefined && { hint }) };
  }
  if (error instanceof UsageError) return { code: 'usage', message: error.message, hint: error.hint };
  return { code: 'unexpected', message: unexpected(error) };
}

function mistakes({ diagnostics: { length } }: ConfigError): string {
  return `the file has ${length === 1 ? 'a mistake' : `${length} mistakes`}; nothing was changed.`;
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

function unexpected(error: unknown): string {
  const { name, message } = asError(error);
  return name === 'Error' ? message : `${name}: ${message}`;
}
