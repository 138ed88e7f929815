import type { Context } from '../../core/context.ts';
import type { Behaviour } from '../../core/behaviour.ts';
import { ServiceError } from '../../core/errors.ts';
import { string } from '../../core/shape.ts';

declare module '../../core/behaviour.ts' {
  interface Behaviour {
    /** Users and groups have revisions; before 2026 they had none, and one in a request was ignored. */
    revisions: 'answered' | 'absent';
    /** The conflict of a revision that is not the newest has a Reason; the API model makes it optional. */
    revisionConflictReason: 'given' | 'absent';
    /** A membership that comes or goes gives its group a new revision. */
    groupRevision: 'moved-by-members' | 'kept-by-members';
  }
}

/** Of a user or a group. A row that was stored before there were revisions has the first one. */
export interface Revised {
  readonly Revision?: string;
}

export const Revision = string({ min: 1, max: 64, pattern: '[0-9]+' });

const first = '1';

/** What an answer says of the revision of a row. */
export const revisionOf = (behaviour: Behaviour, row: Revised): Revised =>
  behaviour.revisions === 'answered' ? { Revision: row.Revision ?? first } : {};

/** The revision of a row that takes the place of another. */
export const nextRevision = (before: Revised): { Revision: string } => ({
  Revision: String(BigInt(before.Revision ?? first) + 1n),
});

/** Throws the conflict where a request names a revision that is not the newest. */
export function checkRevision({ behaviour }: Context, row: Revised, { Revision: named }: Revised): void {
  const { Revision: newest } = revisionOf(behaviour, row);
  if (named === undefined || newest === undefined || named === newest) return;
  const message = 'The resource has been modified since the revision that the request names.';
  const reason = behaviour.revisionConflictReason === 'given' ? { Reason: 'CONCURRENT_MODIFICATION' } : {};
  throw new ServiceError('ConflictException', message, reason);
}
