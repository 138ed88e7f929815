import type { Plan } from '../../core/plan.ts';
import { accessLines } from './access-lines.ts';
import { accessHeading } from '../view/access-words.ts';
import { layOut, type Line, type Tone } from './paint.ts';
import type { DiffLine, FieldView, StepGroup, StepView } from '../view/step-view.ts';
import { adoptedHeading } from '../view/adopted-words.ts';
import { endsHeading, plainSentence, type PlacedSentence } from '../view/findings-view.ts';
import { frozenHeading, goneHeading } from '../view/gone-view.ts';
import { baseRemark, limitSentence, loosenedText, type LimitLine } from '../view/limits-view.ts';
import { leadText, negativesText, refusalText } from '../view/lead.ts';
import { viewPlan, type PlanView, type WarningView } from '../view/view.ts';
import { listOf } from '../view/wording.ts';

export interface TextOptions {
  color: boolean;
  /** Columns of the terminal. */
  width: number;
  /** Tells how old a snapshot is by now. */
  now?: Date;
}

/** A plan for people on a terminal. */
export function renderText(plan: Plan, { color, width, now }: TextOptions): string {
  const view = viewPlan(plan, now);
  const sections = [
    baseLines(plan),
    header(view),
    listed(frozenHeading, view.gone.frozen, 'warn'),
    limitLines(view),
    listed(adoptedHeading, view.adopted, 'warn'),
    access(view),
    listed(endsHeading, view.ends, 'plain'),
    listed(goneHeading, view.gone.ignored, 'plain'),
    ...view.groups.map(groupLines),
    warnings('Risks', view.risks),
    data(view.access),
    warnings('Warnings', view.warnings),
    blocked(view),
    violations(view),
    view.leftAlone.map((text): Line => ({ text, tone: 'quiet' })),
    footer(view),
  ].filter((lines) => lines.length > 0);
  return sections.map((lines) => layOut(lines, { color, width })).join('\n');
}

const tones = {
  '+': 'add',
  '~': 'change',
  '-': 'remove',
  '+/-': 'change',
  '@': 'quiet',
  ' ': 'plain',
} as const satisfies Record<StepView['sign'] | DiffLine['sign'], Tone>;

const heading = (text: string): Line => ({ text, tone: 'heading' });

/** What a plan does to people, in one sentence: repeated where a person is asked to apply it. */
export function renderLead(plan: Plan, { color, width, now }: TextOptions): string {
  const lead = leadText(viewPlan(plan, now));
  return lead === undefined ? '' : layOut([heading(`${lead}.`)], { color, width });
}

/** The accounts in the header; it must not push the access out of sight. */
const headerAccounts = 6;

function header(view: PlanView): Line[] {
  const { instance, region, source, accounts } = view;
  const refusal = refusalText(view);
  const lead = [...(refusal === undefined ? [] : [`refused: ${refusal}`]), leadText(view) ?? []].flat().join('; ');
  const negatives = negativesText(view);
  return [
    heading(`Plan for ${instance} in ${region}${lead === '' ? '' : `: ${lead}.`}`),
    ...(negatives === undefined ? [] : [{ text: negatives }]),
    ...(source === undefined ? [] : [{ text: source }]),
    ...(accounts.length > 0 ? [{ text: `Accounts: ${listOf(accounts, headerAccounts)}` }] : []),
  ];
}

/** The lead says who gains and who loses; here they are in full. */
function access({ access: view }: PlanView): Line[] {
  const lines = accessLines(view);
  return lines.length === 0 ? [] : [heading(accessHeading), ...lines];
}

/** On what the edits and the risks above rest. */
const data = ({ data: text }: PlanView['access']): Line[] => (text === undefined ? [] : [{ text, tone: 'quiet' }]);

/** Only where one was given: a plan on a terminal is mostly made without. */
function baseLines({ base }: Plan): Line[] {
  const remark = base && baseRemark({ base });
  return remark === undefined ? [] : [{ text: remark, tone: 'warn' }];
}

