import type { Reference, Section } from '../../core/section.ts';
import * as z from '../../core/zod.ts';
import { accountCriteria, hasCriterion } from '../../kinds/shared/account-target.ts';
import { mapRule } from '../../kinds/shared/map-rule.ts';

const path = z.text(z.minLength(1)).register(z.docs, {
  description:
    'A file, or a pattern: * stands for any text within a name, ** for any folders. Relative to this file, and inside its folder.',
  examples: ['teams/*.yaml'],
});

const inAccounts = z.strictObject(accountCriteria);

/** In which accounts files may grant something; what of each section they may declare is text by text. */
export type Scope = z.infer<typeof inAccounts>;

/** Names that files may use of a section: first where they may be granted, then where they may only be declared. */
const scopesOf = (sections: readonly Section[]): { name: string; schema: z.ZodMiniType; limitsReferences?: true }[] =>
  sections
    .flatMap(({ name, mergeable: { scope } = {} }) => (scope ? [{ name, ...scope }] : []))
    .sort((a, b) => Number(b.limitsReferences ?? false) - Number(a.limitsReferences ?? false));

/** What an entry of `include` allows its files. */
const scopeOf = (sections: readonly Section[]) =>
  z
    .extend(inAccounts, Object.fromEntries(scopesOf(sections).map(({ name, schema }) => [name, schema])))
    .check(
      z.refine(
        hasCriterion,
        mapRule('does not say in which accounts: by accounts, organizationalUnits or accountTags'),
      ),
    )
    .register(z.docs, {
      description:
        'What the files may do: grant these permission sets in accounts that fit any of accounts, organizationalUnits and accountTags.',
      anyOf: ['accounts', 'organizationalUnits', 'accountTags'].map((key) => ({ required: [key] })),
    });

/** The section `include`. */
export const includeSection = (sections: readonly Section[]) =>
  z.array(z.union([path, z.strictObject({ file: path, scope: z.optional(scopeOf(sections)) })]));

export const includeReferences: readonly Reference[] = [
  { at: ['*', 'scope', 'accounts', '*'], to: 'account', mayBePattern: true },
];
