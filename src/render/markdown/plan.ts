import { markerLine } from '../../core/marker.ts';
import { isPending, unknownApply, type Plan } from '../../core/plan.ts';
import type { PlanDifference } from '../../core/plan-difference.ts';
import { leadText, negativesText, refusalText } from '../view/lead.ts';
import type { Section } from './truncate.ts';
import { adoptedHeading } from '../view/adopted-words.ts';
import { endsHeading, shownLines, type PlacedSentence } from '../view/findings-view.ts';
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
import { code, htmlProse, placeLink, prose } from './inline.ts';
import { limitSections } from './limits.ts';
import { countActions, stepSections } from './steps.ts';
import { warningSections } from './warnings.ts';
import { baseRemark } from '../view/limits-view.ts';
import { viewPlan, type PlanView } from '../view/view.ts';
import { listOf } from '../view/wording.ts';

export interface MarkdownOptions extends DocumentOptions {
  /** The word in the first line, by which a comment is found again. */
  marker?: string;
  /** Sentences under the heading; of a pull request, what is to know of the file before. */
  note?: string;
  /** It is of a pull request: what becomes of its merge is said. */
  ofPullRequest?: boolean | undefined;
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
  const { limit, runUrl, marker = 'plan', note, ofPullRequest, now, filesUrl, difference, applyFlags = [] } = options;
  const view = viewPlan(plan, now);
  const sections: Section[] = [
    ...violations(view),
    ...differences(difference, plan),
    ...listed(frozenHeading, view.gone.frozen, filesUrl),
    ...limitSections(view.limits, filesUrl),
    ...listed(adoptedHeading, view.adopted, filesUrl),
    ...accessSections(view, filesUrl),
    ...listed(endsHeading, view.ends, filesUrl),
    ...listed(goneHeading, view.gone.ignored, filesUrl),
    ...warningSections('Risks', view.risks, { filesUrl }),
    ...data(view),
    ...blocked(view),
    ...warningSections('Warnings', view.warnings, { filesUrl, isFolded: view.warnings.length > openWarnings }),
    ...accounts(view),
    ...stepSections(view.groups, { title: stepsTitle(view) }),
    ...leftAlone(view),
  ];
  // The note of a pull request says why there is no file before, or what is to know of the runs since.
  const unknown = baseRemark(plan, ofPullRequest ? note : undefined);
  const isToldAbove = note !== undefined && unknown?.startsWith(sanitize(note));
  const notes = [...(note === undefined || isToldAbove ? [] : [note]), ...(ofPullRequest ? [mergeText(plan)] : [])];
  const remarks = [view.source, notes.length === 0 ? undefined : prose(notes.join(' '))].flatMap((text) =>
    text === undefined ? [] : [`\n${text}\n`],
  );
  const { file } = plan;
  const head = `${markerLine(marker, file)}\n${header(view, { file, unknown, differs: difference !== undefined })}${remarks.join('')}`;
  const foot = footer(view, applyFlags);
  return truncateDocument({ head, sections, foot }, { limit, runUrl });
}

/** What the merge of a pull request with this plan does. */
function mergeText(plan: Plan): string {
  if (plan.violations.length > 0) return 'Merging applies nothing while the plan is refused.';
  if (unknownApply(plan)) return 'Merging waits for an approval, since it is unknown what an earlier apply did.';
  if (plan.steps.length > 0) return 'Merging applies exactly this, or asks again.';
  return isPending(plan)
    ? 'Merging changes nothing now, and asks again unless this was reviewed.'
    : 'Merging changes nothing.';
}

function differences(difference: PlanDifference | undefined, plan: Plan): Section[] {
  if (difference === undefined) return [];
  const { forbidden, gone, limits, access, parts } = viewDifference(difference, plan);
  return [
    ...section(
      'remarks',
      `### ${lostNamesHeading}\n\n`,
      gone.map((text) => `- ${prose(text)}`),
    ),
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
    ...parts.flatMap(({ heading: title, isPaired, groups }) =>
      stepSections(groups, {
        title,
        isOpen: true,
        ...(isPaired && { count: (steps) => String(steps.length / 2) }),
      }),
    ),
  ];
}

/** What a reviewer reads first: what becomes of it, and what need not be looked for. */
function header(
  view: PlanView,
  { file, unknown, differs }: { file: string | undefined; unknown: string | undefined; differs: boolean },
): string {
  const [verdict, lines] = verdictOf(view, differs);
  const negatives = negativesText(view);
  return [
    heading(prose(verdict), file),
    ...[unknown, ...lines, negatives].flatMap((text) => (text === undefined ? [] : [`\n${prose(text)}\n`])),
  ].join('');
}

