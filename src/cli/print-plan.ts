import { comparePlans, lessThan, type PlanDifference } from '../core/plan-difference.ts';
import type { Plan } from '../core/plan.ts';
import { shellWord } from '../core/words.ts';
import { planJson } from '../render/json.ts';
import { renderMarkdown } from '../render/markdown/plan.ts';
import { renderText } from '../render/text/text.ts';
import { renderDifference, renderLess } from '../render/text/text-difference.ts';
import { wantsColor, type CommonFlags, type Io } from './io.ts';
import { readPlan } from '../planner/saved-plan.ts';

/** Flags of every command that prints a plan. */
export interface PrintFlags extends CommonFlags {
  format?: 'text' | 'markdown' | 'json';
  /** A saved plan; what is printed says how it differs from this one. */
  reviewed?: string;
  limit?: number;
  runUrl?: string;
  filesUrl?: string;
  marker?: string;
  note?: string;
  pullRequest?: boolean;
}

/** Prints a plan as asked. */
export function printPlan(io: Io, flags: PrintFlags, plan: Plan): void {
  const difference = flags.reviewed === undefined ? undefined : comparePlans(readPlan(flags.reviewed), plan);
  const options = { color: wantsColor(io, flags, io.outIsTerminal), width: io.columns(), now: io.now() };
  const formats = {
    text: () => `${renderText(plan, options)}${differenceText(difference, plan, options)}`,
    markdown: () =>
      renderMarkdown(plan, {
        ...markdownFlags(flags),
        ofPullRequest: flags.pullRequest,
        now: options.now,
        difference,
        applyFlags: applyFlags(plan),
      }),
  };
  if (flags.format === 'json') printJson(io, plan);
  else io.out(formats[flags.format ?? 'text']());
}

/** Piece by piece. */
export function printJson(io: Io, plan: Plan): void {
  for (const piece of planJson(plan)) io.out(piece);
}

export function markdownFlags({ limit, runUrl, filesUrl, marker, note }: PrintFlags) {
  return {
    limit,
    runUrl,
    ...(filesUrl !== undefined && { filesUrl }),
    ...(marker !== undefined && { marker }),
    // A workflow's variable that is empty.
    ...(note && { note }),
  };
}

/** What an apply is to be given, without which it would find another plan. */
function applyFlags({ steps, left, file, base }: Plan): string[] {
  const removesOrphans = steps.some(
    ({ before }) => (before as { orphanId?: unknown } | undefined)?.orphanId !== undefined,
  );
  return [
    // The saved one: it carries later files too, which no revision has together.
    ...(base?.begun ? ['plan.json'] : []),
    ...(file === undefined ? [] : [`--file ${shellWord(file)}`]),
    // Branches move on, and a commit stays.
    ...(base && 'name' in base && !base.begun ? [`--base ${shellWord(base.commit ?? base.name)}`] : []),
    ...(removesOrphans ? ['--orphans'] : []),
    ...(left === undefined ? [] : ['--only expired']),
  ];
}

export function differenceText(
  difference: PlanDifference | undefined,
  plan: Plan,
  options: { color: boolean; width: number },
): string {
  return difference === undefined
    ? ''
    : `\nThis is not the reviewed plan.\n\n${renderDifference(difference, plan, options)}`;
}

/** What the reviewed plan does to people and this one does not; a review of more covers it. */
export function lessText(reviewed: Plan, plan: Plan, options: { color: boolean; width: number }): string {
  const less = lessThan(reviewed, plan);
  return less === undefined ? '' : `\n${renderLess(less, reviewed, options)}`;
}
