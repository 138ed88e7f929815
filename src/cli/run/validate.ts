import type { LoadedFile } from '../../config/load.ts';
import { formatDiagnostic } from '../../config/syntax/format.ts';
import { ConfigError, type Diagnostic } from '../../core/errors.ts';
import { nounCount } from '../../core/words.ts';
import { sections } from '../../kinds/sections.ts';
import { expiryWarnings } from '../../planner/expiring-entries.ts';
import { loadFile } from '../../source/load-file.ts';
import { exitCodes, type CommonFlags, type Io } from '../io.ts';
import { annotateFile } from '../github-job.ts';
import { diagnoseAll } from '../../config/problems.ts';
import { reviewFile } from '../../config/review.ts';

/** Checks the file offline. */
export async function validate(io: Io, flags: CommonFlags & { format?: string }, file: string): Promise<number> {
  if (flags.format === 'json') return validateAsJson(io, file);
  const { document, warnings } = await loadAndWarn(io, file);
  for (const warning of warnings) io.err(`${formatDiagnostic(warning)}\n\n`);
  annotateFile(io, warnings);
  const parts = countSections(document);
  io.out(`${file} is valid: ${parts.join(', ') || 'it manages nothing'}.\n`);
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

/** One document either way: a reader of `valid: true` expects `valid: false` as well. */
async function validateAsJson(io: Io, file: string): Promise<number> {
  const answer = (valid: boolean, diagnostics: readonly Diagnostic[]): void => {
    io.out(`${JSON.stringify({ valid, diagnostics }, null, 2)}\n`);
    annotateFile(io, diagnostics);
  };
  try {
    answer(true, (await loadAndWarn(io, file)).warnings);
    return exitCodes.done;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    answer(false, error.diagnostics);
    return exitCodes.failed;
  }
}
