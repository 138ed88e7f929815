import { randomUUID } from 'node:crypto';
import type { Aws, ReadStrategy } from '../aws/connect.ts';
import type { WriteWatcher } from '../aws/client/writes.ts';
import type { IdentityDocument } from '../config/schema/document.ts';
import type { Clock } from '../core/clock.ts';
import type { Emulator, EmulatorOptions } from '../emulator/index.ts';
import { ReportedError } from '../core/errors.ts';
import { resolveHomeRegion } from './home-region.ts';
import { openLocalFolder } from './local-folder.ts';
import type { Local } from './local.ts';

/** Which Identity Center is meant, as far as the file does not say it, and how to talk to it. */
export interface Connection {
  /** The embedded one. */
  local?: boolean | undefined;
  region?: string | undefined;
  /** A named AWS profile. */
  profile?: string | undefined;
  /** How to read assignments; by default whichever takes the fewest calls. */
  readStrategy?: ReadStrategy | undefined;
  /** Calls a second, where AWS has raised the quota. */
  maxTps?: number | undefined;
  env: Readonly<Record<string, string | undefined>>;
  clock: Clock;
  /** Starts the embedded one. */
  startEmulator(options: EmulatorOptions): Promise<Emulator>;
  /** Stands in the user agent of every call, and so in CloudTrail. */
  runId?: string;
  /** Hears of every write. */
  writes?: WriteWatcher;
  /** One line for each answered call. */
  onCall?(line: string): void;
}

/** A connection to an Identity Center, and what must be let go at its end. */
export interface Session {
  aws: Aws;
  runId: string;
  close(): Promise<void>;
}

/**
 * Connects to the instance that the connection, the file and the environment name, or to the embedded one.
 * @param file the embedded Identity Center is kept beside it.
 */
export async function openSession(connection: Connection, document: IdentityDocument, file: string): Promise<Session> {
  const { local = false, profile, readStrategy, maxTps, env, clock, runId = randomUUID(), writes, onCall } = connection;
  const named = resolveHomeRegion(document, connection);
  const embedded = local ? await openLocal(connection, document, named, file) : undefined;
  const region = embedded?.region ?? named;
  if (region === undefined) {
    throw new ReportedError(
      'no-region',
      'The home region of Identity Center is not known.',
      'Set identityCenter.region in the file, --region, or AWS_REGION.',
    );
  }
  const [{ connect }, { checkProfile }, { localLimits, serviceLimits, withRate }] = await Promise.all([
    import('../aws/connect.ts'),
    import('../aws/client/profile.ts'),
    import('../aws/client/limits.ts'),
  ]);
  const { instanceArn } = document.identityCenter;
  const options = {
    region,
    runId,
    clock,
    ...(writes && { writes }),
    ...(onCall && { onCall }),
    ...(instanceArn !== undefined && { instanceArn }),
    ...(readStrategy && { readStrategy }),
    ...(maxTps !== undefined && { limits: withRate(local ? localLimits : serviceLimits, maxTps) }),
  };
  if (embedded) {
    try {
      const aws = await connect({ ...options, local: { endpoint: embedded.url }, askCaller: true });
      return { aws, runId, close: embedded.close };
    } catch (error) {
      await embedded.close();
      throw error;
    }
  }
  await checkProfile(profile ?? (env['AWS_PROFILE'] || undefined), env);
  const redirected = Boolean(env['AWS_ENDPOINT_URL_SSO_ADMIN']);
  const aws = await connect({
    ...options,
    ...(profile !== undefined && { profile }),
    // Credentials made for another endpoint are not sent to the real STS.
    askCaller: !redirected || Boolean(env['AWS_ENDPOINT_URL_STS'] ?? env['AWS_ENDPOINT_URL']),
  });
  return { aws, runId, close: () => Promise.resolve() };
}

async function openLocal(
  connection: Connection,
  document: IdentityDocument,
  region: string | undefined,
  file: string,
): Promise<Local> {
  const folder = openLocalFolder(file);
  const { startLocal } = await import('./local.ts');
  return startLocal(connection, document, region, folder);
}
