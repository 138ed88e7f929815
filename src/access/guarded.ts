import type { JudgedFacts } from '../core/access.ts';
import { subjectAddress, subjectKey, type Address } from '../core/address.ts';
import { holdings, type Holding } from './holdings.ts';

export interface GuardedInput {
  facts: JudgedFacts;
  managementAccount: string;
  /** By the account's id. */
  protectedAccess: readonly { user: string; account: string; permissionSet: string }[];
}

/**
 * What the guards of access rest on after a plan: people who are there and enabled and who hold protected access, or everything in the management account, and
 * the groups and memberships by which. Addresses.
 */
export function guardedThings({ facts, managementAccount, protectedAccess }: GuardedInput): Set<Address> {
  const administratorSets = facts.possibleAdministratorSets.after;
  const counts = (user: string): boolean => facts.userNames.has(user) && !facts.disabledUsers.has(user);
  const isGuarded = ({ user, account, permissionSet, contents }: Holding): boolean =>
    (account === managementAccount && [...contents].some((set) => administratorSets.has(set))) ||
    protectedAccess.some(
      (one) => subjectKey('user', one.user) === user && one.account === account && one.permissionSet === permissionSet,
    );
  const renamed = [...facts.renewedSets].flatMap(([old, name]) => (administratorSets.has(old) ? [name] : []));
  const sets = new Set([...administratorSets, ...renamed, ...protectedAccess.map((one) => one.permissionSet)]);
  return new Set(
    holdings(facts, 'after', { sets })
      .filter((held) => counts(held.user) && isGuarded(held))
      .flatMap(({ user, paths }) => [
        subjectAddress('user', user),
        ...paths.flatMap(({ via, elements }) => [
          ...elements,
          ...(via === undefined ? [] : [subjectAddress('group', via)]),
        ]),
      ]),
  );
}
