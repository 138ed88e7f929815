import type { Facts, Part } from './facts.ts';
import { nameLive } from '../reconcile/state.ts';
import { kinds } from '../kinds/index.ts';
import { accountNames } from '../accounts/resolve.ts';
import { fileFacts, fileParts, type ExaminedFile } from './examine-file.ts';
import type { CommonFlags, Io } from '../cli/io.ts';
import { checkSnapshotFits } from '../planner/plan-from-snapshot.ts';
import { readText } from '../cli/read-text.ts';
import { sayAgain } from '../cli/connection-flags.ts';
import { parseSnapshot } from '../source/snapshot-format.ts';

/** What a snapshot tells: all that was live, and nothing of rights and requests. Pure, but for the file that it is read from. */
export function examineSnapshot(io: Io, flags: CommonFlags & { snapshot: string }, examined: ExaminedFile): Facts {
  const snapshot = parseSnapshot(readText(flags.snapshot));
  const { takenAt, isLocal, surroundings, reading } = snapshot;
  const { document } = examined.loaded;
  checkSnapshotFits(snapshot, document, flags);
  const { accounts, unreadable = 'no answer' } = surroundings.organization;
  const untold = 'a snapshot does not tell';
  const unreadKinds = kinds.filter(({ name }) => reading[name] === undefined);
  const isWhole = unreadKinds.length === 0;
  const unread = new Map<Part, string>([
    ...fileParts(examined),
    ...unreadKinds.map(({ name }) => [name, 'the idc that took this snapshot did not read it'] as const),
    ['rights', untold],
    ['failures', untold],
    ...(accounts ? [] : [['accounts', `Organizations could not be read (${unreadable})`] as const]),
    ...(surroundings.caller ? [] : [['caller', untold] as const]),
  ]);
  return {
    now: io.now(),
    source: { type: 'snapshot', takenAt },
    isLocal,
    // A snapshot says what it is of, so that a file or a shell that says nothing of it does not matter.
    flags: sayAgain({
      local: isLocal,
      ...(document.identityCenter.region === undefined && { region: surroundings.instance.region }),
    }),
    connection: { region: surroundings.instance.region, sayRegionIn: 'file', surroundings },
    live: nameLive(kinds, reading, new Map()),
    unread,
    names: accountNames(document, surroundings.organization),
    rights: { denied: [], untried: [] },
    failures: { requests: [], left: 0 },
    document,
    ...(examined.isThere && {
      file: fileFacts(examined, { surroundings, reading: isWhole ? reading : undefined }, io.now()),
    }),
  };
}
