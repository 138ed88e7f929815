import { RefusedError } from '../core/errors.ts';
import { comparePlans, type PlanDifference } from '../core/plan-difference.ts';
import type { Plan } from '../core/plan.ts';
import { renderMarkdown } from '../render/markdown/plan.ts';
import { wantsColor, type Io } from './io.ts';
import { differenceText, lessText, markdownFlags, printJson, type PrintFlags } from './print-plan.ts';

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
  const [difference] = reviewed.flatMap((one) => comparePlans(one, plan) ?? []);
  const isExact = reviewed.length > 0 || flags.digest === undefined || flags.digest === plan.digest;
  const look = { color: wantsColor(io, flags, io.errIsTerminal), width: io.columns() };
  if (difference === undefined && isExact) {
    for (const one of reviewed) io.err(lessText(one, plan, look));
    return;
  }
  const note = 'Nothing was applied: this is not what was reviewed. Review this one.';
  printRefusal(io, flags, plan, { note, ...(difference && { difference }) });
  io.err(differenceText(difference, plan, look));
  throw new RefusedError(whyRefused(difference, flags.digest ?? reviewed[0]?.digest, plan));
}

function whyRefused(difference: PlanDifference | undefined, reviewed: string | undefined, plan: Plan): string {
  if (difference && difference.forbidden.length > 0) {
    return 'The plan that was reviewed was forbidden by what is told above, and nobody can have approved to apply it. Review the plan again. Nothing was changed.';
  }
  if (difference && difference.limits.length > 0) {
    return 'The file loosens limits that the review did not show. Review the plan again. Nothing was changed.';
  }
  if (difference?.lacksBase) {
    return 'The reviewed plan was compared with the file before, and this one could not be: give it with --base. Nothing was changed.';
  }
  if (difference && difference.added.length + difference.dropped.length + difference.changed.length === 0) {
    if (difference.gone.length > 0) {
      return "The file has names that can't be found any more, and the review did not show that. Review the plan again. Nothing was changed.";
    }
    const more = difference.adopted.length > 0 ? ', or newly ask for what is live already' : '';
    return `The steps match the reviewed plan, but they now do more to people than the review showed${more}. Review the plan again. Nothing was changed.`;
  }
  return `This is not the plan that was reviewed: that was ${reviewed}, this is ${plan.digest}. The file, the live state or the flags (--orphans, --only, --base) have changed since; review the plan again. Nothing was changed.${difference ? '' : ' To see what differs, save the plan when it is reviewed (idc plan --out plan.json), and give --reviewed plan.json here.'}`;
}

/**
 * What `--digest` and `--reviewed` name together is one plan: the digest is that of the file. A `RefusedError` where it is not.
 */
export function checkDigest(digest: string | undefined, reviewed: readonly Plan[]): void {
  const [first] = reviewed;
  if (digest === undefined || !first || reviewed.some((one) => one.digest === digest)) return;
  throw new RefusedError(`--digest names ${digest}, but the saved plan is ${first.digest}. Nothing was changed.`);
}

/** The plan that is refused, in the formats that are for machines and for comments; in text it has been printed already. */
export function printRefusal(
  io: Io,
  flags: PrintFlags,
  plan: Plan,
  { note, difference }: { note: string; difference?: PlanDifference },
): void {
  if (flags.format === 'json') printJson(io, plan);
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
