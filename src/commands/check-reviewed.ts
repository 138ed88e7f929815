import { RefusedError } from '../core/errors.ts';
import { comparePlans, type PlanDifference } from '../core/plan-difference.ts';
import type { Plan } from '../core/plan.ts';
import { renderJson } from '../render/json.ts';
import { renderMarkdown } from '../render/markdown.ts';
import { wantsColor, type Io } from './io.ts';
import { differenceText, markdownFlags, type PrintFlags } from './print-plan.ts';

/** What was reviewed is what is applied, or nothing: prints what differs, and throws. */
export function checkReviewed(
  io: Io,
  flags: PrintFlags & { digest?: string },
  plan: Plan,
  reviewed: readonly Plan[],
): void {
  const elsewhere = reviewed.find(({ instance }) => instance.arn !== plan.instance.arn);
  if (elsewhere) {
    const message = `The reviewed plan is for ${elsewhere.instance.arn}, and this is ${plan.instance.arn}.`;
    printRefusal(io, flags, plan, { note: `Nothing was applied. ${message}` });
    throw new RefusedError(message);
  }
  const differences = reviewed.flatMap((one) => comparePlans(one, plan) ?? []);
  const others = [flags.digest, ...reviewed.map(({ digest }) => digest)].filter(
    (digest) => digest !== undefined && digest !== plan.digest,
  );
  const [difference] = differences;
  if (difference === undefined && others.length === 0) return;

  const note = 'Nothing was applied: this is not what was reviewed. Review this one.';
  printRefusal(io, flags, plan, { note, ...(difference && { difference }) });
  io.err(differenceText(difference, plan, { color: wantsColor(io, flags, io.errIsTerminal), width: io.columns() }));
  throw new RefusedError(
    others.length === 0
      ? 'These are the steps that were reviewed, but they do more to people than they did then; review the plan again. Nothing was changed.'
      : `This is not the plan that was reviewed: that was ${others[0]}, this is ${plan.digest}. The file, the live state or the flags (--orphans, --only) have changed since; review the plan again. Nothing was changed.${reviewed.length > 0 ? '' : ' With --reviewed plan.json, the plan that was saved when it was reviewed, it is said what differs.'}`,
  );
}

/** The plan that is refused, in the formats that are for machines and for comments; in text it has been printed already. */
export function printRefusal(
  io: Io,
  flags: PrintFlags,
  plan: Plan,
  { note, difference }: { note: string; difference?: PlanDifference },
): void {
  if (flags.format === 'json') io.out(renderJson(plan));
  if (flags.format === 'markdown') {
    io.out(
      renderMarkdown(plan, {
        marker: 'apply',
        ...markdownFlags(flags),
        // What happened comes before what the caller has to say of it.
        note: flags.note === undefined ? note : `${note} ${flags.note}`,
        difference,
      }),
    );
  }
}
