import { readAccountAccess } from '../../aws/account-access/read.ts';
import type { Aws } from '../../aws/connect.ts';
import { ReportedError } from '../../core/errors.ts';
import { countOf, listOf, nounCount } from '../../core/words.ts';
import { everything, readLive } from '../../reconcile/read.ts';
import { addedFieldsOf } from '../../reconcile/snapshot.ts';
import type { Reading } from '../../reconcile/state.ts';
import { kinds } from '../../kinds/index.ts';
import { sanitize } from '../../core/sanitize.ts';
import { exitCodes, type CommonFlags, type Io } from '../io.ts';
import { emptyFile, loadOptional } from '../../source/load-optional.ts';
import { refuseOtherInstance } from '../../source/refuse-other-instance.ts';
import { readContext } from '../../source/context.ts';
import { lookUp } from '../../source/look-ups.ts';
import { withCliSession } from '../session.ts';
import { renderSnapshot, type Snapshot } from '../../source/snapshot-format.ts';
import { writePrivately } from '../../files/write-privately.ts';

export interface SnapshotFlags extends CommonFlags {
  out?: string;
}

/** Reads all of Identity Center, for plans that are made later without a call. Changes nothing. */
export async function snapshot(io: Io, flags: SnapshotFlags, asked: string | undefined): Promise<number> {
  const { taken, calls } = await takeSnapshot(io, flags, asked);
  const text = renderSnapshot(taken);
  if (flags.out === undefined) io.out(text);
  else writePrivately(flags.out, text);
  const milliseconds = io.now().getTime() - Date.parse(taken.takenAt);
  io.err(`${sanitize(describe(taken, calls, milliseconds))}\n`);
  return exitCodes.done;
}

/** All that is live now, and how often each call was made. `asked` is the file that says which instance is meant. */
export async function takeSnapshot(
  io: Io,
  flags: CommonFlags,
  asked: string | undefined,
): Promise<{ taken: Snapshot; calls: ReadonlyMap<string, number> }> {
  if (flags.readStrategy === 'principal') {
    throw new ReportedError(
      'flags-mismatch',
      '--read-strategy principal is not for snapshot and import: it does not find assignments whose user or group was deleted.',
    );
  }
  const file = asked ?? 'identity.yaml';
  // The file only says which instance it is for, and what its targets need to know of the organization; so it may be
  // missing, unless it was asked for.
  const { document } = loadOptional(asked, file) ?? emptyFile();
  const began = io.now();
  const isLocal = flags.local ?? false;
  return withCliSession(io, flags, { document, path: file }, async ({ aws: connected }) => {
    refuseOtherInstance(document, connected.instance.arn, { isLocal });
    const base = {
      takenAt: began.toISOString(),
      isLocal,
      context: await readContext(connected, [document], { asked: [document.production ?? []].flat() }),
    };
    const aws = await lookUp(connected);
    const { lookedUp = {} } = aws;
    const [reading, accountAccess] = await Promise.all([readAll(aws), readAccountAccess(aws)]);
    return {
      taken: {
        ...base,
        context: { ...base.context, lookedUp },
        addedFields: addedFieldsOf(kinds),
        reading,
        accountAccess,
      },
      calls: aws.calls,
    };
  });
}

/**
 * Everything that any file may ask about: orphans too, since whatever is removed must not be in use by one, and by now
 * nobody knows what will be removed.
 */
async function readAll(aws: Aws): Promise<Reading> {
  return (await readLive(kinds, aws, everything)).reading;
}

function describe(
  { reading, context: { instance, organization } }: Snapshot,
  calls: ReadonlyMap<string, number>,
  milliseconds: number,
): string {
  const { accounts, unreadable = 'no answer' } = organization;
  const things = kinds.flatMap(({ name, noun }) => {
    const count = reading[name]?.length ?? 0;
    return count === 0 ? [] : [nounCount(count, noun)];
  });
  const made = [...calls.values()].reduce((sum, count) => sum + count, 0);
  const read = listOf([...things, ...(accounts ? [countOf(accounts.size, 'account')] : [])]);
  const unknown = accounts ? '' : ` The accounts are not in it, because Organizations can't be read (${unreadable}).`;
  return `Read ${read || 'nothing'} of ${instance.arn} in ${countOf(made, 'call')} and ${countOf(Math.round(milliseconds / 1000), 'second')}.${unknown}`;
}
