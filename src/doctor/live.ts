import { regionsOf } from '../aws/client/regions.ts';
import { partitionOf } from '../core/partition.ts';
import { ReplicaRegionError } from '../aws/instance.ts';
import { searchRegions } from '../aws/client/search-regions.ts';
import { ReportedError } from '../core/errors.ts';
import { State } from '../core/state.ts';
import type { Connection as KnownConnection, Facts } from './facts.ts';
import { accountNames } from '../accounts/resolve.ts';
import { fileFacts, fileParts, type ExaminedFile } from './examine-file.ts';
import { readAround } from './read.ts';
import { connectionFlags } from '../source/connection-flags.ts';
import { resolveHomeRegion } from '../source/home-region.ts';
import { openSession, type Connection, type Session } from '../source/session.ts';

/**
 * Looks at everything, and goes on where something can't be looked at. Reads each thing once.
 * Errors: only those that are about this machine (the local Identity Center in use, our own bugs).
 */
export async function examineLive(connection: Connection, examined: ExaminedFile): Promise<Facts> {
  const before = factsBefore(connection, examined);
  let session: Session;
  try {
    session = await openSession(connection, before.document, examined.path);
  } catch (error) {
    return { ...before, connection: { ...before.connection, ...(await whyNoInstance(error, connection, before)) } };
  }
  try {
    return await readAround(session.aws, before, examined);
  } finally {
    await session.close();
  }
}

/** What is known before the first call. */
function factsBefore(connection: Connection, examined: ExaminedFile): Facts {
  const { local = false, region, env, clock } = connection;
  const { isThere, loaded } = examined;
  const { document } = loaded;
  const now = clock.now();
  const endpoint = local
    ? 'the embedded Identity Center'
    : (env['AWS_ENDPOINT_URL_SSO_ADMIN'] ?? env['AWS_ENDPOINT_URL']);
  return {
    now,
    source: { type: 'live' },
    isLocal: local,
    flags: connectionFlags(connection),
    connection: {
      region: resolveHomeRegion(document, connection),
      sayRegionIn: region !== undefined || !isThere ? 'flag' : 'file',
      ...(endpoint !== undefined && { endpoint }),
    },
    document,
    live: new State(),
    unread: fileParts(examined),
    names: accountNames(document),
    rights: { denied: [], untried: [] },
    failures: { requests: [], left: 0 },
    entitlements: [],
    ...(isThere && { file: fileFacts(examined, undefined, now) }),
  };
}

async function whyNoInstance(
  error: unknown,
  { local, profile }: Connection,
  { connection: { region } }: Facts,
): Promise<Partial<KnownConnection>> {
  if (!(error instanceof ReportedError) || error.code.startsWith('local-')) throw error;
  const { code, message, hint } = error;
  const problem = { code, message, ...(hint !== undefined && { hint }) };
  if (error instanceof ReplicaRegionError) return { problem, primary: error.primaryRegion };
  if (local || !['no-instance', 'no-region'].includes(code)) return { problem };
  const others = regionsOf(partitionOf(region)).filter((other) => other !== region);
  return {
    problem,
    search: await searchRegions(others, profile === undefined ? {} : { profile }),
  };
}
