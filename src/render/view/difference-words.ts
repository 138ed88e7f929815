import type { Step } from '../../core/plan.ts';
import { sanitize } from '../../core/sanitize.ts';
import type { DifferenceSource, StateDifference } from '../../core/state-difference.ts';
import { kindWords, nounCount } from '../../core/words.ts';
import { nameAccounts } from './account-names.ts';
import { askedWords } from './asked-words.ts';
import { countByKind } from './wording.ts';

/** `12 things differ: 2 users and 10 assignments.` Access in a part can differ by what is not in it. */
export function differenceLead({ ends, access, question }: StateDifference, steps: readonly Step[]): string {
  const isPart = question !== undefined;
  const hasAccess = [access.gained, access.lost, access.edited].some((list) => list.length > 0);
  const outside =
    isPart && hasAccess ? ' Access in it can differ by what is not in it, such as members of groups.' : '';
  if (steps.length === 0 && ends.length === 0) {
    return isPart && hasAccess ? `In this part no thing differs.${outside}` : 'No difference.';
  }
  const things = `${nounCount(steps.length, ['thing differs', 'things differ'])}: ${countByKind(steps)}`;
  const parts = [
    ...(steps.length > 0 ? [things] : []),
    ...(ends.length > 0 ? [`${nounCount(ends.length, ['end', 'ends'])} moved`] : []),
  ];
  return `${isPart ? 'In this part ' : ''}${parts.join('; ')}.${outside}`;
}

/** `Only a part was asked for: user hanako.`; nothing where it was everything. */
export const partWords = ({ question, accounts }: StateDifference): string[] =>
  question ? [`Only a part was asked for: ${sanitize(askedWords(question, nameAccounts({ accounts }).nameOf))}.`] : [];

/** That no end was compared, and why: of which sides that is; nothing where they were. */
export const endsRemark = ({
  comparesEnds,
  before,
  after,
}: Pick<StateDifference, 'comparesEnds' | 'before' | 'after'>) =>
  comparesEnds
    ? []
    : [
        `Whether an end was moved is not known: only a file says when access ends, and this compares ${pairWords(before, after)}. Compare two files to see it.`,
      ];

const sideWords: Record<DifferenceSource['type'], string> = {
  live: 'the live state',
  snapshot: 'a snapshot',
  file: 'a file',
  plan: 'a side of a plan',
};

const pairWords = ({ type: before }: DifferenceSource, { type: after }: DifferenceSource): string =>
  before === after
    ? { live: 'the live state', snapshot: 'two snapshots', file: 'one file', plan: 'two sides of plans' }[before]
    : `${sideWords[before]} with ${sideWords[after]}`;

/** `assignment Admin in production to user ann: until 2027-01-31 -> no end` */
export const endTexts = ({ ends }: StateDifference): string[] =>
  ends.map(({ kind, label, before, after }) => {
    const text = (until: string | undefined): string => (until === undefined ? 'no end' : `until ${sanitize(until)}`);
    return `${kindWords(sanitize(kind))} ${sanitize(label)}: ${text(before)} -> ${text(after)}`;
  });
