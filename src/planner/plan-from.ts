import type { LoadedFile } from '../config/load.ts';
import { ConfigError } from '../core/errors.ts';
import { describeSnapshot } from '../core/snapshot-age.ts';
import type { CommonFlags, Io } from '../cli/io.ts';
import type { MadePlan } from './plan-with-live.ts';
import type { PlanOptions } from './plan.ts';
import { readText } from '../cli/read-text.ts';

/** Flags of what can do with a snapshot in the place of what is live. */
export interface SourceFlags extends CommonFlags {
  snapshot?: string;
}

/** Compares the file with a snapshot where one is given, without a call; else with what is live. Changes nothing. */
export async function makePlanFrom(
  io: Io,
  flags: SourceFlags,
  loaded: LoadedFile,
  { file, ...options }: { file: string } & Wishes,
): Promise<MadePlan> {
  return flags.snapshot === undefined
    ? await fromLive(io, flags, loaded, { file, ...options })
    : await fromSnapshot(io, { ...flags, snapshot: flags.snapshot }, loaded, options);
}

type Wishes = Pick<PlanOptions, 'removeOrphans' | 'only'>;

async function fromLive(
  io: Io,
  flags: CommonFlags,
  loaded: LoadedFile,
  { file, ...options }: { file: string } & Wishes,
): Promise<MadePlan> {
  const [{ openSession }, { planLive }] = await Promise.all([import('../source/session.ts'), import('./plan-live.ts')]);
  const session = await openSession(io, flags, loaded.document, file);
  try {
    return await planLive(session.aws, loaded, { ...options, isLocal: flags.local ?? false, now: io.now() });
  } finally {
    await session.close();
  }
}

async function fromSnapshot(
  io: Io,
  flags: SourceFlags & { snapshot: string },
  loaded: LoadedFile,
  options: Wishes,
): Promise<MadePlan> {
  const [{ parseSnapshot }, { checkSnapshotFits, planFromSnapshot }] = await Promise.all([
    import('../source/snapshot-format.ts'),
    import('./plan-from-snapshot.ts'),
  ]);
  const snapshot = parseSnapshot(readText(flags.snapshot));
  checkSnapshotFits(snapshot, loaded.document, flags);
  const now = io.now();
  try {
    return planFromSnapshot(snapshot, loaded, { ...options, now });
  } catch (error) {
    // What the file names may be there by now.
    if (error instanceof ConfigError)
      io.err(`The file was compared with ${describeSnapshot(snapshot.takenAt, now)}.\n`);
    throw error;
  }
}
