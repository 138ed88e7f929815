import type { Surroundings } from '../aws/context.ts';
import type { LoadedFile } from '../config/load.ts';
import type { AccessSource } from '../core/access-answer.ts';
import { subjectAddress, subjectKey, type Address } from '../core/address.ts';
import { ReportedError } from '../core/errors.ts';
import { everything, readLive } from '../reconcile/read.ts';
import { createScope } from '../reconcile/scope.ts';
import { collectDesired, nameLive, type LiveState, type Reading } from '../reconcile/state.ts';
import { kinds } from '../kinds/index.ts';
import { resolveAccounts, type Accounts } from '../accounts/resolve.ts';
import { gapInFile } from '../profiles/file-gap.ts';
import type { CommonFlags, Io } from '../cli/io.ts';
import { emptyFile } from '../source/load-optional.ts';
import { managedKinds } from '../planner/managed-sections.ts';
import { checkSnapshotFits } from '../planner/plan-from-snapshot.ts';
import { readSurroundings } from '../source/context.ts';
import { readText } from '../cli/read-text.ts';
import { renamesInPlace, resolveFile, type ResolvedFile } from '../planner/compile.ts';
import { openSession } from '../source/session.ts';
import { refuseUnread } from '../source/unread.ts';
import { factKinds } from './facts.ts';
import { parseSnapshot } from '../source/snapshot-format.ts';

/** All that is at one time, or that the file asks for. */
export interface AccessSide {
  source: AccessSource;
  state: LiveState;
  accounts: Accounts;
  /** ARN; absent where only the file was read. */
  instance?: string;
  /** Absent where there is none. */
  file?: Pick<ResolvedFile, 'loaded' | 'desired' | 'expired' | 'scope'>;
}

interface SideInput {
  io: Io;
  flags: CommonFlags;
  /** The path, also where there is no file: the embedded Identity Center is kept beside it. */
  path: string;
  loaded: LoadedFile | undefined;
}

/** What is live. Writes nothing. */
export async function liveSide({ io, flags, path, loaded }: SideInput): Promise<AccessSide> {
  const session = await openSession(io, flags, (loaded ?? emptyFile()).document, path);
  try {
    const { aws } = session;
    const surroundings = await readSurroundings(aws, (loaded ?? emptyFile()).document);
    // Whoever ignores a permission set wants to know all the same who is an administrator by it.
    const { reading } = await readLive(kinds, aws, { ...everything, manages: () => false, needsOrphans: false });
    session.doneReading();
    return nameSide({ type: 'live' }, surroundings, reading, { io, loaded });
  } finally {
    await session.close();
  }
}

/**
 * What was live when a snapshot was taken.
 * @param later names users and groups that were renamed since as it does.
 */
export function snapshotSide({ io, flags, loaded }: SideInput, snapshotFile: string, later?: AccessSide): AccessSide {
  const snapshot = parseSnapshot(readText(snapshotFile));
  checkSnapshotFits(snapshot, (loaded ?? emptyFile()).document, flags);
  const { takenAt, surroundings, reading } = snapshot;
  refuseUnread(factKinds.filter(({ name }) => reading[name] === undefined));
  if (later?.instance !== undefined && later.instance !== surroundings.instance.arn) {
    throw new ReportedError(
      'snapshot-instance',
      `The two sides are of two instances: ${surroundings.instance.arn} and ${later.instance}.`,
      'Compare snapshots of one instance.',
    );
  }
  const renames = later ? renamesSince(reading, later.state) : undefined;
  return nameSide({ type: 'snapshot', takenAt }, surroundings, reading, { io, loaded, renames });
}

/** What the file asks for. Errors: a `ReportedError` where it does not say all of it. */
export function fileSide({ io, path, loaded }: SideInput): AccessSide {
  const whole = loaded ?? emptyFile();
  const { document, places } = whole;
  const gap = gapInFile(document) ?? (document.permissionSets ? undefined : 'it has no section permissionSets');
  if (gap !== undefined) {
    throw new ReportedError(
      'file-not-whole',
      `${path} alone does not say who reaches what: ${gap}.`,
      'Leave --offline out, or give a --snapshot.',
    );
  }
  const accounts = resolveAccounts(document, undefined, places);
  // Access is a matter of names, so the partition, which policy ARNs take, does not matter.
  const wanted = collectDesired(kinds, document, { partition: 'aws', accountIds: accounts.idsOf }, io.now());
  const scope = createScope(kinds, managedKinds(document), wanted.desired, [], accounts.allNames);
  return {
    source: { type: 'file', file: path },
    state: wanted.desired,
    accounts,
    file: { loaded: whole, ...wanted, scope },
  };
}

function nameSide(
  source: AccessSource,
  surroundings: Surroundings,
  reading: Reading,
  { io, loaded, renames }: { io: Io; loaded: LoadedFile | undefined; renames?: Map<Address, string> | undefined },
): AccessSide {
  const file = resolveFile(loaded ?? emptyFile(), surroundings, io.now());
  return {
    source,
    state: nameLive(kinds, reading, renames ?? renamesInPlace(file)),
    accounts: file.accounts,
    instance: surroundings.instance.arn,
    ...(loaded && { file }),
  };
}

/** New names by old address, of users and groups that kept their ids; but not where somebody had the new name then. */
function renamesSince(reading: Reading, later: LiveState): Map<Address, string> {
  const renames = new Map<Address, string>();
  for (const kind of kinds.filter(({ rename }) => rename === 'in-place')) {
    const subject = kind.name as 'user' | 'group';
    const nameOf = (spec: unknown): string => kind.subjects(spec)[subject] ?? '';
    const then = reading[kind.name] ?? [];
    const taken = new Set(then.map(({ spec }) => subjectKey(subject, nameOf(spec))));
    const namesNow = new Map(later.of(kind.name).map(({ id, spec }) => [id, nameOf(spec)]));
    for (const { id, spec } of then) {
      const name = namesNow.get(id);
      if (name === undefined || taken.has(subjectKey(subject, name))) continue;
      renames.set(subjectAddress(subject, nameOf(spec)), name);
    }
  }
  return renames;
}
