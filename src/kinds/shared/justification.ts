import { isCalendarDate } from '../../core/expiry.ts';
import * as z from '../../core/zod.ts';

const line = (most: number) =>
  z.text(z.minLength(1), z.maxLength(most), z.regex(/^\P{Cc}*$/u, 'has a control character, such as a line break'));

/** Why an entry grants what it grants, and when an owner last said that it is still needed. None of it goes to AWS. */
export const justification = {
  reason: z.optional(line(300)).register(z.docs, {
    description: 'Why the access is needed; shown wherever the grant is.',
    examples: ['On-call for the shop'],
  }),
  ticket: z.optional(line(200)).register(z.docs, {
    description: 'Where it was asked for: a number, or an address.',
    examples: ['OPS-4711'],
  }),
  reviewed: z.optional(z.text(z.refine(isCalendarDate, 'is not a calendar date such as 2026-11-30'))).register(z.docs, {
    description: 'The day on which an owner last said that the access is still needed.',
    examples: ['2026-11-30'],
    pattern: String.raw`^\d{4}-\d{2}-\d{2}$`,
  }),
};

/** Whom to ask about a group, a permission set or an account. */
export const owner = z.optional(line(200)).register(z.docs, {
  description: 'Whom to ask whether it is still needed: a person, a team or an address.',
  examples: ['platform-team'],
});
