import { assignedSet, type AccessChange, type AccessFacts, type AccessRisk } from '../core/access.ts';
import type { Address } from '../core/address.ts';
import { KeyedMap } from '../core/keyed-map.ts';
import { grantKey, holdingKey, holdings, renewedGrants, type Holding, type Side } from './holdings.ts';

export interface RiskInput {
  facts: AccessFacts;
  gained: readonly AccessChange[];
  managementAccount: string;
}

/** Where a permission set gives people power over an account that they did not have: one risk a set. */
export function accessRisks(input: RiskInput): AccessRisk[] {
  return [...escalatingGrants(input), ...escalatingEdits(input)];
}

/** Who is reached, by account. */
type Reach = Map<string, Set<string>>;

/** New grants of a set that allows privilege escalation, also to groups that nobody is in yet. */
function escalatingGrants(input: RiskInput): AccessRisk[] {
  const { facts, gained } = input;
  const gaining = new Set(gained.flatMap(({ after }) => after.flatMap(({ elements }) => elements)));
  const isEscalating = (set: string): boolean => (facts.powers.after.get(set) ?? []).length > 0;
  const contentOf = new Map<Address, string>();
  for (const element of facts.elements) {
    if (!element.grant || !isEscalating(assignedSet(element.grant)) || !gaining.has(element.address)) continue;
    contentOf.set(element.address, assignedSet(element.grant));
  }
  const bySet = new Map<string, Reach>();
  for (const { user, account, after } of gained) {
    const sets = new Set(after.flatMap(({ elements }) => elements.flatMap((address) => contentOf.get(address) ?? [])));
    for (const set of sets) peopleIn(bySet, set, account).add(user);
  }
  // What a set made anew carries over is not new.
  const replaced = new KeyedMap(
    renewedGrants(facts).flatMap((one) => (one.status === 'deleted' ? [[grantKey(one), one]] : [])),
  );
  for (const { user, group, grant, status } of facts.elements) {
    if (!grant || status !== 'created' || !isEscalating(assignedSet(grant))) continue;
    if (replaced.has(grantKey({ user, group, grant }))) continue;
    peopleIn(bySet, assignedSet(grant), grant.account);
  }
  return risksOf({ code: 'powerful-grant', bySet, powersOf: (set) => facts.powers.after.get(set) ?? [] }, input);
}

/** Sets that newly allow privilege escalation, or more of it, to people who hold them already. */
function escalatingEdits(input: RiskInput): AccessRisk[] {
  const { facts } = input;
  const sets = setsWithMore(facts);
  if (sets.size === 0) return [];
  const powersOn = (side: Side, { contents }: Holding): string[] =>
    [...contents].flatMap((set) => facts.powers[side].get(set) ?? []);
  const before = new KeyedMap(
    holdings(facts, 'before', { sets }).map((held) => [
      holdingKey(held.user, held.account, held.permissionSet),
      new Set(powersOn('before', held)),
    ]),
  );
  const bySet = new Map<string, Reach>();
  const added = new Map<string, Set<string>>();
  for (const held of holdings(facts, 'after', { sets })) {
    const { user, account, permissionSet } = held;
    const known = before.get(holdingKey(user, account, permissionSet));
    const more = known ? powersOn('after', held).filter((power) => !known.has(power)) : [];
    if (more.length === 0) continue;
    peopleIn(bySet, permissionSet, account).add(user);
    added.set(permissionSet, new Set([...(added.get(permissionSet) ?? []), ...more]));
  }
  return risksOf({ code: 'powerful-edit', bySet, powersOf: (set) => [...(added.get(set) ?? [])] }, input);
}

/** Sets with a power that they lack before, or that the set lacks whose place they take. */
function setsWithMore({ powers, renewedSets }: AccessFacts): Set<string> {
  const more = new Set<string>();
  const compare = (old: string, set: string): void => {
    const known = powers.before.get(old);
    if (known && powers.after.get(set)?.some((power) => !known.includes(power))) more.add(set);
  };
  for (const set of powers.after.keys()) compare(set, set);
  for (const [old, set] of renewedSets) compare(old, set);
  return more;
}

function peopleIn(bySet: Map<string, Reach>, set: string, account: string): Set<string> {
  const reach: Reach = bySet.get(set) ?? new Map();
  bySet.set(set, reach);
  const people = reach.get(account) ?? new Set();
  reach.set(account, people);
  return people;
}

interface Found {
  bySet: ReadonlyMap<string, Reach>;
  powersOf(set: string): readonly string[];
}

/** What reaches the management account first. */
function risksOf(
  { code, bySet, powersOf }: Pick<AccessRisk, 'code'> & Found,
  { managementAccount }: RiskInput,
): AccessRisk[] {
  const rank = (reach: Reach): number => (reach.has(managementAccount) ? 0 : 1);
  return [...bySet]
    .sort(([a, reachA], [b, reachB]) => rank(reachA) - rank(reachB) || (a < b ? -1 : 1))
    .map(([permissionSet, reach]) => ({
      code,
      permissionSet,
      powers: powersOf(permissionSet).toSorted(),
      reach: [...reach]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([account, users]) => ({ account, users: [...users].sort() })),
    }));
}
