import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { ReportedError } from '../../../core/errors.ts';
import { formatOutputs, showOutputs, type Outputs } from '../../../github/outputs.ts';
import { sanitize } from '../../../core/sanitize.ts';
import type { Io } from '../../io.ts';

/** Hands a step's results to the job; on stdout where there is no job. */
export function writeOutputs(io: Io, outputs: Outputs): void {
  const file = io.env['GITHUB_OUTPUT'];
  if (!file) {
    const shown = Object.entries(outputs).map(([name, value]) => [
      name,
      typeof value === 'string' ? sanitize(value) : value,
    ]);
    io.out(showOutputs(Object.fromEntries(shown) as Outputs));
    return;
  }
  try {
    appendFileSync(file, formatOutputs(outputs, `idc_${randomUUID()}`));
  } catch (error) {
    throw new ReportedError(
      'unwritable-outputs',
      `The file that GITHUB_OUTPUT names can't be written: ${(error as Error).message}`,
    );
  }
}
