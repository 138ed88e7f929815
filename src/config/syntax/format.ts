import type { Diagnostic } from '../../core/errors.ts';
import { visible } from './show-text.ts';

/** The whole text: place, code, message, and the lines of the file. Whoever made them, nothing in them acts on a terminal. */
export function formatDiagnostic({ code, message, place, frame, severity }: Diagnostic): string {
  const where = place ? `${visible(place.file)}:${place.line}:${place.column} ` : '';
  return `${where}${severity === 'warning' ? 'warning ' : ''}${code}: ${visible(message)}${frame === undefined ? '' : `\n${frame}`}`;
}
