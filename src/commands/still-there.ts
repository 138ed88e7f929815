import type { Aws } from '../aws/connect.ts';
import { subjectAddress } from '../core/address.ts';
import { InterruptedError } from '../core/errors.ts';
import type { Step } from '../core/plan.ts';
import { everything, readLive } from '../engine/read.ts';
import type { LiveState, LiveThing } from '../engine/state.ts';
import type { AwsKind } from '../kinds/define.ts';
import { group } from '../kinds/group.ts';
import { membership, type MembershipSpec } from '../kinds/membership.ts';
import { user } from '../kinds/user.ts';

/** The directory: AWS has no list of what somebody else is doing there, as it has for assignments. */
const directory: readonly AwsKind[] = [user, group, membership];

/**
 * What must have been awaited before anything is removed: reads the directory once more, just before the first removal.
 * Where somebody whom the plan keeps has gone since it was made, the guards have judged what is no longer so: then nothing
 * is removed.
 * @param onMoved hears what has gone, before the first removal is given up with an `InterruptedError`.
 */
export function createLook(
  aws: Aws,
  live: LiveState,
  steps: readonly Step[],
  onMoved: (gone: readonly LiveThing[]) => void,
): () => Promise<void> {
  const kinds = new Set(directory.map(({ name }) => name));
  // What is only edited is kept.
  const removed = new Set(steps.flatMap(({ id, action }) => (action === 'delete' ? [id] : [])));
  const kept = [...live.values()].filter(
    (thing) => kinds.has(thing.kind) && !removed.has(thing.address) && !isLeftBehind(thing, live),
  );
  let looking: Promise<boolean> | undefined;
  return async () => {
    looking ??= isAsPlanned();
    if (!(await looking)) throw new InterruptedError();
  };

  async function isAsPlanned(): Promise<boolean> {
    // A host that is behind may not know yet what an earlier run has made.
    const gone = await aws.lookUntil(findGone, (found) => Promise.resolve(found.length === 0));
    if (gone.length > 0) onMoved(gone);
    return gone.length === 0;
  }

  async function findGone(): Promise<LiveThing[]> {
    const { reading } = await readLive(directory, aws, { ...everything, needsOrphans: false });
    const ids = new Set(Object.values(reading).flatMap((things) => things.map(({ id }) => id)));
    return kept.filter(({ id }) => !ids.has(id));
  }
}

/** A membership of a user who is gone gives nobody anything, and is not seen where memberships are read by user. */
function isLeftBehind({ kind, spec }: LiveThing, live: LiveState): boolean {
  return kind === membership.name && !live.has(subjectAddress('user', (spec as MembershipSpec).user));
}
