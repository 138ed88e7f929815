import type { InheritedGrant } from '../../core/access.ts';
import { sanitizeName } from '../../core/sanitize.ts';
import { listOf } from './wording.ts';

/** The permission sets, and the accounts of one set, that are named; more are counted. */
const sets = 2;
const accounts = 2;

const applications = 2;

/** `carries AdministratorAccess in 4 accounts; ReadOnly in production; the application Wiki`. */
export function inheritedText(
  grants: readonly InheritedGrant[],
  accountName: (id: string) => string,
  names: readonly string[],
): string {
  const texts = grantTexts(grants, accountName);
  if (names.length > 0) {
    const noun = names.length === 1 ? 'application' : 'applications';
    texts.push(`the ${noun} ${listOf(names.map(sanitizeName), applications)}`);
  }
  return `carries ${texts.length > 0 ? texts.join('; ') : 'no access to accounts'}`;
}

function grantTexts(grants: readonly InheritedGrant[], accountName: (id: string) => string): string[] {
  if (grants.length > sets + 1) {
    const all = new Set(grants.flatMap((grant) => grant.accounts)).size;
    return [`${grants.length} permission sets in ${all === 1 ? '1 account' : `${all} accounts`}`];
  }
  return grants.map(({ permissionSet, accounts: ids }) => {
    const where = ids.length > accounts ? `${ids.length} accounts` : listOf(ids.map(accountName));
    return `${sanitizeName(permissionSet)} in ${where}`;
  });
}
