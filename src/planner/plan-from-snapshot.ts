import { factKinds } from '../access/facts.ts';
import { isGuarded, type Surroundings } from '../aws/context.ts';
import type { IdentityDocument } from '../config/schema/document.ts';
import type { LoadedFile } from '../config/load.ts';
import { ReportedError } from '../core/errors.ts';
import { findUnread, readSnapshot } from '../reconcile/snapshot.ts';
import { nameLive } from '../reconcile/state.ts';
import type { AwsKind } from '../kinds/define.ts';
import { kinds } from '../kinds/index.ts';
import type { CommonFlags } from '../cli/io.ts';
import type { MadePlan } from './plan-with-live.ts';
import { planChanges, type PlanOptions, type PlanResult } from './plan.ts';
import { refuseUnread } from '../source/unread.ts';
import { readOptionsOf, renamesInPlace, resolveFile } from './compile.ts';
import type { Snapshot } from '../source/snapshot-format.ts';

/** Compares a snapshot with the file: the plan that its taker would have got then. Pure. */
export function planFromSnapshot(
  { takenAt, isLocal, surroundings: taken, reading }: Snapshot,
  loaded: LoadedFile,
  options: Pick<PlanOptions, 'removeOrphans' | 'only' | 'now'>,
): MadePlan {
  const surroundings = withoutPerson(taken);
  const asOf = (now: Date): PlanResult => {
    const file = resolveFile(loaded, surroundings, now);
    const asked = readOptionsOf(file, true);
    const facts = factKinds.filter(({ name }) => reading[name] === undefined);
    refuseUnread([...new Set<AwsKind>([...facts, ...findUnread(kinds, reading, asked)])]);
    const read = readSnapshot(kinds, reading, asked, (account) => isGuarded(taken, account));
    const live = nameLive(kinds, read, renamesInPlace(file), file.desired);
    return planChanges(file, live, surroundings, { ...options, now, isLocal, snapshot: { takenAt } });
  };
  return { ...asOf(options.now), asOf };
}

/**
 * What the account of the caller can reach is what an apply from there can. But whoever plans from a snapshot is not who
 * took it, and nobody else's access is "your own".
 */
function withoutPerson({ caller, ...rest }: Surroundings): Surroundings {
  return { ...rest, caller: caller && { accountId: caller.accountId, arn: caller.arn } };
}

/** Errors: a `ReportedError` where the file or the flags are about another Identity Center than the snapshot. */
export function checkSnapshotFits(
  { isLocal, surroundings: { instance } }: Pick<Snapshot, 'isLocal' | 'surroundings'>,
  { identityCenter: { instanceArn, region: ofFile } }: IdentityDocument,
  flags: CommonFlags,
): void {
  if (instanceArn !== undefined && instanceArn !== instance.arn) {
    throw new ReportedError(
      'snapshot-instance',
      `The file is for ${instanceArn}, and the snapshot is of ${instance.arn}.`,
      'Take the snapshot with the credentials and the region of that instance, or change identityCenter.instanceArn.',
    );
  }
  if (flags.local && !isLocal) {
    throw new ReportedError(
      'snapshot-instance',
      `The snapshot is of ${instance.arn}, not of the embedded Identity Center.`,
      'Leave --local away, or take one with `idc snapshot --local`.',
    );
  }
  const region = flags.region ?? ofFile;
  if (region !== undefined && region !== instance.region) {
    throw new ReportedError(
      'snapshot-region',
      `${flags.region === undefined ? 'The file' : '--region'} says ${region}, and the snapshot is of ${instance.region}.`,
      'Take the snapshot in that region.',
    );
  }
}