/** None is ever left out. */
function limitLines({ limits }: PlanView): Line[] {
  if (!limits) return [];
  return [heading(`Limits of the file, against ${limits.base}`), ...limits.lines.map(limitLine)];
}

const limitLine = (limit: LimitLine): Line => ({
  indent: 2,
  ...(limit.loosens ? { sign: '!', tone: 'warn' } : { sign: '~', tone: 'change' }),
  text: limitSentence(limit),
});

/** How many sentences stand under one heading. */
const longest = 20;

function listed(title: string, sentences: readonly PlacedSentence[], tone: Tone): Line[] {
  if (sentences.length === 0) return [];
  const end = sentences.length <= longest + 1 ? sentences.length : longest;
  const rest = sentences.length - end;
  return [
    heading(title),
    ...sentences
      .slice(0, end)
      .map((one): Line => ({ indent: 2, sign: tone === 'warn' ? '!' : '*', tone, text: plainSentence(one) })),
    ...(rest > 0 ? [{ indent: 4, text: `… and ${rest} more; --format json lists all`, tone: 'quiet' } as const] : []),
  ];
}

/** A kind's heading, and its steps with their changes. */
export function groupLines({ heading: text, steps }: StepGroup): Line[] {
  return [heading(text), ...steps.flatMap(stepLines)];
}

function stepLines({ sign, label, note, fields }: StepView): Line[] {
  return [
    { indent: 2, sign, tone: tones[sign], text: note === undefined ? label : `${label} (${note})` },
    ...fields.flatMap(fieldLines),
  ];
}

function fieldLines(field: FieldView): Line[] {
  const head: Line = { indent: 6, sign: field.sign, tone: tones[field.sign], text: field.name };
  if (field.type === 'value') {
    const values = [field.before, field.after].filter((value) => value !== undefined);
    return [{ ...head, text: `${field.name}: ${values.join(' -> ')}` }];
  }
  if (field.type === 'document') return [head, ...field.lines.map(diffLine)];
  const entries = (sign: '+' | '-', texts: string[]): Line[] =>
    texts.map((text) => ({ indent: 10, sign, tone: tones[sign], text }));
  return [head, ...entries('+', field.added), ...entries('-', field.removed)];
}

const diffLine = ({ sign, text }: DiffLine): Line =>
  sign === '@' ? { indent: 10, text, tone: 'quiet' } : { indent: 10, sign, tone: tones[sign], text, breaks: 'columns' };

function warnings(title: string, list: readonly WarningView[]): Line[] {
  if (list.length === 0) return [];
  return [
    heading(title),
    ...list.map(({ code, message, place }): Line => {
      const text = `${message} [${code}]${place === undefined ? '' : ` ${place}`}`;
      return { indent: 2, sign: '!', tone: 'warn', text };
    }),
  ];
}

function blocked({ blocked: list }: PlanView): Line[] {
  if (list.length === 0) return [];
  const count = list.length === 1 ? '1 change' : `${list.length} changes`;
  return [
    heading(`Blocked: ${count} that these credentials can't make`),
    ...list.flatMap(({ what, reason }): Line[] => [
      { indent: 2, sign: '!', tone: 'warn', text: what },
      { indent: 6, text: reason },
    ]),
  ];
}

function violations({ violations: list }: PlanView): Line[] {
  if (list.length === 0) return [];
  return [
    { text: list.length === 1 ? 'Refused' : `Refused for ${list.length} reasons`, tone: 'bad' },
    ...list.flatMap(({ code, message, allow }): Line[] => [
      { indent: 2, sign: '✗', tone: 'bad', text: `${message} [${code}]` },
      { indent: 6, text: `To allow it: ${allow}` },
    ]),
  ];
}

function footer({ cost, summary, digest, limits }: PlanView): Line[] {
  const loosened = loosenedText(limits);
  return [
    ...(cost === undefined ? [] : [{ text: `Applying it takes ${cost}.`, tone: 'quiet' } as const]),
    heading(loosened === undefined ? summary : `${summary} ${loosened}`),
    // Whole even where it is wider than the terminal: it is there to be copied.
    { text: `Digest: ${digest}`, tone: 'quiet', breaks: 'never' },
  ];
}
