import { structuredPatch } from 'diff';
import { partsOf, type Address } from '../../core/address.ts';
import { endText } from '../../core/expiry.ts';
import type { Note } from '../../core/findings.ts';
import type { Action, Expired, FieldChange, Reclaim, Step } from '../../core/plan.ts';
import { reasonText } from './access-words.ts';
import { inheritedText } from './inherited-words.ts';
import { sanitize } from '../../core/sanitize.ts';
import { kindWords, pluralOf } from '../../core/words.ts';
import { kindHeading, listOf } from './wording.ts';

export type Sign = '+' | '~' | '-';

/** A line of a document's diff; `@` says where in the document the lines after it stand. */
export interface DiffLine {
  sign: '+' | '-' | ' ' | '@';
  text: string;
}

export type FieldView =
  | { type: 'value'; sign: Sign; name: string; before: string | undefined; after: string | undefined }
  | { type: 'set'; sign: Sign; name: string; added: string[]; removed: string[] }
  | { type: 'document'; sign: Sign; name: string; lines: DiffLine[] };

export interface StepView {
  action: Action;
  /** `+/-` replaces another one, which is deleted after it. */
  sign: Sign | '+/-';
  label: string;
  /** What becomes of the other half of a replacement; what a membership carries; why it ends. */
  note?: string;
  fields: FieldView[];
}

export interface StepGroup {
  heading: string;
  steps: StepView[];
}

const signs = { create: '+', update: '~', delete: '-' } as const satisfies Record<Action, Sign>;

/**
 * Steps by kind, in the order in which the plan has them.
 * @param remarks what else is to know of steps, by their ids
 */
export function groupSteps(
  steps: readonly Step[],
  notes: readonly Note[],
  accountName: (id: string) => string,
  remarks: ReadonlyMap<Address, string> = new Map(),
): StepGroup[] {
  const notesOf = new Map(notes.flatMap((note) => note.steps.map((id) => [id, note])));
  const labels = new Map(steps.map(({ id, label }) => [id, sanitize(label)]));
  const groups = new Map<string, StepView[]>();
  for (const step of steps) {
    const group = groups.get(step.kind);
    const view = viewStep(
      step,
      notesOf.get(step.id),
      (address) => labels.get(address) ?? sanitize(partsOf(address).key.join('/')),
      accountName,
      remarks.get(step.id),
    );
    if (group) group.push(view);
    else groups.set(step.kind, [view]);
  }
  return [...groups].map(([kind, views]) => ({ heading: kindHeading(kind), steps: views }));
}

const reclaimWords: Record<Reclaim, string> = {
  base: 'ignored by name; the file before asked for it',
  begun: 'ignored by name; an apply that did not finish may have granted it',
  pair: 'ignored until now',
};

function viewStep(
  step: Step,
  note: Note | undefined,
  labelOf: (address: string) => string,
  accountName: (id: string) => string,
  remark: string | undefined,
): StepView {
  const { action, label, replaces, replacedBy, until, reclaimed, expired, changes, places = [] } = step;
  const reasons = [...new Set(places.flatMap(({ reason }) => (reason === undefined ? [] : [reasonText(reason)])))];
  const notes = [
    ...(replaces === undefined
      ? []
      : [`replaces ${labelOf(replaces)}, since ${pluralOf(kindWords(sanitize(step.kind)))} can't be renamed`]),
    ...(replacedBy === undefined ? [] : [`deleted after ${labelOf(replacedBy)} replaces it`]),
    ...(expired === undefined ? [] : [`expired ${listOf([...new Set(expired.map(expiredText))], 3)}`]),
    ...(reclaimed === undefined ? [] : [reclaimWords[reclaimed]]),
    ...(until === undefined ? [] : [`until ${until}`]),
    ...(reasons.length === 0 ? [] : [`for ${listOf(reasons, 3)}`]),
    ...(remark === undefined ? [] : [remark]),
    ...(note ? [inheritedText(note.grants, accountName, note.applications)] : []),
  ];
  return {
    action,
    sign: replaces === undefined ? signs[action] : '+/-',
    label: sanitize(label),
    ...(notes.length > 0 && { note: notes.join('; ') }),
    fields: changes.map(viewField),
  };
}

/** `at the end of 2027-01-31 (UTC), identity.yaml:12`. */
const expiredText = ({ until, place }: Expired): string =>
  sanitize(`${endText(until)}${place === undefined ? '' : `, ${place.file}:${place.line}`}`);

function viewField(change: FieldChange): FieldView {
  const name = sanitize(change.field);
  if (change.type === 'set') {
    const { added, removed } = change;
    const sign = removed.length === 0 ? '+' : added.length === 0 ? '-' : '~';
    return { type: 'set', sign, name, added: added.map(quoteIfUnclear), removed: removed.map(quoteIfUnclear) };
  }
  const { type, before, after } = change;
  const sign = signOf(before, after);
  return type === 'value'
    ? { type, sign, name, before: plainValue(before), after: plainValue(after) }
    : { type, sign, name, lines: diffDocument(before, after) };
}

function signOf(before: string | null, after: string | null): Sign {
  if (before === null) return '+';
  return after === null ? '-' : '~';
}

const plainValue = (value: string | null): string | undefined => (value === null ? undefined : quoteIfUnclear(value));

/** Not `sanitizeName`: a comma is nothing unusual in a value, and nothing is listed after it. */
function quoteIfUnclear(value: string): string {
  const text = sanitize(value);
  return text === '' || text.trim() !== text || text.includes(' -> ') ? `"${text}"` : text;
}

/** A unified diff of the lines; of a document that comes or goes as a whole, all lines. */
export function diffDocument(before: string | null, after: string | null): DiffLine[] {
  if (before === null || after === null) {
    const sign = before === null ? '+' : '-';
    return (before ?? after ?? '').split('\n').map((text) => ({ sign, text: sanitize(text) }));
  }
  // With a last line break on both sides there is no remark about a missing one.
  const { hunks } = structuredPatch('', '', `${before}\n`, `${after}\n`, undefined, undefined, { context: 3 });
  return hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines }): DiffLine[] => [
    { sign: '@', text: `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@` },
    ...lines.map((line) => ({ sign: line.charAt(0) as DiffLine['sign'], text: sanitize(line.slice(1)) })),
  ]);
}
