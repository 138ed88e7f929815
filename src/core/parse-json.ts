import { ReportedError } from './errors.ts';
import { sanitize } from './sanitize.ts';

/** The value in a JSON file that somebody named. Errors: a `ReportedError` with this code and advice. */
export function parseJson(text: string, { code, advice }: { code: string; advice: string }): unknown {
  try {
    // Windows' own shell begins a redirected file with a byte order mark.
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    throw new ReportedError(code, `This file is not JSON: ${sanitize((error as Error).message)}.`, advice);
  }
}
