import { ReportedError } from '../../core/errors.ts';
import { renderAccess, renderComparison } from '../../render/text/access-text.ts';
import { sanitizeJson } from '../../core/sanitize.ts';
import { answerAccess, compareAccess, withoutGroups } from '../../access/answer.ts';
import { namesOf, resolveQuestion, type AccessFilters } from '../../access/question.ts';
import { fileSide, sideOf } from '../../access/side.ts';
import { loadPolicies } from '../../policies/load.ts';
import { exitCodes, wantsColor, type Io } from '../io.ts';
import { emptyFile, loadOptional } from '../../source/load-optional.ts';
import { withSnapshot, withSource, type SourceFlags } from '../session.ts';

export interface AccessFlags extends SourceFlags, AccessFilters {
  format?: 'text' | 'json';
  /** Asks the file alone. */
  offline?: boolean;
  /** What these groups alone give, in the place of who holds what. */
  withoutGroup?: string[];
  /** Snapshots: what is other in the later one, or now. */
  from?: string;
  to?: string;
}

/** Says who holds what and why, or what of it would go or has changed. Changes nothing. */
export async function access(io: Io, flags: AccessFlags, asked: string | undefined): Promise<number> {
  if (flags.to !== undefined && flags.from === undefined) {
    throw new ReportedError('flags-mismatch', '--to goes with --from, the snapshot to begin with.');
  }
  const path = asked ?? 'identity.yaml';
  const loaded = loadOptional(flags.offline ? path : asked, path);
  const file = loaded ?? emptyFile();
  const now = io.now();
  const snapshot = flags.to ?? flags.snapshot;
  const side = flags.offline
    ? fileSide(file, path, now)
    : await withSource(io, { ...flags, ...(snapshot !== undefined && { snapshot }) }, file, path, (source) =>
        sideOf(source, { loaded, now, withAccountAccess: flags.from === undefined && !flags.withoutGroup }),
      );
  const earlier =
    flags.from === undefined
      ? undefined
      : await withSnapshot(io, flags.from, flags, file.document, (source) =>
          sideOf(source, { loaded, now, later: side }),
        );
  const policies = await loadPolicies(now);
  const question = resolveQuestion(flags, earlier ? [side, earlier] : [side]);
  const options = { color: wantsColor(io, flags, io.outIsTerminal), width: io.columns(), now: io.now() };
  const print = (answer: unknown, text: () => string): void =>
    io.out(flags.format === 'json' ? `${sanitizeJson(JSON.stringify(answer, null, 2))}\n` : text());

  if (earlier || flags.withoutGroup) {
    const { comparison, steps } = earlier
      ? compareAccess(earlier, side, question, policies)
      : withoutGroups(side, namesOf('group', flags.withoutGroup ?? [], [side]), question, policies);
    print(comparison, () => renderComparison(comparison, steps, options));
  } else {
    const answer = answerAccess(side, question, policies);
    print(answer, () => renderAccess(answer, options));
  }
  return exitCodes.done;
}
