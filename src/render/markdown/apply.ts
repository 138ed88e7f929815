import { markerLine } from '../../core/marker.ts';
import type { Plan } from '../../core/plan.ts';
import { headline, isComplete, type ApplyOutcome } from '../text/apply-summary.ts';
import type { Section } from './truncate.ts';
import { truncateDocument, type DocumentOptions } from './document.ts';
import { code, link, prose } from './inline.ts';
import { countActions, stepSections } from './steps.ts';
import { warningSections } from './warnings.ts';
import { heading, section, type MarkdownOptions } from './plan.ts';
import { failureText, skipText } from '../text/progress.ts';
import { groupSteps } from '../view/step-view.ts';
import { nameAccounts } from '../view/account-names.ts';
import { viewPlan, viewWarning } from '../view/view.ts';
import { done } from '../view/wording.ts';

export interface ApplyMarkdownOptions extends DocumentOptions, Pick<MarkdownOptions, 'marker' | 'note' | 'filesUrl'> {
  /** What was carried out. */
  plan: Plan;
}

/** How an apply ended, as GitHub-flavoured Markdown: for a comment on the pull request that was merged. */
export function renderApplyMarkdown(outcome: ApplyOutcome, options: ApplyMarkdownOptions): string {
  const { succeeded, failed, skipped, notices } = outcome;
  const { plan, marker = 'apply', note, filesUrl } = options;
  const sections: Section[] = [
    ...section(
      'failures',
      '### Failed\n\n',
      failed.map(({ step, message }) => `- ${prose(failureText(step, message))}`),
    ),
    ...section(
      'skipped changes',
      '### Skipped\n\n',
      skipped.map(({ step, because }) => `- ${prose(skipText(step, because))}`),
    ),
    ...warningSections('To do by hand', notices.map(viewWarning), { filesUrl }),
    ...stepSections(groupSteps(succeeded, plan.notes, nameAccounts(plan).nameOf), {
      title: 'Changes made',
      isOpen: true,
      count: (steps) => countActions(steps, (action) => done[action]),
    }),
  ];
  // Also the pull request hears of it whose change another one has taken back.
  const title = plan.steps.length === 0 ? viewPlan(plan).summary : headline(outcome);
  const next = isComplete(outcome)
    ? ''
    : '"Re-run all jobs" continues with the remaining changes, after an approval of their plan.\n\n';
  const run = options.runUrl === undefined ? '' : ` by ${link('this workflow run', options.runUrl)}`;
  return truncateDocument(
    {
      head: `${markerLine(marker, plan.file)}\n${heading(title, plan.file)}${note === undefined ? '' : `\n${prose(note)}\n`}`,
      sections,
      foot: `${next}${plan.steps.length === 0 ? 'Checked' : 'Applied'}${run}. Digest: ${code(plan.digest)}, run ID: ${code(outcome.runId)} (search CloudTrail for it in \`userAgent\`).\n`,
    },
    options,
  );
}
