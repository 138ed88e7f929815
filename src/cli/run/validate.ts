import type { LoadedFile } from '../../config/load.ts';
import { formatDiagnostic } from '../../config/syntax/format.ts';
import { ConfigError, type Diagnostic } from '../../core/errors.ts';
import { expiryWarnings } from '../../planner/expiring-entries.ts';
import { loadFile } from '../../source/load-file.ts';
import { exitCodes, type CommonFlags, type Io } from '../io.ts';
import { annotateFile } from '../github-job.ts';
import { diagnoseAll } from '../../config/problems.ts';

/** Checks the file offline. */
export async function validate(io: Io, flags: CommonFlags & { format?: string }, file: string): Promise<number> {
  if (flags.format === 'json') return validateAsJson(io, file);
  const { document, warnings } = loadAndWarn(io, file);
  for (const warning of warnings) io.err(`${formatDiagnostic(warning)}\n\n`);
  annotateFile(io, warnings);
  const count = (things: object | undefined, one: string): string[] => {
    const number = Object.keys(things ?? {}).length;
    return things === undefined ? [] : [`${number} ${one}${number === 1 ? '' : 's'}`];
  };
  const parts = [
    ...count(document.users, 'user'),
    ...count(document.groups, 'group'),
    ...count(document.permissionSets, 'permission set'),
    ...count(document.assignments, 'assignment entry').map((text) => text.replace('entrys', 'entries')),
  ];
  io.out(`${file} is valid: ${parts.join(', ') || 'it manages nothing'}.\n`);
  return exitCodes.done;
}

/** With what the time has to do with it. */
function loadAndWarn(io: Io, file: string): Pick<LoadedFile, 'document' | 'warnings'> {
  const loaded = loadFile(file);
  const warnings = diagnoseAll(expiryWarnings(loaded, io.now()), loaded.places, 'warning');
  return { document: loaded.document, warnings: [...loaded.warnings, ...warnings] };
}

/** One document either way: a reader of `valid: true` expects `valid: false` as well. */
function validateAsJson(io: Io, file: string): number {
  const answer = (valid: boolean, diagnostics: readonly Diagnostic[]): void => {
    io.out(`${JSON.stringify({ valid, diagnostics }, null, 2)}\n`);
    annotateFile(io, diagnostics);
  };
  try {
    answer(true, loadAndWarn(io, file).warnings);
    return exitCodes.done;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    answer(false, error.diagnostics);
    return exitCodes.failed;
  }
}
