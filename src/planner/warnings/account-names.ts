import type { Organization } from '../../aws/organization/accounts.ts';
import { accountIdsByName } from '../../config/schema/accounts-section.ts';
import type { LoadedFile } from '../../config/load.ts';
import type { Warning } from '../../core/plan.ts';

const isSameName = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/**
 * Names under `accounts` that Organizations gives another account: who reads `production` in the file then thinks of an
 * account that is not meant.
 */
export function accountNameWarnings(
  { document, places }: LoadedFile,
  { accounts: live = new Map() }: Organization,
): Warning[] {
  return [...accountIdsByName(document)].flatMap(([name, id]): Warning[] => {
    const own = live.get(id)?.name;
    // Of two accounts with one name, the file says which is meant.
    if (own !== undefined && isSameName(own, name)) return [];
    const other = [...live.values()].find((account) => account.id !== id && isSameName(account.name, name));
    if (!other) return [];
    const place = places.of(['accounts', name]);
    const called = own === undefined ? '' : `, which Organizations calls "${own}"`;
    const message = `"${name}" means account ${id} in this file${called}, but Organizations gives the name "${name}" to account ${other.id}. Use each account's own name under accounts.`;
    return [{ code: 'account-name-of-another', message, isRisk: true as const, ...(place && { place }) }];
  });
}

/** What Organizations calls those of the accounts that the file names otherwise, by 12-digit id. */
export function namesInOrganizations(
  accounts: Readonly<Record<string, string>>,
  { accounts: live = new Map() }: Organization,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(accounts).flatMap(([id, name]) => {
      const own = live.get(id)?.name;
      return own === undefined || own === name ? [] : [[id, own]];
    }),
  );
}
