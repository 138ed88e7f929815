import type { ReviewItem } from '../../core/review.ts';
import { sanitize } from '../../core/sanitize.ts';
import { listOf } from './wording.ts';

/** The people that one line names; more are counted. */
const names = 8;

export const ownerWords = (owner: string | null): string =>
  owner === null ? 'Without an owner' : `For ${sanitize(owner)}`;

export const holdersWords = ({ holders }: ReviewItem): string =>
  holders.length === 0 ? 'no one has it now' : listOf(holders.map(sanitize), names, 'more people');

export const reviewedWords = ({ reviewed }: ReviewItem): string =>
  reviewed === undefined ? 'never reviewed' : `reviewed on ${sanitize(reviewed)}`;

/** `"On-call" (OPS-12)`; undefined where the file says neither. */
export function whyWords({ reason, ticket }: ReviewItem): string | undefined {
  const parts = [
    ...(reason === undefined ? [] : [`"${sanitize(reason)}"`]),
    ...(ticket === undefined ? [] : [sanitize(ticket)]),
  ];
  return parts.length === 0 ? undefined : parts.join(', ');
}
