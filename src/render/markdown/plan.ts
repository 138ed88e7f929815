import { markerLine } from '../../core/marker.ts';
import type { Plan } from '../../core/plan.ts';
import type { PlanDifference } from '../../core/plan-difference.ts';
import { accessCounts } from '../view/access-words.ts';
import type { Section } from './truncate.ts';
import { adoptedHeading } from '../view/adopted-words.ts';
import { endsHeading } from '../view/findings-view.ts';
import { frozenHeading, goneHeading } from '../view/gone-view.ts';
import {
  accessHeading,
  forbiddenHeading,
  limitsHeading,
  lostNamesHeading,
  viewDifference,
} from '../view/difference-view.ts';
import { sanitize } from '../../core/sanitize.ts';
import { accessSections } from './access.ts';
import { truncateDocument, type DocumentOptions } from './document.ts';
import { code, prose } from './inline.ts';
import { limitSections } from './limits.ts';
import { stepSections } from './steps.ts';
import { warningSections } from './warnings.ts';
import { baseRemark } from '../view/limits-view.ts';
import { viewPlan, type PlanView } from '../view/view.ts';
import { listOf } from '../view/wording.ts';

export interface MarkdownOptions extends DocumentOptions {
  /** The word in the first line, by which a comment is found again. */
  marker?: string;
  /** A sentence under the heading. */
  note?: string;
  /** Tells how old a snapshot is by now. */
  now?: Date;
  /** Where the planned files are, so that their lines are links: `https://github.com/ORG/REPO/blob/SHA`. */
  filesUrl?: string;
  /** How the plan differs from the one that was reviewed. */
  difference?: PlanDifference | undefined;
  /** The flags of this plan without which an apply would find another one. */
  applyFlags?: readonly string[];
}

/** A plan as GitHub-flavoured Markdown: for a comment on a pull request, or a job summary. */
export function renderMarkdown(plan: Plan, options: MarkdownOptions = {}): string {
  const { limit, runUrl, marker = 'plan', note, now, filesUrl, difference, applyFlags = [] } = options;
  const view = viewPlan(plan, now);
  const sections: Section[] = [
    ...listed(frozenHeading, view.gone.frozen),
    ...limitSections(view.limits),
    ...instance(view),
    ...violations(view),
    ...differences(difference, plan),
    ...listed(adoptedHeading, view.adopted),
    ...accessSections(view, filesUrl),
    ...listed(endsHeading, view.ends),
    ...listed(goneHeading, view.gone.ignored),
    ...accounts(view),
    ...warningSections(view, undefined, filesUrl),
    ...stepSections(view.groups),
    ...blocked(view),
    ...leftAlone(view),
  ];
  const remarks = [view.source, note === undefined ? undefined : prose(note)].flatMap((text) =>
    text === undefined ? [] : [`\n${text}\n`],
  );
  const { file } = plan;
  const head = `${markerLine(marker, file)}\n${header(view, plan, difference !== undefined)}${remarks.join('')}`;
  const foot = footer(view, applyFlags);
  return truncateDocument({ head, sections, foot }, { limit, runUrl });
}

function differences(difference: PlanDifference | undefined, plan: Plan): Section[] {
  if (difference === undefined) return [];
  const { forbidden, gone, limits, access, parts } = viewDifference(difference, plan);
  return [
    ...listed(lostNamesHeading, gone),
    ...section(
      'limits',
      `### ${limitsHeading}\n\n`,
      limits.map((text) => `- ${prose(text)}`),
    ),
    ...section(
      'reasons',
      `### ${forbiddenHeading}\n\n`,
      forbidden.map((text) => `- ${prose(text)}`),
    ),
    ...section(
      'rows of other access',
      `### ${accessHeading}\n\n`,
      access.map((text) => `- ${prose(text)}`),
    ),
    ...parts.flatMap(({ heading, isPaired, groups }) =>
      isPaired ? stepSections(groups, heading, (steps) => String(steps.length / 2)) : stepSections(groups, heading),
    ),
  ];
}

