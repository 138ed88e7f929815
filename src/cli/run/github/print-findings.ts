import { groupBy } from '../../../core/group-by.ts';
import { sanitize } from '../../../core/sanitize.ts';
import { nounCount, type Noun } from '../../../core/words.ts';
import { verdicts, type Finding, type Verdict } from '../../../github/protection/finding.ts';
import { exitCodes } from '../../io.ts';

const marks: Readonly<Record<Verdict, string>> = { right: ' ', weaker: '!', unseen: '?' };

/** One line for each setting, under what it is a setting of, and one for what to do about it. */
export function findingLines(findings: readonly Finding[]): string {
  return [...groupBy(findings, ({ about }) => about)]
    .map(([about, ofIt]) => {
      const lines = ofIt.flatMap(({ verdict, message, fix }) => [
        `  ${marks[verdict]} ${sanitize(message)}`,
        ...(fix === undefined ? [] : [`      ${sanitize(fix)}`]),
      ]);
      return [sanitize(about), ...lines, ''].join('\n');
    })
    .join('\n');
}

export const countsOf = (findings: readonly Finding[]): Record<Verdict, number> =>
  Object.fromEntries(
    verdicts.map((verdict) => [verdict, findings.filter((finding) => finding.verdict === verdict).length]),
  ) as Record<Verdict, number>;

const setting: Noun = ['setting is', 'settings are'];

/** A sentence. */
export function summaryOf(findings: readonly Finding[]): string {
  const { right, weaker, unseen } = countsOf(findings);
  return `${nounCount(right, setting)} right, ${weaker} weaker, and ${unseen} can't be seen with this token.`;
}

export const exitCodeOf = (findings: readonly Finding[]): number =>
  countsOf(findings).weaker > 0 ? exitCodes.pending : exitCodes.done;
