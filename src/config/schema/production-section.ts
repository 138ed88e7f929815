import type { Reference } from '../../core/section.ts';
import * as z from '../../core/zod.ts';
import { accountCriteria, hasCriterion } from '../../kinds/shared/account-target.ts';
import { mapRule } from '../../kinds/shared/map-rule.ts';

/** The section `production`: nothing is granted or forbidden by it; answers about access speak of these accounts. */
export const production = z
  .strictObject(accountCriteria)
  .check(z.refine(hasCriterion, mapRule('names no account: add accounts, organizationalUnits or accountTags')))
  .register(z.docs, { description: 'Accounts that fit any of these.' });

export const productionReferences: readonly Reference[] = [
  { at: ['accounts', '*'], to: 'account', mayBePattern: true },
];
