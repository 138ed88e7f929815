import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { Aws } from '../aws/connect.ts';
import type { IdentityDocument } from '../config/schema/document.ts';
import { type AccountTarget, isUnitId } from '../core/account-target.ts';
import { ReportedError } from '../core/errors.ts';
import { accountTargets, includeScopes } from '../accounts/references.ts';
import { homeRegion } from './home-region.ts';
import type { CommonFlags, Io } from '../cli/io.ts';
import type { Journal } from '../applier/journal.ts';
import { openLocalFolder } from './local-folder.ts';
import { createReadingStatus } from '../cli/read-status.ts';

/** A connection to an Identity Center, and what must be let go at its end. */
export interface Session {
  aws: Aws;
  /** Stands in the user agent of every call, and so in CloudTrail. */
  runId: string;
  /** Where every write is noted, if that was asked for. */
  journal?: Journal;
  /** To be called before anything else is printed: ends the status line of the reading. */
  doneReading(): void;
  close(): Promise<void>;
}

/** Connects to the instance that the flags, the file and the environment name, or to the embedded one. */
export async function openSession(
  io: Io,
  flags: CommonFlags,
  document: IdentityDocument,
  file: string,
  journal?: (runId: string) => Journal,
): Promise<Session> {
  const region = homeRegion(document, flags, io);
  if (region === undefined) {
    throw new ReportedError(
      'no-region',
      'The home region of Identity Center is not known.',
      'Set identityCenter.region in the file, --region, or AWS_REGION.',
    );
  }
  const [{ connect }, { localPace, servicePace, withRate }] = await Promise.all([
    import('../aws/connect.ts'),
    import('../aws/client/limits.ts'),
  ]);
  const { instanceArn } = document.identityCenter;
  const runId = randomUUID();
  const reading = createReadingStatus(io);
  const writes = journal?.(runId);
  const options = {
    region,
    runId,
    clock: io,
    ...(writes && { writes }),
    ...(instanceArn !== undefined && { instanceArn }),
    ...(flags.readStrategy && { readStrategy: flags.readStrategy }),
    ...(flags.maxTps !== undefined && { pace: withRate(flags.local ? localPace : servicePace, flags.maxTps) }),
    onCall: (line: string) => (flags.verbose ? io.err(`${line}\n`) : reading.called()),
  };
  try {
    const { aws, close } = await (flags.local ? connectLocal() : connectReal());
    return {
      aws,
      runId,
      ...(writes && { journal: writes }),
      doneReading: reading.done,
      close: async () => {
        reading.done();
        writes?.close();
        await close();
      },
    };
  } catch (error) {
    reading.done();
    writes?.close();
    throw error;
  }

  async function connectLocal(): Promise<Pick<Session, 'aws' | 'close'>> {
    const local = await startLocal(document, options.region, openLocalFolder(file));
    try {
      return {
        aws: await connect({ ...options, local: { endpoint: local.url }, askCaller: true }),
        close: local.close,
      };
    } catch (error) {
      await local.close();
      throw error;
    }
  }

  async function connectReal(): Promise<Pick<Session, 'aws' | 'close'>> {
    const redirected = Boolean(io.env['AWS_ENDPOINT_URL_SSO_ADMIN']);
    const aws = await connect({
      ...options,
      ...(flags.profile !== undefined && { profile: flags.profile }),
      // Credentials made for another endpoint are not sent to the real STS.
      askCaller: !redirected || Boolean(io.env['AWS_ENDPOINT_URL_STS'] ?? io.env['AWS_ENDPOINT_URL']),
    });
    return { aws, close: () => Promise.resolve() };
  }
}

/** The embedded Identity Center: kept in a folder that one run at a time uses. */
async function startLocal(
  document: IdentityDocument,
  region: string,
  folder: string,
): Promise<{ url: string; close(): Promise<void> }> {
  const [{ startEmulator }, { lock }] = await Promise.all([import('../emulator/index.ts'), import('./lock.ts')]);
  const release = await lock(folder);
  try {
    const { instanceArn } = document.identityCenter;
    const accounts = Object.entries(document.accounts ?? {}).map(([name, id]) => ({ id, name }));
    // Somebody has to own the organization: the first account of the file.
    const [first] = accounts;
    const emulator = await startEmulator({
      store: path.join(folder, 'local.json'),
      seed: {
        region,
        ...(instanceArn !== undefined && { instanceArn }),
        ...(first && { accounts, managementAccountId: first.id, organizationalUnits: unitPaths(document) }),
      },
    });
    return {
      url: emulator.url,
      close: async () => {
        await emulator.close();
        await release();
      },
    };
  } catch (error) {
    await release();
    throw new ReportedError(
      'local-unusable',
      `The local Identity Center can't be started: ${(error as Error).message}`,
      `Remove the folder ${folder} to begin with a new one.`,
    );
  }
}

/** The units that the file names: they are there, and empty until somebody moves an account. */
function unitPaths(document: IdentityDocument): string[] {
  const targets: AccountTarget[] = [...accountTargets(document), ...includeScopes(document)].map(([target]) => target);
  const units = targets.flatMap((target) =>
    [target, target.except ?? {}].flatMap(({ organizationalUnits = [] }) => organizationalUnits),
  );
  return [...new Set(units)].filter((unit) => !isUnitId(unit));
}
