import type { Aws } from '../../aws/connect.ts';
import { isAwsError, ReportedError } from '../../core/errors.ts';

/**
 * What the Identity Store answers of users and groups, and takes in changes of them, since 2026: a change that names a revision
 * is refused where it is not the newest. A client that is older drops it from the answers; then none is sent either.
 */
export interface Revised {
  Revision?: string | undefined;
}

type Revisions = Pick<Aws, 'revisions'>;

/** Keeps the revision that a list answered: the first one is what the plan was made of, whatever is listed later. */
export function keepFirst({ revisions }: Revisions, id: string | undefined, listed: object): void {
  if (id !== undefined && !revisions.has(id)) keepNewest({ revisions }, id, listed);
}

/** Keeps the revision of an own write, or of what was read to go on after a conflict. */
export function keepNewest({ revisions }: Revisions, id: string | undefined, answer: object): void {
  const { Revision } = answer as Revised;
  if (id !== undefined && Revision !== undefined) revisions.set(id, Revision);
}

export interface ReviewedWrite<Found extends object> {
  id: string;
  /** `the user hanako`. */
  what: string;
  /** @param found what is live, where a conflict has made it be read. */
  send(revision: Revised, found: Found | undefined): Promise<object>;
  describe(): Promise<Found>;
  /** The fields that are not as the step found them. */
  changed(found: Found): string[];
  /** True where nothing is left to do: an earlier attempt, whose answer was lost, has done it. */
  isDone(found: Found): boolean;
}

/**
 * Changes what was reviewed and nothing else: the change names the revision that was read. After a conflict it is read once more,
 * and the change is sent again where all that the step is about is as it was. Errors: a `ReportedError` where it is not.
 */
export async function writeReviewed<Found extends object>(aws: Aws, write: ReviewedWrite<Found>): Promise<void> {
  const { revisions, pollUntil } = aws;
  const { id, what } = write;
  let found: Found | undefined;
  const attempt = async (): Promise<unknown> => {
    const Revision = revisions.get(id);
    try {
      keepNewest(aws, id, await write.send(Revision === undefined ? {} : { Revision }, found));
      return undefined;
    } catch (error) {
      if (Revision === undefined || !isConflictOfRevisions(error)) throw error;
      found = await write.describe();
      keepNewest(aws, id, found);
      if (write.isDone(found)) return undefined;
      const changed = write.changed(found);
      if (changed.length === 0) return error;
      throw new ReportedError(
        'changed-meanwhile',
        `Someone else changed ${what} after the plan was made (${changed.join(', ')}), so this step wrote nothing. Plan again.`,
      );
    }
  };
  const conflict = await pollUntil(attempt, (ended) => Promise.resolve(ended === undefined));
  if (conflict !== undefined) throw conflict;
}

/** A name or an e-mail address that is taken is another conflict. */
const isConflictOfRevisions = (error: unknown): boolean =>
  isAwsError(error, 'ConflictException') && (error as { Reason?: string }).Reason !== 'UNIQUENESS_CONSTRAINT_VIOLATION';
