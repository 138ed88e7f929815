import type { Section } from '../../core/section.ts';
import * as z from '../../core/zod.ts';
import { owner } from '../../kinds/shared/justification.ts';
import { namePatterns } from '../../kinds/shared/name-patterns.ts';

export const accountId = z
  .text(z.regex(/^\d{12}$/, 'is not a 12-digit account id'))
  .register(z.docs, { description: 'The 12-digit id, in quotes.', examples: ['111122223333'] });

const account = z.union([
  accountId,
  z
    .strictObject({ id: accountId, owner })
    .register(z.docs, { title: 'Account', description: 'The id of the account, and whose it is.' }),
]);

interface AccountsOfFile {
  accounts?: Record<string, z.infer<typeof account>> | undefined;
}

/** Their 12-digit ids by name, in the order of the file. */
export const accountIdsByName = ({ accounts = {} }: AccountsOfFile): Map<string, string> =>
  new Map(Object.entries(accounts).map(([name, entry]) => [name, typeof entry === 'string' ? entry : entry.id]));

/** Whose they are, by 12-digit id; only those of which the file says it. */
export const accountOwners = ({ accounts = {} }: AccountsOfFile): Map<string, string> =>
  new Map(
    Object.values(accounts).flatMap((entry) =>
      typeof entry === 'string' || entry.owner === undefined ? [] : [[entry.id, entry.owner]],
    ),
  );

/** The section `accounts`: it names what is there anyway. */
export const accounts = {
  name: 'accounts',
  noun: ['account', 'accounts'],
  schema: z
    .optional(z.record(z.text(z.minLength(1)), account))
    .register(z.docs, { description: "Names for account ids. Without it, Organizations' own names serve." }),
  declares: 'account',
  isId: (text) => /^\d{12}$/.test(text),
  ignore: [
    { ...namePatterns('accounts', 'account', 'Names of accounts, or quoted ids', ['sandbox-*']), accountsAt: ['*'] },
  ],
} as const satisfies Section;
