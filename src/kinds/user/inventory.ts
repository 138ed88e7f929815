import type { Inventory, InventoryEntry } from '../../core/inventory.ts';
import { listOf } from '../../core/words.ts';
import type { UserSpec } from './kind.ts';
import { emailKey } from './schema.ts';

export const inventoryUsers = (users: readonly UserSpec[]): Inventory<UserSpec> => ({ entries: users.map(entryOf) });

function entryOf(user: UserSpec): InventoryEntry<UserSpec> {
  const { userName, givenName, familyName, displayName, disabled, external: _external, besides, ...attributes } = user;
  const isUsual = displayName === `${givenName} ${familyName}`;
  return {
    piece: { [userName]: { givenName, familyName, ...(!isUsual && { displayName }), ...attributes } },
    declares: user,
    unique: user.email === undefined ? undefined : { what: 'e-mail address', key: emailKey(user.email) },
    notes: [
      ...(user.email === undefined
        ? ["To decide: no e-mail address, so AWS can't send a message to set or reset a password."]
        : []),
      ...(besides ? [`Not in this file, which has no key for it, and left as it is: ${listOf(besides)}.`] : []),
      ...(disabled ? ['To decide: disabled in Identity Center, which neither this file nor the API can change.'] : []),
    ],
  };
}
