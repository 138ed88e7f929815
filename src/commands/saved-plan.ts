import type { IdentityDocument } from '../config/document.ts';
import type { LoadedFile } from '../config/load.ts';
import type { Plan } from '../core/plan.ts';

/** The document inside a saved plan, so that it can be planned again. Its places were in a file that is not here. */
export function loadedFromPlan(plan: Plan, file: string): LoadedFile {
  return {
    document: plan.desired as IdentityDocument,
    warnings: [],
    places: { of: () => ({ file, line: 1, column: 1 }), frame: () => undefined },
  };
}
