import type { Diagnostic } from '../../core/errors.ts';
import { sanitize } from '../../core/sanitize.ts';

/** The whole text: place, code, message, and the lines of the file. Whoever made them, nothing in them acts on a terminal. */
export function formatDiagnostic({ code, message, place, frame, severity }: Diagnostic): string {
  const where = place ? `${sanitize(place.file)}:${place.line}:${place.column} ` : '';
  return `${where}${severity === 'warning' ? 'warning ' : ''}${code}: ${sanitize(message)}${frame === undefined ? '' : `\n${frame}`}`;
}
