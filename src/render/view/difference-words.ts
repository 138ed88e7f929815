import type { Step } from '../../core/plan.ts';
import { sanitize } from '../../core/sanitize.ts';
import type { StateDifference } from '../../core/state-difference.ts';
import { kindWords } from '../../core/words.ts';
import { askedWords } from './asked-words.ts';
import { countByKind } from './wording.ts';

/** `12 things differ: 2 users and 10 assignments.` */
export function differenceLead({ ends }: StateDifference, steps: readonly Step[]): string {
  if (steps.length === 0 && ends.length === 0) return 'No difference.';
  const moved = ends.length === 0 ? '' : `; ${ends.length === 1 ? '1 end' : `${ends.length} ends`} moved`;
  return `${steps.length === 1 ? '1 thing differs' : `${steps.length} things differ`}${steps.length === 0 ? '' : `: ${countByKind(steps)}`}${moved}.`;
}

/** `Only a part was asked for: user hanako.`; nothing where it was everything. */
export const partWords = ({ question }: StateDifference): string[] =>
  question ? [`Only a part was asked for: ${sanitize(askedWords(question))}.`] : [];

/** `assignment Admin in production to user ann: until 2027-01-31 -> no end` */
export const endTexts = ({ ends }: StateDifference): string[] =>
  ends.map(({ kind, label, before, after }) => {
    const text = (until: string | undefined): string => (until === undefined ? 'no end' : `until ${sanitize(until)}`);
    return `${kindWords(sanitize(kind))} ${sanitize(label)}: ${text(before)} -> ${text(after)}`;
  });
