import type { Section } from './truncate.ts';
import { htmlProse, longestRun } from './inline.ts';
import type { FieldView, Sign, StepGroup, StepView } from '../view/step-view.ts';
import { listOf } from '../view/wording.ts';

interface StepSectionOptions {
  /** The heading before the first. */
  title: string;
  /** Whether they stand open. */
  isOpen?: boolean;
  /** What the line that is always visible says of the steps. */
  count?: (steps: readonly StepView[]) => string;
}

/**
 * Each kind folded, with its steps as a diff: GitHub colours a line by its first character.
 */
export function stepSections(
  groups: readonly StepGroup[],
  { title, isOpen = false, count = countToDo }: StepSectionOptions,
): Section[] {
  const rows = groups.map(({ steps }) => steps.map(stepText));
  return groups.map(({ heading, steps }, index) => ({
    rowsAre: 'changes',
    open: `${index === 0 ? `### ${title}\n\n` : ''}<details${isOpen ? ' open' : ''}><summary>${htmlProse(heading)}: ${count(steps)}</summary>\n\n`,
    rows: (rows[index] ?? []).map((text) => ({ text, fence: Math.max(3, longestRun(text) + 1) })),
    close: '\n</details>\n',
  }));
}

const countToDo = (steps: readonly StepView[]): string => countActions(steps, (action) => `to ${action}`);

/** `3 to create and 1 to update`. */
export function countActions(steps: readonly StepView[], inWords: (action: StepView['action']) => string): string {
  return listOf(
    (['create', 'update', 'delete'] as const).flatMap((action) => {
      const { length } = steps.filter((step) => step.action === action);
      return length === 0 ? [] : [`${length} ${inWords(action)}`];
    }),
  );
}

const marks = { '+': '+', '-': '-', '~': '!', '+/-': '+' } as const satisfies Record<StepView['sign'], string>;

function stepText({ sign, label, note, fields }: StepView): string {
  const head = `${marks[sign]} ${label}${note === undefined ? '' : ` (${note})`}`;
  return [head, ...fields.flatMap(fieldLines)].map((line) => `${line}\n`).join('');
}

function fieldLines(field: FieldView): string[] {
  const { name, sign } = field;
  if (field.type === 'value') {
    const { before, after } = field;
    return [
      ...(before === undefined ? [] : [indented('-', 1, `${name}: ${before}`)]),
      ...(after === undefined ? [] : [indented('+', 1, `${name}: ${after}`)]),
    ];
  }
  const head = indented(sign, 1, name);
  if (field.type === 'set') {
    return [
      head,
      ...field.removed.map((text) => indented('-', 2, text)),
      ...field.added.map((text) => indented('+', 2, text)),
    ];
  }
  // A hunk's place has a colour of its own, at the beginning of a line only.
  return [head, ...field.lines.map(({ sign: mark, text }) => (mark === '@' ? text : indented(mark, 2, text)))];
}

/** No value begins a line. */
const indented = (sign: Sign | ' ', depth: number, text: string): string =>
  `${sign === ' ' ? ' ' : marks[sign]} ${'    '.repeat(depth)}${text}`;
