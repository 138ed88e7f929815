import type { Facts, Part } from './facts.ts';
import { nameLive } from '../reconcile/state.ts';
import { kinds } from '../kinds/index.ts';
import { accountNames } from '../accounts/resolve.ts';
import { fileFacts, fileParts, type ExaminedFile } from './examine-file.ts';
import { connectionFlags } from '../source/connection-flags.ts';
import { checkSnapshotFits } from '../source/snapshot.ts';
import type { Snapshot } from '../source/snapshot-format.ts';
import type { Connection } from '../source/session.ts';

/** What a snapshot tells: all that was live, and nothing of rights and requests. Pure. */
export function examineSnapshot(
  snapshot: Snapshot,
  said: Pick<Connection, 'local' | 'region'>,
  examined: ExaminedFile,
  now: Date,
): Facts {
  const { takenAt, isLocal, context, reading, accountAccess = { unknown: 'the snapshot does not tell' } } = snapshot;
  const { document } = examined.loaded;
  checkSnapshotFits(snapshot, document, said);
  const { accounts, unreadable = 'no answer' } = context.organization;
  const untold = 'a snapshot does not tell';
  const unreadKinds = kinds.filter(({ name }) => reading[name] === undefined);
  const isWhole = unreadKinds.length === 0;
  const unread = new Map<Part, string>([
    ...fileParts(examined),
    ...unreadKinds.map(({ name }) => [name, 'the idc that took this snapshot did not read it'] as const),
    ['rights', untold],
    ['failures', untold],
    ['network-rules', untold],
    ...('unknown' in accountAccess ? [['account-access', accountAccess.unknown] as const] : []),
    ...(accounts ? [] : [['accounts', `Organizations could not be read (${unreadable})`] as const]),
    ...(context.caller ? [] : [['caller', untold] as const]),
  ]);
  return {
    now,
    source: { type: 'snapshot', takenAt },
    isLocal,
    // A snapshot says what it is of, so that a file or a shell that says nothing of it does not matter.
    flags: connectionFlags({
      local: isLocal,
      ...(document.identityCenter.region === undefined && { region: context.instance.region }),
    }),
    connection: { region: context.instance.region, sayRegionIn: 'file', context },
    live: nameLive(kinds, reading, new Map()),
    unread,
    names: accountNames(document, context.organization),
    rights: { denied: [], untried: [] },
    failures: { requests: [], left: 0 },
    entitlements: 'unknown' in accountAccess ? [] : accountAccess.entitlements,
    document,
    ...(examined.isThere && {
      file: fileFacts(examined, { context, reading: isWhole ? reading : undefined }, now),
    }),
  };
}
