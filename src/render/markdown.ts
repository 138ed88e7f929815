import type { Names } from '../core/kind.ts';
import type { Plan } from '../core/plan.ts';
import { accessCounts } from './access-view.ts';
import { fitSections, type Omission, type Section } from './fit.ts';
import { inert } from './inert.ts';
import { accessSections } from './markdown-access.ts';
import { code, prose } from './markdown-inline.ts';
import { stepSections } from './markdown-steps.ts';
import { viewPlan, type PlanView } from './view.ts';
import { listOf } from './wording.ts';

export interface MarkdownOptions {
  names: Names;
  /** Characters; GitHub takes 65,536 in a comment. The summary, which is never dropped, takes up to some 1,000. */
  limit?: number;
  /** Where the whole plan is, if something has to be left out: `the job summary`. */
  fullPlanAt?: string;
  /** The flags of this plan without which an apply would find another one. */
  applyFlags?: readonly string[];
}

/** The first line, by which a comment is found again to be updated. */
export const marker = '<!-- idc:plan -->';

/** A plan as GitHub-flavoured Markdown: for a comment on a pull request, or a job summary. */
export function renderMarkdown(plan: Plan, options: MarkdownOptions): string {
  const { names, limit = 60_000, fullPlanAt, applyFlags = [] } = options;
  const view = viewPlan(plan, names);
  const sections: Section[] = [
    ...instance(view),
    ...violations(view),
    ...accessSections(view),
    ...accounts(view),
    ...warnings(view),
    ...stepSections(view.groups),
    ...blocked(view),
    ...leftAlone(view),
  ];
  const head = `${marker}\n${header(view)}`;
  const foot = footer(view, applyFlags);
  const everything = sections.map(({ rowsAre, rows }) => ({ rowsAre, left: rows.length, total: rows.length }));
  // Between two parts is an empty line.
  const fixed = `${head}${foot}${notice(sum(everything), fullPlanAt)}`.length + sections.length + 2;
  const { texts, omissions } = fitSections(sections, limit - fixed);
  return [head, ...texts, notice(omissions, fullPlanAt), foot].filter((text) => text !== '').join('\n');
}

function header({
  violations: refusals,
  hasChanges,
  summary,
  access,
  warnings: list,
  blocked: others,
}: PlanView): string {
  const people = accessCounts(access);
  const [verdict = summary, ...remark] =
    refusals.length === 0 ? sentences(summary) : [`Refused, for ${reasons(refusals.length)}`, summary];
  const lines = [
    ...remark,
    ...(people === undefined ? (hasChanges ? ['Nobody gains or loses access.'] : []) : [`Access: ${people}.`]),
    ...(list.length === 0 ? [] : [list.length === 1 ? '1 warning.' : `${list.length} warnings.`]),
    ...(others.length === 0 ? [] : [others.length === 1 ? '1 blocked change.' : `${others.length} blocked changes.`]),
  ];
  return `## ${verdict.replace(/\.$/, '')}\n${lines.length === 0 ? '' : `\n${lines.join(' ')}\n`}`;
}

const sentences = (text: string): string[] => text.split(/(?<=\.) /);

const reasons = (count: number): string => (count === 1 ? '1 reason' : `${count} reasons`);

const section = (rowsAre: string, open: string, texts: readonly string[], close = ''): Section[] =>
  texts.length === 0 ? [] : [{ rowsAre, open, rows: texts.map((text) => ({ text: `${text}\n` })), close }];

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

const warnings = ({ warnings: list }: PlanView): Section[] =>
  section(
    'warnings',
    '### Warnings\n\n',
    list.map(({ code: name, message, place }) => {
      const where = [name, ...(place === undefined ? [] : [place])].map(code).join(', ');
      return `- ${prose(message)} (${where})`;
    }),
  );

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

function footer({ digest, hasChanges, violations: list, cost }: PlanView, applyFlags: readonly string[]): string {
  if (!hasChanges) return `Nothing to apply. Digest: ${code(digest)}\n`;
  if (list.length > 0) return `An apply refuses it as well. Digest: ${code(digest)}\n`;
  const command = ['idc apply', ...applyFlags.map(inert), '--digest', digest].join(' ');
  return `### To apply exactly this\n\n    ${command}\n${cost === undefined ? '' : `\n${cost}\n`}`;
}

function notice(omissions: readonly Omission[], fullPlanAt: string | undefined): string {
  if (omissions.length === 0) return '';
  const parts = omissions.map(({ rowsAre, left, total }) => `${left} of ${total} ${rowsAre}`);
  const whole =
    fullPlanAt === undefined ? '`idc plan` shows the whole plan' : `The whole plan is in ${prose(fullPlanAt)}`;
  return `**Left out, for its length: ${listOf(parts)}.** ${whole}.\n`;
}

function sum(parts: readonly Omission[]): Omission[] {
  const byName = new Map<string, Omission>();
  for (const { rowsAre, left, total } of parts) {
    const known = byName.get(rowsAre) ?? { rowsAre, left: 0, total: 0 };
    byName.set(rowsAre, { rowsAre, left: known.left + left, total: known.total + total });
  }
  return [...byName.values()];
}