function header(
  { violations: refusals, hasChanges, summary, access, warnings: list, blocked: others }: PlanView,
  plan: Plan,
  differs: boolean,
): string {
  const unknown = baseRemark(plan);
  const people = accessCounts(access);
  const verdicts = [
    ...(refusals.length === 0 ? [] : [`Refused, for ${reasons(refusals.length)}`]),
    ...(differs ? ['Not the plan that was reviewed.'] : []),
  ];
  const [verdict = summary, ...remark] = verdicts.length === 0 ? sentences(summary) : [...verdicts, summary];
  const lines = [
    ...remark,
    ...(people === undefined
      ? hasChanges
        ? ['Nobody gains or loses a permission set.']
        : []
      : [`Access: ${people}.`]),
    ...(list.length === 0 ? [] : [list.length === 1 ? '1 warning.' : `${list.length} warnings.`]),
    ...(others.length === 0 ? [] : [others.length === 1 ? '1 blocked change.' : `${others.length} blocked changes.`]),
  ];
  const first = unknown === undefined ? '' : `\n${prose(unknown)}\n`;
  return `${heading(verdict, plan.file)}${first}${lines.length === 0 ? '' : `\n${lines.join(' ')}\n`}`;
}

/** Of several files in one repository, each says which it is about. */
export const heading = (verdict: string, file: string | undefined): string =>
  `## ${verdict.replace(/\.$/, '')}${file === undefined ? '' : ` (${code(sanitize(file))})`}\n`;

const sentences = (text: string): string[] => text.split(/(?<=\.) /);

const reasons = (count: number): string => (count === 1 ? '1 reason' : `${count} reasons`);

/** A list that may be shortened; nothing where it is empty. */
export const section = (rowsAre: string, open: string, texts: readonly string[], close = ''): Section[] =>
  texts.length === 0 ? [] : [{ rowsAre, open, rows: texts.map((text) => ({ text: `${text}\n` })), close }];

const listed = (title: string, sentences: readonly string[]): Section[] =>
  section(
    'remarks',
    `### ${title}\n\n`,
    sentences.map((text) => `- ${prose(text)}`),
  );

const instance = ({ title }: PlanView): Section[] => section('remarks', '', [`${prose(title)}.`]);

const violations = ({ violations: list }: PlanView): Section[] =>
  section(
    'reasons',
    '### Why it is refused\n\n',
    list.map((entry) => `- ${prose(entry.message)} (${code(entry.code)})\n  - To allow it: ${prose(entry.allow)}`),
  );

/** The accounts that one line spells out. */
const accountsInLine = 5;

function accounts({ accounts: all }: PlanView): Section[] {
  if (all.length <= accountsInLine)
    return section('accounts', 'Accounts: ', all.length === 0 ? [] : [listOf(all.map(code))]);
  return section(
    'accounts',
    `<details><summary>${all.length} accounts</summary>\n\n`,
    all.map((account) => `- ${code(account)}`),
    '\n</details>\n',
  );
}

const blocked = ({ blocked: list }: PlanView): Section[] =>
  section(
    'blocked changes',
    "### Blocked: can't be made from here\n\n",
    list.map(({ what, reason }) => `- ${code(what)}: ${prose(reason)}`),
  );

const leftAlone = ({ leftAlone: list }: PlanView): Section[] =>
  section(
    'remarks',
    '### Outside this plan\n\n',
    list.map((text) => `- ${prose(text)}`),
  );

function footer(
  { digest, hasChanges, limits, violations: list, cost }: PlanView,
  applyFlags: readonly string[],
): string {
  if (!hasChanges) {
    const isLooser = limits?.lines.some(({ loosens }) => loosens);
    return `Nothing to apply${isLooser ? ', but the limits need a review' : ''}. Digest: ${code(digest)}\n`;
  }
  if (list.length > 0) return `An apply refuses it as well. Digest: ${code(digest)}\n`;
  const command = ['idc apply', ...applyFlags.map(sanitize), '--digest', digest].join(' ');
  return `### To apply exactly this\n\n    ${command}\n${cost === undefined ? '' : `\n${cost}\n`}`;
}
