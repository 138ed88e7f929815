import type { IdentityDocument } from '../config/schema/document.ts';
import { comparePlans, forbiddenBefore } from '../core/plan-difference.ts';
import { endOf } from '../core/expiry.ts';
import type { Plan } from '../core/plan.ts';
import { listOf } from '../core/words.ts';
import { sanitize } from '../core/sanitize.ts';
import { endsBetween } from './expiring-entries.ts';
import type { MadePlan } from './make-plan.ts';

/** How long a review is good for, where something has expired since. */
const longest = 7 * 24 * 60 * 60 * 1000;

/** What was reviewed: plans, which may do less to people than they did; or where none was saved, exactly one digest. */
export interface Reviewed {
  digest: string | undefined;
  plans: readonly Plan[];
}

export const isReviewed = (plan: Plan, { digest, plans }: Reviewed): boolean =>
  plans.length > 0
    ? plans.every((one) => comparePlans(one, plan) === undefined)
    : digest === undefined || digest === plan.digest;

/**
 * The moment since which something has expired, where that is all in which the plan differs from what was reviewed: just
 * before it, the same file and the same live state make exactly the reviewed plan. Undefined where anything else differs.
 */
export function findExpirySinceReview(
  { asOf, plan: { violations } }: MadePlan,
  document: IdentityDocument,
  reviewed: Reviewed,
  now: Date,
): Date | undefined {
  return endsBetween(document, new Date(now.getTime() - longest), now).find((end) => {
    const { plan } = asOf(new Date(end.getTime() - 1));
    // What forbade it may be just what has expired since: that makes nothing of the rest reviewed.
    return isReviewed(plan, reviewed) && forbiddenBefore(plan, { violations }).length === 0;
  });
}

/** The plan, with the word that it is the reviewed one but for what has expired since, where that is so. */
export function noteExpiredSinceReview(made: MadePlan, document: IdentityDocument, reviewed: Plan, now: Date): Plan {
  const { plan } = made;
  const wanted: Reviewed = { digest: undefined, plans: [reviewed] };
  const end = isReviewed(plan, wanted) ? undefined : findExpirySinceReview(made, document, wanted, now);
  if (end === undefined) return plan;
  const warning = { code: 'reviewed-before-end', message: expiredSinceReviewText(end, plan) };
  return {
    ...plan,
    passed: { digest: reviewed.digest, since: end.toISOString() },
    warnings: [...plan.warnings, warning],
  };
}

/** Why another plan than the reviewed one goes on. */
export function expiredSinceReviewText(end: Date, { steps }: Plan): string {
  const labels = steps.flatMap(({ label, expired = [] }) =>
    expired.some(({ until }) => endOf(until) >= end.getTime()) ? [label] : [],
  );
  const what = labels.length > 0 ? `: it also removes ${sanitize(listOf(labels, 10))}` : '';
  return `This is the reviewed plan, except for access that has expired since (at ${end.toISOString()} or later)${what}.`;
}
