import { ReportedError } from '../../core/errors.ts';
import { renderAnswerCsv } from '../../render/answer-csv.ts';
import { renderAnswerMarkdown } from '../../render/markdown/answer.ts';
import { renderAnswer } from '../../render/text/answer-text.ts';
import { renderComparison } from '../../render/text/comparison-text.ts';
import { sanitizeJson } from '../../core/sanitize.ts';
import { answerAccess } from '../../access/answer.ts';
import { compareAccess, withoutGroups } from '../../access/comparison.ts';
import { accountsAskedBy, namesOf, resolveQuestion, type AccessFilters } from '../../access/question.ts';
import { fileSide, sideOf } from '../../access/side.ts';
import { loadPolicies } from '../../policies/load.ts';
import { exitCodes, wantsColor, type Io } from '../io.ts';
import { emptyFile, loadOptional } from '../../source/load-optional.ts';
import { withSnapshot, withSource, type SourceFlags } from '../session.ts';

type Format = 'text' | 'markdown' | 'csv' | 'html' | 'json';

export interface AccessFlags extends SourceFlags, AccessFilters {
  format?: Format;
  /** Where the page of `--format html` is written. */
  out?: string;
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
  const isPage = flags.format === 'html';
  if (isPage !== (flags.out !== undefined)) {
    throw new ReportedError(
      'flags-mismatch',
      '--format html goes with --out, the file to write the page to.',
      'Run `idc access --format html --out access.html`.',
    );
  }
  const path = asked ?? 'identity.yaml';
  const loaded = loadOptional(flags.offline ? path : asked, path);
  const file = loaded ?? emptyFile();
  const now = io.now();
  const wishes = { loaded, now, asked: accountsAskedBy(flags), showsUnits: isPage };
  const withAccountAccess = flags.from === undefined && !flags.withoutGroup;
  const snapshot = flags.to ?? flags.snapshot;
  const side = flags.offline
    ? fileSide(file, path, now)
    : await withSource(io, { ...flags, ...(snapshot !== undefined && { snapshot }) }, file, path, (source) =>
        sideOf(source, { ...wishes, withAccountAccess }),
      );
  const earlier =
    flags.from === undefined
      ? undefined
      : await withSnapshot(io, flags.from, flags, file.document, (source) =>
          sideOf(source, { ...wishes, later: side }),
        );
  const policies = await loadPolicies(now);
  const question = resolveQuestion(flags, earlier ? [side, earlier] : [side], policies, now);
  const look = { color: wantsColor(io, flags, io.outIsTerminal), width: io.columns(), now };
  const print = (answer: unknown, forms: Partial<Record<Format, () => string>>): void => {
    const { format = 'text' } = flags;
    const form = format === 'json' ? () => `${sanitizeJson(JSON.stringify(answer, null, 2))}\n` : forms[format];
    if (!form) throw new ReportedError('flags-mismatch', `--format ${format} is not for --from and --without-group.`);
    io.out(form());
  };

  if (earlier || flags.withoutGroup) {
    const { comparison, steps } = earlier
      ? compareAccess(earlier, side, question, policies)
      : withoutGroups(side, namesOf('group', flags.withoutGroup ?? [], [side]), question, policies);
    print(comparison, { text: () => renderComparison(comparison, steps, look) });
  } else {
    const answer = answerAccess(side, question, policies, now);
    if (flags.out !== undefined) {
      const { writePage } = await import('../../access-page/write-page.ts');
      const size = writePage(flags.out, io.packageFolder, { answer, side, policies });
      io.err(
        `Wrote ${flags.out} (${Math.ceil(size / 1000)} kB), readable by you alone: it names people and their access.\n`,
      );
      return exitCodes.done;
    }
    print(answer, {
      text: () => renderAnswer(answer, look),
      markdown: () => renderAnswerMarkdown(answer, now),
      csv: () => renderAnswerCsv(answer),
    });
  }
  return exitCodes.done;
}
