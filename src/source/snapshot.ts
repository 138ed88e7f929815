import type { AwsContext } from '../aws/context.ts';
import type { IdentityDocument } from '../config/schema/document.ts';
import { ReportedError } from '../core/errors.ts';
import { listOf, type Noun } from '../core/words.ts';
import type { ReadOptions } from '../reconcile/read.ts';
import { findUnread, readSnapshot } from '../reconcile/snapshot.ts';
import { accessKinds } from '../kinds/access-kinds.ts';
import type { AwsKind } from '../kinds/define.ts';
import { kinds } from '../kinds/index.ts';
import type { Snapshot } from './snapshot-format.ts';
import type { StateSource } from './source.ts';
import { refuseUnread } from './unread.ts';

/**
 * What was live when a snapshot was taken: the same answers that its taker would have got then, without a call. Errors of
 * `read`: a `ReportedError` for kinds that its taker did not read, and which are needed.
 */
export function snapshotSource({
  takenAt,
  isLocal,
  context,
  reading,
  addedFields,
  accountAccess,
}: Snapshot): StateSource {
  const isUnread = ({ name }: AwsKind): boolean => reading[name] === undefined;
  return {
    snapshot: { takenAt },
    isLocal,
    accountAccess: () => Promise.resolve(accountAccess ?? { unknown: 'The snapshot does not tell.' }),
    open: () =>
      Promise.resolve({
        context: withoutPerson(context),
        async read(options) {
          refuseUnread([
            ...new Set<AwsKind>([...accessKinds.filter(isUnread), ...findUnread(kinds, reading, options)]),
            ...unreadFields(options, addedFields),
          ]);
          return { reading: readSnapshot(kinds, reading, options), seesOrphans: true };
        },
      }),
  };
}

/** The fields that are compared, and that its taker did not know. */
function unreadFields({ comparesAdded }: ReadOptions, known: Snapshot['addedFields']): { noun: Noun }[] {
  return kinds.flatMap(({ name, noun: [, many], addedFields = [] }) => {
    const unread = addedFields.filter((field) => !known[name]?.includes(field));
    const words = `${listOf(unread)} of ${many}`;
    return unread.length > 0 && comparesAdded(name) ? [{ noun: [words, words] }] : [];
  });
}

/**
 * What the account of the caller can reach is what an apply from there can. But whoever plans from a snapshot is not who
 * took it, and nobody else's access is "your own".
 */
function withoutPerson({ caller, ...rest }: AwsContext): AwsContext {
  return { ...rest, caller: caller && { accountId: caller.accountId, arn: caller.arn } };
}

/** Errors: a `ReportedError` where the file or the flags are about another Identity Center than the snapshot. */
export function checkSnapshotFits(
  { isLocal, context: { instance } }: Pick<Snapshot, 'isLocal' | 'context'>,
  { identityCenter: { instanceArn, region: ofFile } }: IdentityDocument,
  said: { local?: boolean | undefined; region?: string | undefined },
): void {
  if (instanceArn !== undefined && instanceArn !== instance.arn) {
    throw new ReportedError(
      'snapshot-instance',
      `The file is for ${instanceArn}, but the snapshot is of ${instance.arn}.`,
      'Take the snapshot with the credentials and the region of the instance that the file names, or change identityCenter.instanceArn.',
    );
  }
  if (said.local && !isLocal) {
    throw new ReportedError(
      'snapshot-instance',
      `The snapshot is of ${instance.arn}, not of the embedded Identity Center.`,
      'Run it without --local, or take a snapshot with `idc snapshot --local`.',
    );
  }
  const region = said.region ?? ofFile;
  if (region !== undefined && region !== instance.region) {
    throw new ReportedError(
      'snapshot-region',
      `${said.region === undefined ? 'The file' : '--region'} says ${region}, but the snapshot is of ${instance.region}.`,
      'Take the snapshot in that region.',
    );
  }
}
