import type { Diagnostic } from '../core/errors.ts';

/** The whole text: place, code, message, and the lines of the file. */
export function formatDiagnostic({ code, message, place, frame, severity }: Diagnostic): string {
  const where = place ? `${place.file}:${place.line}:${place.column} ` : '';
  return `${where}${severity === 'warning' ? 'warning ' : ''}${code}: ${message}${frame === undefined ? '' : `\n${frame}`}`;
}
