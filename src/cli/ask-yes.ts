import { RefusedError } from '../core/errors.ts';
import type { Io } from './io.ts';

interface Asked {
  /** `Nothing was changed` */
  nothing: string;
  /** What `--yes` does without a question: `apply`. */
  verb: string;
  /** Called only where idc can ask. */
  question(): string;
}

/** Asks before something is changed. Errors: a `RefusedError` where no one can be asked, or the answer is not "yes". */
export async function askForYes(io: Io, { nothing, verb, question }: Asked): Promise<void> {
  if (!io.canAsk) {
    throw new RefusedError(
      `${nothing}, because idc can ask only on a terminal. Add --yes to ${verb} without a question.`,
    );
  }
  const answer = await io.ask(question());
  if (answer.trim() !== 'yes') throw new RefusedError(`${nothing}, because the answer was not "yes".`);
}
