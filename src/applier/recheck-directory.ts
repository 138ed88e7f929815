import type { Aws } from '../aws/connect.ts';
import type { Address } from '../core/address.ts';
import { InterruptedError } from '../core/errors.ts';
import { isSpecOf } from '../core/of-kind.ts';
import { everything, readLive } from '../reconcile/read.ts';
import type { LiveState, LiveThing } from '../reconcile/state.ts';
import type { AwsKind } from '../kinds/define.ts';
import { group } from '../kinds/group/kind.ts';
import { membership } from '../kinds/membership/kind.ts';
import { user } from '../kinds/user/kind.ts';

/** The directory: AWS has no list of what somebody else is doing there, as it has for assignments. */
const directory: readonly AwsKind[] = [user, group, membership];

/**
 * What must have been awaited before anything is removed: reads the directory once more, just before the first removal.
 * Where something has gone by then that a guard rests on, or a user is disabled, the guards have judged what is no longer so:
 * then nothing is removed.
 * @param guarded addresses of what the guards rest on
 * @param onMoved hears what has gone, before the first removal is given up with an `InterruptedError`.
 */
export function createRecheck(
  aws: Aws,
  live: LiveState,
  guarded: ReadonlySet<Address>,
  onDeleted: (deleted: readonly LiveThing[]) => void,
): () => Promise<void> {
  const kept = directory.flatMap(({ name }) => live.of(name)).filter(({ address }) => guarded.has(address));
  let looking: Promise<boolean> | undefined;
  return async () => {
    if (kept.length === 0) return;
    looking ??= isAsPlanned();
    if (!(await looking)) throw new InterruptedError();
  };

  async function isAsPlanned(): Promise<boolean> {
    // A host that is behind may not know yet what an earlier run has made.
    const deleted = await aws.pollUntil(findDeleted, (found) => Promise.resolve(found.length === 0));
    if (deleted.length > 0) onDeleted(deleted);
    return deleted.length === 0;
  }

  async function findDeleted(): Promise<LiveThing[]> {
    const { reading } = await readLive(directory, aws, { ...everything, needsOrphans: false });
    const found = Object.entries(reading).flatMap(([kind, things]) => things.map((thing) => ({ kind, ...thing })));
    const isDisabled = (kind: string, spec: unknown): boolean => isSpecOf(user, kind, spec) && spec.disabled === true;
    const ids = new Set(found.flatMap(({ kind, id, spec }) => (isDisabled(kind, spec) ? [] : [id])));
    return kept.filter(({ id }) => !ids.has(id));
  }
}
