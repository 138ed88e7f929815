import type { CarriedGrant } from '../core/access.ts';
import { inertName } from './inert.ts';
import { listOf } from './wording.ts';

/** The permission sets, and the accounts of one set, that are named; more are counted. */
const sets = 2;
const accounts = 2;

/** `carries AdministratorAccess in 4 accounts; ReadOnly in production`. */
export function carriedText(grants: readonly CarriedGrant[], accountName: (id: string) => string): string {
  if (grants.length === 0) return 'carries no access';
  if (grants.length > sets + 1) {
    const all = new Set(grants.flatMap((grant) => grant.accounts)).size;
    return `carries ${grants.length} permission sets in ${all === 1 ? '1 account' : `${all} accounts`}`;
  }
  const texts = grants.map(({ permissionSet, accounts: ids }) => {
    const where = ids.length > accounts ? `${ids.length} accounts` : listOf(ids.map(accountName));
    return `${inertName(permissionSet)} in ${where}`;
  });
  return `carries ${texts.join('; ')}`;
}
