import { isOver } from './expiry.ts';
import type { Violation } from './plan.ts';

/** `safety.allow`: one large change that may pass, until the end of a day. */
export interface Allowance {
  removals: number;
  /** `2027-01-31`. */
  until: string;
}

const day = 24 * 60 * 60 * 1000;

/** Valid through the end of its day in UTC. */
export function isInForce({ until }: Allowance, now: Date): boolean {
  return !isOver(until, now);
}

/** Raises a limit while the entry is in force, and never lowers it. */
export function withAllowance(
  limit: (total: number) => number,
  allowance: Allowance | undefined,
  now: Date,
): (total: number) => number {
  if (!allowance || !isInForce(allowance, now)) return limit;
  return (total) => Math.max(limit(total), allowance.removals);
}

/** What goes over a limit of removals, before it is said what would let it through. */
export interface Excess extends Omit<Violation, 'allow'> {
  /** How many of them there are. */
  count: number;
}

/** How long an entry should last that is made now: time for a review, and not for the next large change. */
const daysAhead = 14;

/** The same entry for all of them, so that it is enough to follow one. */
export function adviseAllowance(excesses: readonly Excess[], now: Date): Violation[] {
  const removals = Math.max(...excesses.map(({ count }) => count));
  const until = new Date(now.getTime() + daysAhead * day).toISOString().slice(0, 10);
  return excesses.map(({ code, message }) => ({
    code,
    message,
    allow: `If this is intended, paste this under safety for this one change (it expires by itself): allow: { removals: ${removals}, until: ${until} }`,
  }));
}
