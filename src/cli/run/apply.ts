import type { LoadedFile } from '../../config/load.ts';
import { version } from '../../core/version.ts';
import { ReportedError } from '../../core/errors.ts';
import { applyLoaded, type ApplyFlags } from '../../applier/apply.ts';
import { checkDigest } from '../../planner/check-reviewed.ts';
import type { Io } from '../io.ts';
import { loadFile } from '../../source/load-file.ts';
import { makeFolder } from './profiles.ts';
import { openJournal } from '../../applier/journal.ts';
import { loadedFromPlan, readPlan } from '../../planner/saved-plan.ts';
import { openSession } from '../../source/session.ts';

/** Plans, asks, and carries out exactly that. A saved plan is planned again from the document inside it. */
export async function apply(io: Io, flags: ApplyFlags, file: string): Promise<number> {
  if (flags.snapshot !== undefined) {
    throw new ReportedError(
      'apply-from-snapshot',
      'An apply always reads what is live, and never a snapshot. Nothing was changed.',
      'Leave --snapshot away. A plan that was saved from a snapshot can be applied, where the live state still leads to it: idc apply plan.json.',
    );
  }
  if (flags.profiles !== undefined) makeFolder(flags.profiles);
  const saved = file.endsWith('.json') ? readPlan(file) : undefined;
  const reviewed = [...(saved ? [saved] : []), ...(flags.reviewed === undefined ? [] : [readPlan(flags.reviewed)])];
  checkDigest(flags.digest, reviewed);
  const loaded: LoadedFile = saved ? loadedFromPlan(saved, file) : loadFile(file);
  const { journal: journalFile } = flags;
  const journal =
    journalFile === undefined ? undefined : (runId: string) => openJournal(journalFile, runId, version, io.now);
  // A saved plan may lie anywhere; the local Identity Center is the one beside the file.
  const session = await openSession(io, flags, loaded.document, saved ? (flags.file ?? file) : file, journal);
  try {
    return await applyLoaded(io, flags, session, loaded, reviewed);
  } finally {
    await session.close();
  }
}
