import type { Places } from './load.ts';
import { ConfigError, type Diagnostic } from '../core/errors.ts';
import type { Gone } from '../core/findings.ts';
import type { DocumentPath } from '../core/kind.ts';

/** A name that nothing has, and what becomes of a line with it where that stops nothing. */
export interface Missing extends Pick<Gone, 'subject' | 'name' | 'effect'> {
  /** Of an account that goes by its id: that, where the file has a name for it. */
  id?: string;
}

/** Something that the file names and that can't be found, or that can't be told from another. */
export interface Problem {
  code: string;
  message: string;
  at: DocumentPath;
  /** Absent where nothing can be left out: where the name is not the problem, or two things have it. */
  missing?: Missing;
  /** True where it was not looked up at all: it may well be there. */
  isUnread?: true;
}

const narrowing = new Set<unknown>(['rules', 'safety', 'ignore', 'include']);

/** True for a place where a name that means nothing lets more through: in `except`, and in all that forbids. */
export const isNarrowing = ([section, , key]: DocumentPath): boolean => narrowing.has(section) || key === 'except';

/** Errors: a `ConfigError` with all of them, where there are any. */
export function refuseUnresolved(problems: readonly Problem[], places: Places, hint?: string): void {
  if (problems.length > 0) throw new ConfigError(diagnoseAll(problems, places, 'error'), hint);
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
