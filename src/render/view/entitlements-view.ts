import { entitlementText } from '../../core/account-access.ts';
import type { AccessAnswer } from '../../core/access-answer.ts';
import { sanitize } from '../../core/sanitize.ts';
import { accountTitle } from './roles-notes.ts';

export interface EntitlementsView {
  title: string;
  /** One for each entitlement; none where they are not known. */
  lines: string[];
}

/** What account access manager gives besides, or why that is not known; undefined where there is nothing to say. */
export function viewEntitlements({ accountAccess, accounts }: AccessAnswer): EntitlementsView | undefined {
  if (!accountAccess) return undefined;
  if ('unknown' in accountAccess) {
    return { title: `Not known: roles of account access manager. ${sanitize(accountAccess.unknown)}`, lines: [] };
  }
  if (accountAccess.entitlements.length === 0) return undefined;
  return {
    title: 'Roles of account access manager, of unknown content',
    lines: accountAccess.entitlements.map(
      (one) => `${accountTitle(one.account, { accounts })}, ${sanitize(entitlementText(one))}`,
    ),
  };
}
