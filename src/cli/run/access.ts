import { ReportedError } from '../../core/errors.ts';
import { renderAnswerCsv } from '../../render/answer-csv.ts';
import { renderAnswerMarkdown } from '../../render/markdown/answer.ts';
import { renderAnswer } from '../../render/text/answer-text.ts';
import { renderComparison } from '../../render/text/comparison-text.ts';
import { sanitizeJson } from '../../core/sanitize.ts';
import { answerAccess } from '../../access/answer.ts';
import { accessOfBoth } from '../../access/both-sides.ts';
import { compareAccess, withoutGroups } from '../../access/comparison.ts';
import { accountsAskedBy, namesOf, resolveQuestion, type AccessFilters } from '../../access/question.ts';
import { fileSide, sideOf } from '../../access/side.ts';
import { loadPolicies } from '../../policies/load.ts';
import { exitCodes, wantsColor, type Io } from '../io.ts';
import { emptyFile, loadOptional } from '../../source/load-optional.ts';
import { withSnapshot, withSource, type SourceFlags } from '../session.ts';
import { pageAsked, writeAccessPage } from './page.ts';

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
  const page = pageAsked(flags, 'idc access --format html --out access.html');
  const path = asked ?? 'identity.yaml';
  const loaded = loadOptional(flags.offline ? path : asked, path);
  const file = loaded ?? emptyFile();
  const now = io.now();
  const wishes = { loaded, now, asked: accountsAskedBy(flags), showsUnits: page !== undefined };
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

  if (earlier) {
    const { comparison, steps, facts } = compareAccess(earlier, side, question, policies);
    if (page !== undefined) {
      const { differenceData } = await import('../../access-page/difference-data.ts');
      const sides = [earlier, side] as const;
      const held = accessOfBoth(sides, facts, question, policies);
      const sources = { before: earlier.source, after: side.source };
      await writeAccessPage(io, page, differenceData({ held, sides, sources, question, policies }, now));
      return exitCodes.done;
    }
    print(comparison, { text: () => renderComparison(comparison, steps, look) });
  } else if (flags.withoutGroup) {
    const groups = namesOf('group', flags.withoutGroup, [side]);
    const { comparison, steps } = withoutGroups(side, groups, question, policies);
    print(comparison, { text: () => renderComparison(comparison, steps, look) });
  } else {
    const answer = answerAccess(side, question, policies, now);
    if (page !== undefined) {
      const { pageData } = await import('../../access-page/page-data.ts');
      const { pageSources } = await import('../../access-page/sources.ts');
      await writeAccessPage(io, page, pageData(answer, pageSources(side, question, policies)));
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
