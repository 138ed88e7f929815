import type { Diagnostic } from '../core/errors.ts';
import type { Plan, Warning } from '../core/plan.ts';
import { annotationCommand, withoutCommands, type Annotation } from '../github/workflow-commands.ts';
import { sanitize } from '../core/sanitize.ts';
import type { Io } from './io.ts';

/** In a GitHub job: everything that is printed is only shown, and what is to be obeyed goes another way. */
export function inJobLog(io: Io): Io {
  return {
    ...io,
    out: (text) => io.out(withoutCommands(text)),
    err: (text) => io.err(withoutCommands(text)),
    annotate: (annotation) => io.err(annotationCommand(annotation)),
  };
}

/** In a GitHub job: what somebody should see who does not open the log. */
export const annotateWarnings = (io: Io, warnings: readonly Warning[]): void =>
  annotateFile(
    io,
    warnings.map((warning) => ({ ...warning, severity: 'warning' as const })),
  );

/** In a GitHub job: what is wrong with the file, beside its lines in the pull request. */
export function annotateFile(io: Io, diagnostics: readonly Diagnostic[]): void {
  for (const { code, message, place, severity } of diagnostics) {
    annotate(io, {
      level: severity,
      title: code,
      message,
      ...(place && { place: { ...place, file: sanitize(place.file) } }),
    });
  }
}

/** In a GitHub job: why the plan is refused. */
export function annotateRefusal(io: Io, { violations }: Plan): void {
  for (const { code, message, allow } of violations) {
    annotate(io, { level: 'error', title: code, message: `${message} To allow it: ${allow}` });
  }
}

function annotate(io: Io, annotation: Annotation): void {
  io.annotate?.({ ...annotation, message: sanitize(annotation.message) });
}
