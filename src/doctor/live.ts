import { partitionOf, regionsOf } from '../aws/client/regions.ts';
import { searchRegions } from '../aws/client/search-regions.ts';
import { ReportedError } from '../core/errors.ts';
import { State } from '../core/state.ts';
import type { Connection, Facts } from './facts.ts';
import { accountNames } from '../accounts/resolve.ts';
import { fileFacts, fileParts, type ExaminedFile } from './examine-file.ts';
import { readAround } from './read.ts';
import { homeRegion } from '../source/home-region.ts';
import type { CommonFlags, Io } from '../cli/io.ts';
import { sayAgain } from '../cli/connection-flags.ts';
import { openSession, type Session } from '../source/session.ts';

/**
 * Looks at everything, and goes on where something can't be looked at. Reads each thing once.
 * Errors: only those that are about this machine (the local Identity Center in use, our own bugs).
 */
export async function examineLive(io: Io, flags: CommonFlags, examined: ExaminedFile): Promise<Facts> {
  const before = factsBefore(io, flags, examined);
  let session: Session;
  try {
    session = await openSession(io, flags, before.document, examined.path);
  } catch (error) {
    return { ...before, connection: { ...before.connection, ...(await whyNoInstance(error, flags, before)) } };
  }
  try {
    return await readAround(session.aws, before, examined);
  } finally {
    await session.close();
  }
}

/** What is known before the first call. */
function factsBefore(io: Io, flags: CommonFlags, examined: ExaminedFile): Facts {
  const { isThere, loaded } = examined;
  const { document } = loaded;
  const now = io.now();
  const endpoint = flags.local
    ? 'the embedded Identity Center'
    : (io.env['AWS_ENDPOINT_URL_SSO_ADMIN'] ?? io.env['AWS_ENDPOINT_URL']);
  return {
    now,
    source: { type: 'live' },
    isLocal: flags.local ?? false,
    flags: sayAgain(flags),
    connection: {
      region: homeRegion(document, flags, io),
      sayRegionIn: flags.region !== undefined || !isThere ? 'flag' : 'file',
      ...(endpoint !== undefined && { endpoint }),
    },
    document,
    live: new State(),
    unread: fileParts(examined),
    names: accountNames(document),
    rights: { denied: [], untried: [] },
    failures: { requests: [], left: 0 },
    ...(isThere && { file: fileFacts(examined, undefined, now) }),
  };
}

async function whyNoInstance(
  error: unknown,
  flags: CommonFlags,
  { connection: { region } }: Facts,
): Promise<Partial<Connection>> {
  if (!(error instanceof ReportedError) || error.code.startsWith('local-')) throw error;
  const { code, message, hint } = error;
  const problem = { code, message, ...(hint !== undefined && { hint }) };
  if (flags.local || !['no-instance', 'no-region'].includes(code)) return { problem };
  const others = regionsOf(partitionOf(region)).filter((other) => other !== region);
  return {
    problem,
    search: await searchRegions(others, flags.profile === undefined ? {} : { profile: flags.profile }),
  };
}
