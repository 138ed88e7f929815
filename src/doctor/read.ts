import { readAccountAccess } from '../aws/account-access/read.ts';
import type { Aws } from '../aws/connect.ts';
import { AccessDeniedError } from '../aws/client/errors.ts';
import { readNetworkRules } from '../aws/network-rules.ts';
import { readFailures } from '../aws/requests/failed-requests.ts';
import { primaryRegion } from '../aws/client/search-regions.ts';
import { connectionRights } from '../aws/iam/actions.ts';
import { type ProbedRights, tryReads } from '../aws/iam/probe.ts';
import { watchAnswers } from '../aws/client/watch-answers.ts';
import { ReportedError } from '../core/errors.ts';
import type { Connection, Facts, Part } from './facts.ts';
import { createReader, everything } from '../reconcile/read.ts';
import { findUnread } from '../reconcile/snapshot.ts';
import { nameLive, type Reading } from '../reconcile/state.ts';
import { kinds } from '../kinds/index.ts';
import { accountNames } from '../accounts/resolve.ts';
import { kindsToLookUp, lookUp } from '../source/look-ups.ts';
import { fileFacts, type ExaminedFile } from './examine-file.ts';
import { readContext } from '../source/context.ts';

/** How far back failed requests are of interest. */
const recent = 7 * 24 * 60 * 60 * 1000;

/** Adds all that an instance tells to what is known before; what can't be read is left out, and said why. */
export async function readAround(connected: Aws, before: Facts, examined: ExaminedFile): Promise<Facts> {
  const { instance, organization, caller } = connected;
  const { now, document, connection } = before;
  const unread = new Map([...before.unread, ...partsBeside(connected)]);
  let permissionSetsOff: Connection['permissionSetsOff'];
  const attempt = async <Value>(part: Part, read: Promise<Value>): Promise<Value | undefined> => {
    try {
      return await read;
    } catch (error) {
      const off = await connected.findOff(error);
      if (off) permissionSetsOff = { error: off, unread: new Set(permissionSetsOff?.unread).add(part) };
      unread.set(part, off ? 'permission sets are switched off' : whyUnread(error));
      return undefined;
    }
  };

  const answers = watchAnswers(connected);
  let aws = connected;
  for (const kind of kindsToLookUp(document)) aws = (await attempt(kind.name, lookUp(aws, [kind]))) ?? aws;
  const context = await attempt('document', readContext(aws, [document]));
  const read = createReader(kinds, aws, everything);
  const reading: Reading = {};
  await Promise.all(
    kinds.map(async ({ name }) => {
      const things = await attempt(name, read(name));
      if (things) reading[name] = things;
    }),
  );
  const [failures = before.failures, primary, networkRules, accountAccess] = await Promise.all([
    attempt('failures', readFailures(aws.ssoAdmin, instance.arn, new Date(now.getTime() - recent))),
    aws.isHomeKnown ? instance.region : primaryRegion(aws.ssoAdmin, instance.arn),
    readNetworkRules(aws),
    readAccountAccess(aws),
  ]);
  if ('unknown' in accountAccess) unread.set('account-access', accountAccess.unknown);
  // Last, since it calls only what nothing else has called.
  const ids = await someIds(aws, reading);
  const tried = await tryReads(kinds, aws, answers, (kind) => ids.get(kind));
  const rights = permissionSetsOff ? withoutOff(tried, permissionSetsOff.unread) : tried;

  const sections: Record<string, unknown> = document;
  const managed = new Set<string>(
    kinds.flatMap(({ name, section }) => (sections[section.name] === undefined ? [] : [name])),
  );
  // What the file neither has nor refers to need not be known for its names.
  const missing = findUnread(kinds, reading, { manages: (kind) => managed.has(kind), removes: () => false });
  return {
    ...before,
    connection: {
      ...connection,
      context: context ?? { instance, organization, caller },
      ...(primary !== undefined && { primary }),
      ...(permissionSetsOff && { permissionSetsOff }),
    },
    live: nameLive(kinds, reading, new Map()),
    unread,
    names: accountNames(document, organization),
    rights,
    failures,
    networkRules,
    entitlements: 'unknown' in accountAccess ? [] : accountAccess.entitlements,
    ...(examined.isThere && {
      file: fileFacts(examined, context && { context, reading: missing.length === 0 ? reading : undefined }, now),
    }),
  };
}

/** Where permission sets are switched off, a denial tells nothing of the rights to what could not be read for that. */
function withoutOff({ denied, untried }: ProbedRights, parts: ReadonlySet<Part>): ProbedRights {
  const rights = [connectionRights, ...kinds.filter(({ name }) => parts.has(name)).map((kind) => kind.rights)];
  const actions = new Set(rights.flatMap(({ read }) => read.flatMap((right) => right.actions)));
  const tells = ({ action }: { action: string }): boolean => !actions.has(action);
  return {
    denied: denied.filter(tells),
    untried: [...untried, ...denied.filter((one) => !tells(one)).map(({ action }) => action)],
  };
}

/** What AWS says or does not say is a finding; our own bugs are none. */
function whyUnread(error: unknown): string {
  if (error instanceof AccessDeniedError) return `it needs ${error.action}`;
  if (error instanceof ReportedError) return `${error.code}: ${error.message}`;
  if (error instanceof Error && '$fault' in error) return String(error);
  throw error;
}

/** The id of one thing of each kind: where they could not be read whole, one can be there all the same. */
async function someIds(aws: Aws, reading: Reading): Promise<ReadonlyMap<string, string>> {
  const ids = kinds.map(async ({ name, findOne }): Promise<[string, string][]> => {
    const things = reading[name];
    const id = things ? things[0]?.id : await findOne?.(aws).catch(() => undefined);
    return id === undefined ? [] : [[name, id]];
  });
  return new Map((await Promise.all(ids)).flat());
}

function* partsBeside({ organization, caller }: Aws): Generator<[Part, string]> {
  const { accounts, unreadable = 'no answer' } = organization;
  if (!accounts) yield ['accounts', `Organizations can't be read (${unreadable})`];
  if (!caller) yield ['caller', 'who calls is not known, for STS was not asked or did not say'];
}
