/** A place in a text file; line and column count from 1. */
export interface Place {
  file: string;
  line: number;
  column: number;
}

/** One thing that is wrong with the file, said so that a person can mend it. */
export interface Diagnostic {
  /** Stable, kebab-case; explained in the README. */
  code: string;
  message: string;
  place?: Place;
  /** The lines around the place, with a caret. */
  frame?: string;
  severity: 'error' | 'warning';
}

/** The file can't be used; `diagnostics` holds everything that is wrong with it at once, `hint` what to do about all of it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly diagnostics: readonly Diagnostic[];
  readonly hint: string | undefined;

  constructor(diagnostics: readonly Diagnostic[], hint?: string) {
    super(diagnostics.map((d) => `${d.code}: ${d.message}`).join('\n'));
    this.diagnostics = diagnostics;
    this.hint = hint;
  }
}

/** An expected failure: what went wrong, and what to do next. Shown without a stack trace; exit code 1. */
export class ReportedError extends Error {
  override readonly name = 'ReportedError';
  readonly code: string;
  readonly hint: string | undefined;

  constructor(code: string, message: string, hint?: string) {
    super(message);
    this.code = code;
    this.hint = hint;
  }
}

/** The run was refused before the first write; exit code 3. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly code: string | undefined;
  readonly hint: string | undefined;

  constructor(message: string, { code, hint }: { code?: string; hint?: string } = {}) {
    super(message);
    this.code = code;
    this.hint = hint;
  }
}

/** What waited for its turn when the run was interrupted, and so was not begun. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
}

/** True for the error that AWS calls by this name, whichever service sent it. */
export function isAwsError(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}

/** What an answer must hold; a `ReportedError` where AWS left it out, since nothing may be concluded from a gap. */
export function promised<T>(value: T | undefined, what: string): NonNullable<T> {
  if (value !== undefined && value !== null && value !== '') return value;
  throw new ReportedError(
    'unreadable-answer',
    `AWS answered without ${what}.`,
    'The service does not document this. Nothing was changed. Try again, and report it if it persists.',
  );
}
