import type { LoadedFile } from '../../config/load.ts';
import { diagnosticCodes } from '../../config/syntax/finding.ts';
import { formatDiagnostic } from '../../config/syntax/format.ts';
import { ConfigError, ReportedError, type Diagnostic } from '../../core/errors.ts';
import { nounCount } from '../../core/words.ts';
import { sections } from '../../kinds/sections.ts';
import { expiryWarnings } from '../../planner/expiring-entries.ts';
import { loadFile } from '../../source/load-file.ts';
import { renderSarif } from '../../render/sarif.ts';
import { exitCodes, type Io } from '../io.ts';
import { annotateFile } from '../github-job.ts';
import { diagnoseAll } from '../../config/problems.ts';
import { reviewFile } from '../../config/review.ts';

/** Checks the file offline. */
export async function validate(
  io: Io,
  { format }: { format: 'text' | 'json' | 'sarif' },
  file: string,
  version: string,
): Promise<number> {
  if (format !== 'text') {
    const checked = await check(io, file);
    const isValid = !checked.failure && checked.diagnostics.every(({ severity }) => severity === 'warning');
    annotateFile(io, checked.diagnostics);
    io.out(
      format === 'json'
        ? validationJson(checked, isValid)
        : renderSarif(checked.diagnostics, { ...checked, version, meanings: diagnosticCodes }),
    );
    return isValid ? exitCodes.done : exitCodes.failed;
  }
  const { document, warnings } = await loadAndWarn(io, file);
  for (const warning of warnings) io.err(`${formatDiagnostic(warning)}\n\n`);
  annotateFile(io, warnings);
  const parts = countSections(document);
  io.out(`${file === '-' ? 'The standard input' : file} is valid: ${parts.join(', ') || 'it manages nothing'}.\n`);
  return exitCodes.done;
}

/** How much there is of each section; of one that is empty, that there is none, since it is managed all the same. */
function countSections(document: object): string[] {
  const values = new Map<string, unknown>(Object.entries(document));
  return sections.flatMap(({ name, noun: [one, many] }) => {
    const value = values.get(name);
    if (Array.isArray(value)) return [nounCount(value.length, [`${one} entry`, `${one} entries`])];
    return value === undefined ? [] : [nounCount(Object.keys(Object(value)).length, [one, many])];
  });
}

/** With what the time has to do with it, and what is probably not meant. */
async function loadAndWarn(io: Io, file: string): Promise<Pick<LoadedFile, 'document' | 'warnings'>> {
  const loaded = loadFile(file);
  const problems = [...(await reviewFile(loaded, sections, io.now())), ...expiryWarnings(loaded, io.now())];
  return {
    document: loaded.document,
    warnings: [...loaded.warnings, ...diagnoseAll(problems, loaded.places, 'warning')],
  };
}

interface Checked {
  diagnostics: readonly Diagnostic[];
  /** Why the file can't be read. */
  failure?: ReportedError;
}

/** The same for a program, which reads of what is wrong as it reads of what is right. */
async function check(io: Io, file: string): Promise<Checked> {
  try {
    return { diagnostics: (await loadAndWarn(io, file)).warnings };
  } catch (error) {
    if (error instanceof ConfigError) return { diagnostics: error.diagnostics };
    if (error instanceof ReportedError) return { diagnostics: [], failure: error };
    throw error;
  }
}

/** A file that can't be read is one that is wrong, too: a reader of `valid: true` expects `valid: false`. */
function validationJson({ diagnostics, failure }: Checked, valid: boolean): string {
  const unread = failure && { code: failure.code, message: failure.message, severity: 'error' };
  return `${JSON.stringify({ valid, diagnostics: [...diagnostics, ...(unread ? [unread] : [])] }, null, 2)}\n`;
}
