import { countOf } from '../../core/words.ts';
import { entitlementText } from '../../core/account-access.ts';
import { nameEntitlements } from '../../source/name-entitlements.ts';
import { accountText } from '../live-things.ts';
import { ok, type Check } from '../check.ts';

/** Roles that account access manager gives, beside permission sets. */
export const accountAccess: Check = {
  of: 'instance',
  name: 'account-access',
  why: 'What these roles allow is outside Identity Center: no plan shows it, no guard counts it, and no file grants or removes it.',
  needs: ['account-access'],
  look({ entitlements, live, names }) {
    if (entitlements.length === 0) return ok('Account access manager gives no role beside permission sets.');
    return {
      status: 'note',
      found: `Account access manager gives ${countOf(entitlements.length, 'role')} of unknown content.`,
      items: nameEntitlements({ entitlements: [...entitlements] }, live).map(
        (one) => `${accountText(one.account, names)}, ${entitlementText(one)}`,
      ),
    };
  },
};
