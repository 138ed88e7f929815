import { ReportedError } from '../core/errors.ts';

/** The error for a file or a folder that can't be written. */
export const unwritable = (
  code: 'unwritable-file' | 'unwritable-folder',
  what: string,
  error: unknown,
  advice?: string,
): ReportedError => new ReportedError(code, `${what} can't be written: ${(error as Error).message}`, advice);
