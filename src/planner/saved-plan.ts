import { externalDocument, identityDocument } from '../config/schema/document.ts';
import type { LoadedFile } from '../config/load.ts';
import { ReportedError } from '../core/errors.ts';
import type { Plan } from '../core/plan.ts';
import { parsePlan } from '../formats/plan.ts';
import { readText } from '../files/read-text.ts';
import type { Base } from '../source/base.ts';

/** A plan that `idc plan --out` has saved, and that nobody has edited since. */
export const readPlan = (file: string): Plan => parsePlan(readText(file));

/** The document inside a saved plan, so that it can be planned again. Its places were in a file that is not here. */
export function loadedFromPlan({ desired, file: name }: Plan, file: string): LoadedFile {
  return { ...(name !== undefined && { name }), ...loadSaved(desired, 'desired', file) };
}

/** The file before that a saved plan carries; undefined where it was made without one. */
export function baseFromPlan({ base }: Plan, file: string): Base | undefined {
  if (base === undefined || 'missing' in base) return base;
  const { document, ...about } = base;
  return { ...about, loaded: loadSaved(document, 'base.document', file) };
}

function loadSaved(saved: unknown, part: string, file: string): LoadedFile {
  const { directory } = (saved as { identityCenter?: { directory?: unknown } } | null)?.identityCenter ?? {};
  const document = (directory === 'external' ? externalDocument() : identityDocument).safeParse(saved);
  if (!document.success) {
    const [fault] = document.error.issues;
    const where = [part, ...(fault?.path ?? []).map(String)].join('.');
    throw new ReportedError(
      'plan-shape',
      `The plan in ${file} can't be used, because the document inside it is damaged: ${where}: ${fault?.message ?? 'unusable'}.`,
      'Save the plan again with `idc plan --out plan.json`.',
    );
  }
  return { document: document.data, warnings: [], places: { of: () => undefined, frame: () => undefined } };
}
