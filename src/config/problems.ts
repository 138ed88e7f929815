import type { Places } from './load.ts';
import { ConfigError, type Diagnostic } from '../core/errors.ts';
import type { DocumentPath } from '../core/kind.ts';

/** Something that the file names and that can't be found, or that can't be told from another. */
export interface Problem {
  code: string;
  message: string;
  at: DocumentPath;
  /** True where it was not looked up at all: it may well be there. */
  isUnread?: true;
}

/** Errors: a `ConfigError` with all of them, where there are any. */
export function refuseUnresolved(problems: readonly Problem[], places: Places): void {
  if (problems.length > 0) throw new ConfigError(diagnoseAll(problems, places, 'error'));
}

/** Each with its line. */
export const diagnoseAll = (
  problems: readonly Problem[],
  places: Places,
  severity: Diagnostic['severity'],
): Diagnostic[] =>
  problems.map(({ code, message, at }) => {
    const place = places.of(at);
    const frame = place && places.frame(place);
    return { code, message, severity, ...(place && { place }), ...(frame !== undefined && { frame }) };
  });
