import type { Family, RequestStatus } from './families.ts';

/** Tells requests that another program makes from the ones of this run. */
export interface ForeignRequests {
  /** A request of this run is being started, or has been: its status, once AWS has answered. */
  starting(): (status: RequestStatus | undefined) => void;
  /** @param inProgress ids of all that are under way, as AWS has just told them. */
  look(inProgress: ReadonlySet<string | undefined>): Promise<void>;
}

interface Sighting {
  /** Starts of our own that had no answer yet when the id was first seen. */
  unanswered: Set<symbol>;
}

/** By what a request is about: an answer that got lost leaves a request of our own whose id nobody told us. */
const subjectOf = ({ PermissionSetArn, PrincipalId, TargetId, AccountId }: RequestStatus): string =>
  JSON.stringify([PermissionSetArn, PrincipalId, TargetId, AccountId]);

/**
 * A request is somebody else's when it is still there at a second look, none of our own that was without an answer at the
 * first could be it, and it is about nothing that this run has asked for.
 */
export function createForeignRequests({ describe }: Family, onFound: (requestId: string) => void): ForeignRequests {
  const own = new Set<string>();
  const subjects = new Set<string>();
  const unanswered = new Set<symbol>();
  const sightings = new Map<string, Sighting>();

  async function judge(id: string, sighting: Sighting): Promise<void> {
    if ([...sighting.unanswered].some((start) => unanswered.has(start))) return;
    const status = await describe(id).catch(() => undefined);
    if (status?.Status !== 'IN_PROGRESS' || own.has(id)) return;
    own.add(id);
    if (!subjects.has(subjectOf(status))) onFound(id);
  }

  return {
    starting() {
      const start = Symbol('start');
      unanswered.add(start);
      return (status) => {
        unanswered.delete(start);
        if (status?.RequestId === undefined) return;
        own.add(status.RequestId);
        subjects.add(subjectOf(status));
      };
    },
    async look(inProgress) {
      for (const id of sightings.keys()) if (!inProgress.has(id) || own.has(id)) sightings.delete(id);
      const strangers = [...inProgress].filter((id): id is string => id !== undefined && !own.has(id));
      const seenBefore = strangers.flatMap((id) => {
        const sighting = sightings.get(id);
        if (!sighting) sightings.set(id, { unanswered: new Set(unanswered) });
        return sighting ? [judge(id, sighting)] : [];
      });
      await Promise.all(seenBefore);
    },
  };
}