function verdictOf(view: PlanView, differs: boolean): [verdict: string, lines: string[]] {
  const refusal = refusalText(view);
  const lead = leadText(view);
  const summary = view.hasChanges ? [] : [view.summary];
  const otherwise = lead === undefined ? summary : [`It would do this: ${lead}.`, ...summary];
  if (refusal !== undefined) return [`Refused: ${refusal}`, [...(differs ? [notReviewed] : []), ...otherwise]];
  if (differs) return [notReviewed, otherwise];
  return lead === undefined
    ? ['No changes', summary.map((text) => text.replace(/^No changes\. /, ''))]
    : [`Plan: ${lead}`, summary];
}

const notReviewed = 'This is not the reviewed plan.';

/**
 * Of several files in one repository, each says which it is about.
 * @param verdict Markdown
 */
export const heading = (verdict: string, file: string | undefined): string =>
  `## ${verdict.replace(/\.$/, '')}${file === undefined ? '' : ` (${code(sanitize(file))})`}\n`;

/** A list that may be shortened; nothing where it is empty. */
export const section = (rowsAre: string, open: string, texts: readonly string[], close = ''): Section[] =>
  texts.length === 0 ? [] : [{ rowsAre, open, rows: texts.map((text) => ({ text: `${text}\n` })), close }];

const listed = (title: string, sentences: readonly PlacedSentence[], filesUrl?: string): Section[] =>
  section(
    'remarks',
    `### ${title}\n\n`,
    sentences.map((one) => `- ${linked(one, filesUrl)}`),
  );

function linked({ text, places, rest }: PlacedSentence, filesUrl?: string): string {
  const links = places.map((place) => placeLink(`${place.file}:${place.line}`, place, filesUrl));
  return `${prose(text)}${links.length === 0 ? '' : ` (${listOf(links, shownLines)})`}${rest === undefined ? '' : prose(rest)}`;
}

const violations = ({ violations: list }: PlanView): Section[] =>
  section(
    'reasons',
    '### Why it is refused\n\n',
    list.map((entry) => `- ${prose(entry.message)} (${code(entry.code)})\n  - To allow it: ${prose(entry.allow)}`),
  );

/** The warnings that stand open. */
const openWarnings = 3;

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

/** On what the edits and the risks above rest. */
const data = ({ access }: PlanView): Section[] =>
  section('remarks', '', access.data === undefined ? [] : [`<sub>${htmlProse(access.data)}</sub>`]);

const blocked = ({ blocked: list }: PlanView): Section[] =>
  section(
    'blocked changes',
    "### Blocked: these credentials can't make these changes\n\n",
    list.map(({ what, reason }) => `- ${code(what)}: ${prose(reason)}`),
  );

const leftAlone = ({ leftAlone: list }: PlanView): Section[] =>
  section(
    'remarks',
    '### Outside this plan\n\n',
    list.map((text) => `- ${prose(text)}`),
  );

/** `Steps: 3 to create and 1 to update (about 9 calls to AWS, 3 seconds)` */
const stepsTitle = ({ groups, cost }: PlanView): string =>
  `Steps: ${countActions(
    groups.flatMap(({ steps }) => steps),
    (action) => `to ${action}`,
  )}${cost === undefined ? '' : ` (${cost})`}`;

function footer(view: PlanView, applyFlags: readonly string[]): string {
  const { digest, hasChanges, limits, adopted, violations: list, instance, region } = view;
  const command = ['idc apply', ...applyFlags.map(sanitize), '--digest', digest].join(' ');
  const isLooser = limits?.lines.some(({ loosens }) => loosens) ?? false;
  const toReview = [...(isLooser ? ['the limits'] : []), ...(adopted.length > 0 ? ['the adopted access'] : [])];
  const review = toReview.length === 0 ? '' : `Nothing to apply, but ${listOf(toReview)} must be reviewed.\n\n`;
  const what = hasChanges
    ? list.length > 0
      ? 'An apply refuses this plan too.\n\n'
      : `<details><summary>To apply exactly this</summary>\n\n    ${command}\n\n</details>\n\n`
    : review;
  return `${what}<sub>${code(instance)} in ${code(region)}, digest ${code(digest)}</sub>\n`;
}
