import type { Section } from '../../core/section.ts';
import * as z from '../../core/zod.ts';
import { namePatterns } from '../../kinds/shared/name-patterns.ts';

export const accountId = z
  .text(z.regex(/^\d{12}$/, 'is not a 12-digit account id'))
  .register(z.docs, { description: 'The 12-digit id, in quotes.', examples: ['111122223333'] });

/** The section `accounts`: it names what is there anyway. */
export const accounts = {
  name: 'accounts',
  noun: ['account', 'accounts'],
  schema: z
    .optional(z.record(z.text(z.minLength(1)), accountId))
    .register(z.docs, { description: "Names for account ids. Without it, Organizations' own names serve." }),
  declares: 'account',
  isId: (text) => /^\d{12}$/.test(text),
  ignore: [
    { ...namePatterns('accounts', 'account', 'Names of accounts, or quoted ids', ['sandbox-*']), accountsAt: ['*'] },
  ],
} as const satisfies Section;
