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
    const message = `The reviewed plan is for ${elsewhere.instance.arn}, but this instance is ${plan.instance.arn}.`;
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
  const note = 'Nothing was applied, because this is not the reviewed plan. Review this one.';
  printRefusal(io, flags, plan, { note, ...(difference && { difference }) });
  io.err(differenceText(difference, plan, look));
  throw new RefusedError(whyRefused(difference, flags.digest ?? reviewed[0]?.digest, plan));
}

function whyRefused(difference: PlanDifference | undefined, reviewed: string | undefined, plan: Plan): string {
  if (difference && difference.forbidden.length > 0) {
    return 'The reviewed plan was itself refused, for the reasons above, so no review of it counts. Nothing was changed. Review the plan again.';
  }
  if (difference && difference.limits.length > 0) {
    return 'The file loosens limits that the review did not show. Nothing was changed. Review the plan again.';
  }
  if (difference?.lacksBase) {
    return 'The reviewed plan was compared with the file before, but this one was not. Nothing was changed. Give the file before with --base.';
  }
  if (difference && difference.added.length + difference.dropped.length + difference.changed.length === 0) {
    if (difference.gone.length > 0) {
      return 'The file has names that can no longer be found, which the review did not show. Nothing was changed. Review the plan again.';
    }
    const more = difference.adopted.length > 0 ? ', or adopt access that is live already' : '';
    return `The steps match the reviewed plan, but they now change access that the review did not show${more}. Nothing was changed. Review the plan again.`;
  }
  return `This is not the reviewed plan: its digest is ${plan.digest}, and the reviewed one is ${reviewed}. The file, the live state or the flags (--orphans, --only, --base) have changed since. Nothing was changed. Review the plan again.${difference ? '' : ' To see what differs, save the plan for the review (idc plan --out plan.json), and give --reviewed plan.json here.'}`;
}

/**
 * What `--digest` and `--reviewed` name together is one plan: the digest is that of the file. A `RefusedError` where it is not.
 */
export function checkDigest(digest: string | undefined, reviewed: readonly Plan[]): void {
  const [first] = reviewed;
  if (digest === undefined || !first || reviewed.some((one) => one.digest === digest)) return;
  throw new RefusedError(
    `--digest is ${digest}, but the digest of the saved plan is ${first.digest}. Nothing was changed.`,
  );
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
