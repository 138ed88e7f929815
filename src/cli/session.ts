import { randomUUID } from 'node:crypto';
import type { WriteWatcher } from '../aws/client/writes.ts';
import type { IdentityDocument } from '../config/schema/document.ts';
import type { LoadedFile } from '../config/load.ts';
import { ConfigError } from '../core/errors.ts';
import { describeSnapshot } from '../core/snapshot-age.ts';
import { readText } from '../files/read-text.ts';
import type { Connection, Session } from '../source/session.ts';
import type { StateSource } from '../source/source.ts';
import type { CommonFlags, Io } from './io.ts';
import { createReadingStatus } from './read-status.ts';

/** Flags of what can take a snapshot instead of what is live. */
export interface SourceFlags extends CommonFlags {
  snapshot?: string;
}

/** A session with what the terminal shows of it. */
export interface CliSession extends Session {
  /** To be called before anything else is printed: ends the status line of the reading. */
  doneReading(): void;
}

/** What the flags and the environment say of the connection. */
export const connectionOf = ({ local, region, profile, readStrategy, maxTps }: CommonFlags, io: Io): Connection => ({
  local,
  region,
  profile,
  readStrategy,
  maxTps,
  env: io.env,
  clock: io,
  startEmulator: io.startEmulator,
});

/**
 * Works over a session that ends with the work.
 * Errors: those of the work; a `ReportedError` where they come from permission sets that are switched off.
 */
export async function withCliSession<Result>(
  io: Io,
  flags: CommonFlags,
  { document, path, ...options }: SessionOptions,
  work: (session: CliSession) => Promise<Result>,
): Promise<Result> {
  const session = await openCliSession(io, flags, document, path, options);
  try {
    return await work(session);
  } catch (error) {
    throw (await session.aws.findOff(error)) ?? error;
  } finally {
    await session.close();
  }
}

interface SessionOptions {
  document: IdentityDocument;
  /** Of the file: the embedded Identity Center is kept beside it. */
  path: string;
  runId?: string;
  /** Hears of every write. */
  writes?: WriteWatcher | undefined;
}

/** Connects, and shows how many calls a long read has made. */
async function openCliSession(
  io: Io,
  flags: CommonFlags,
  document: IdentityDocument,
  file: string,
  { runId = randomUUID(), writes }: Pick<SessionOptions, 'runId' | 'writes'>,
): Promise<CliSession> {
  const { openSession } = await import('../source/session.ts');
  const reading = createReadingStatus(io);
  const connection: Connection = {
    ...connectionOf(flags, io),
    runId,
    ...(writes && { writes }),
    onCall: (line) => (flags.verbose ? io.err(`${line}\n`) : reading.called()),
  };
  try {
    const { aws, close } = await openSession(connection, document, file);
    return {
      aws,
      runId,
      doneReading: reading.done,
      close: async () => {
        reading.done();
        await close();
      },
    };
  } catch (error) {
    reading.done();
    throw error;
  }
}

/**
 * Works with a snapshot where one is given, without a call; else with what is live, over a session that ends with the work.
 * @param path the embedded Identity Center is kept beside it.
 */
export async function withSource<Result>(
  io: Io,
  flags: SourceFlags,
  { document }: Pick<LoadedFile, 'document'>,
  path: string,
  work: (source: StateSource) => Promise<Result>,
): Promise<Result> {
  if (flags.snapshot !== undefined) return withSnapshot(io, flags.snapshot, flags, document, work);
  const { liveSource } = await import('../source/live.ts');
  return withCliSession(io, flags, { document, path }, ({ aws }) =>
    work(liveSource(aws, { isLocal: flags.local ?? false })),
  );
}

/** The same with a snapshot. Errors: a `ReportedError` where it is of another Identity Center than the file or the flags. */
export async function withSnapshot<Result>(
  io: Io,
  snapshotFile: string,
  flags: CommonFlags,
  document: IdentityDocument,
  work: (source: StateSource) => Promise<Result>,
): Promise<Result> {
  const [{ parseSnapshot }, { checkSnapshotFits, snapshotSource }] = await Promise.all([
    import('../source/snapshot-format.ts'),
    import('../source/snapshot.ts'),
  ]);
  const snapshot = parseSnapshot(readText(snapshotFile));
  checkSnapshotFits(snapshot, document, flags);
  try {
    return await work(snapshotSource(snapshot));
  } catch (error) {
    // What the file names may be there by now.
    if (error instanceof ConfigError)
      io.err(`The file was compared with ${describeSnapshot(snapshot.takenAt, io.now())}.\n`);
    throw error;
  }
}
