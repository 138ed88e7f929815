import type { Action, Step, Warning } from '../../core/plan.ts';
import { summarize } from '../../core/plan.ts';
import { sanitizeJson } from '../../core/sanitize.ts';
import { layOut, type Line, type Tone } from './paint.ts';
import { failureText, skipText } from './progress.ts';
import { viewWarning } from '../view/view.ts';
import { countByKind, done, elapsed } from '../view/wording.ts';

/** How an apply ended. */
export interface ApplyOutcome {
  succeeded: Step[];
  failed: { step: Step; message: string }[];
  skipped: { step: Step; because: Step | 'interrupted' }[];
  milliseconds: number;
  /** In the user agent of every call, and so in CloudTrail. */
  runId: string;
  /** Something was granted that `ignore` hides by a name. */
  leavesHidden?: boolean;
  /** What people have to do now, because no API does it. */
  notices: Warning[];
}

export interface SummaryOptions {
  color: boolean;
  width: number;
}

const lines = {
  create: { sign: '+', tone: 'add' },
  update: { sign: '~', tone: 'change' },
  delete: { sign: '-', tone: 'remove' },
} as const satisfies Record<Action, { sign: string; tone: Tone }>;

/** What was done, what failed and why, what to do by hand, and last what is left. */
export function renderApplySummary(outcome: ApplyOutcome, options: SummaryOptions): string {
  const { succeeded, failed, skipped, notices } = outcome;
  const sections: Line[][] = [
    [
      { text: headline(outcome), tone: 'heading' },
      ...(Object.keys(lines) as Action[]).flatMap((action): Line[] => {
        const steps = succeeded.filter((step) => step.action === action);
        if (steps.length === 0) return [];
        return [{ indent: 2, ...lines[action], text: `${done[action]} ${countByKind(steps)}` }];
      }),
    ],
    section(
      `Failed: ${failed.length}`,
      'bad',
      '✗',
      failed.map(({ step, message }) => failureText(step, message)),
    ),
    byHand(notices),
    [{ text: `Run ID ${outcome.runId} (search CloudTrail for it in userAgent).`, tone: 'quiet' }],
    // Last, where people look.
    [
      ...section(`Skipped: ${skipped.length}`, 'warn', '-', skipTexts(skipped)),
      ...(isComplete(outcome)
        ? []
        : [
            { text: 'Run it again to continue: the new plan has only the remaining changes.' },
            ...(outcome.leavesHidden ? [{ text: goBack }] : []),
          ]),
    ],
  ];
  return sections
    .filter((section) => section.length > 0)
    .map((section) => layOut(section, options))
    .join('\n');
}

const goBack =
  'To go back to the file before instead, plan it with --base and this file: what was granted goes then, also where ignore hides it by a name.';

function section(heading: string, tone: Tone, sign: string, texts: string[]): Line[] {
  if (texts.length === 0) return [];
  return [{ text: heading, tone: 'heading' }, ...texts.map((text): Line => ({ indent: 2, sign, tone, text }))];
}

/** What waits for a failure is named; of what an interruption has left, the progress has named each, and here it is counted. */
function skipTexts(skipped: ApplyOutcome['skipped']): string[] {
  const interrupted = skipped.flatMap(({ step, because }) => (because === 'interrupted' ? [step] : []));
  return [
    ...skipped.flatMap(({ step, because }) => (because === 'interrupted' ? [] : [skipText(step, because)])),
    ...(interrupted.length > 0 ? [`${countByKind(interrupted)}, because the run was interrupted`] : []),
  ];
}

function byHand(notices: readonly Warning[]): Line[] {
  if (notices.length === 0) return [];
  return [
    { text: 'To do by hand', tone: 'heading' },
    ...notices.map(viewWarning).map(({ message, place }): Line => ({
      indent: 2,
      sign: '!',
      tone: 'warn',
      text: place === undefined ? message : `${message} ${place}`,
    })),
  ];
}

/** Nothing failed, and nothing was left out. */
export const isComplete = ({ failed, skipped }: ApplyOutcome): boolean => failed.length === 0 && skipped.length === 0;

/** `Done: 3 created, 1 updated, 0 deleted, in 8s.`, or that it is incomplete. */
export function headline(outcome: ApplyOutcome): string {
  const { create, update, delete: deleted } = summarize(outcome.succeeded);
  const counts = `${create} created, ${update} updated, ${deleted} deleted`;
  return isComplete(outcome)
    ? `Done: ${counts}, in ${elapsed(outcome.milliseconds)}.`
    : `Incomplete: ${counts}, ${outcome.failed.length} failed, ${outcome.skipped.length} skipped, in ${elapsed(outcome.milliseconds)}.`;
}

/** The same as one JSON document. */
export function renderApplyJson(outcome: ApplyOutcome): string {
  const { succeeded, failed, skipped, milliseconds, runId, notices } = outcome;
  const brief = ({ id, action, kind, label }: Step) => ({ id, action, kind, label });
  const document = {
    complete: isComplete(outcome),
    summary: { ...summarize(succeeded), failed: failed.length, skipped: skipped.length },
    succeeded: succeeded.map(brief),
    failed: failed.map(({ step, message }) => ({ ...brief(step), message })),
    skipped: skipped.map(({ step, because }) => ({
      ...brief(step),
      because: because === 'interrupted' ? because : because.id,
    })),
    notices,
    runId,
    seconds: milliseconds / 1000,
  };
  return `${sanitizeJson(JSON.stringify(document, null, 2))}\n`;
}
