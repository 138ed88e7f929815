import type { AccessElement, AccessFacts } from '../core/access.ts';
import type { Address } from '../core/address.ts';
import { groupBy } from '../core/group-by.ts';
import type { Names } from '../core/kind.ts';
import type { Violation } from '../core/plan.ts';
import { listOf } from '../core/words.ts';
import type { GrantElement, Member } from './holdings.ts';

/** What it takes to name access to people. */
export interface RuleWords {
  facts: AccessFacts;
  names: Names;
  /** The lines that ask for a thing, as people read them; empty where the file says nothing about it. */
  placesOf(address: Address): string[];
}

/** By person: the memberships and grants through which something is held, and the ways in words. */
export type Held = Map<string, { memberships: Member[]; grants: GrantElement[]; ways: string[] }>;

/** What one refusal spells out, and how many of them one rule makes. */
const shownPeople = 10;
const shownWays = 5;
const shownAccounts = 5;
const shownPlaces = 3;
const most = 20;

const foreign = 'live, but not in this file';

/** Says besides what to do where the file does not declare some of the elements. */
export function violation(
  { code, message, allow }: Violation,
  elements: readonly Pick<AccessElement, 'address'>[],
  { placesOf }: RuleWords,
): Violation {
  if (elements.every(({ address }) => placesOf(address).length > 0)) return { code, message, allow };
  const more =
    'Access that is live but not in this file counts too: remove it in Identity Center, or let the file manage it.';
  return { code, message, allow: `${allow} ${more}` };
}

interface Wording {
  code: string;
  message(people: string, ways: string): string;
  allow: string;
}

/** One violation for all who hold the same in the same ways; what is too much for a reader becomes the last one. */
export function tell(held: Held, words: RuleWords, { code, message, allow }: Wording): Violation[] {
  const together = new Map<string, { people: string[]; elements: Pick<AccessElement, 'address'>[] }>();
  for (const [holder, { memberships, grants, ways }] of [...held].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const about = [
      ...(words.facts.disabledUsers.has(holder) ? ['disabled now'] : []),
      ...(memberships.length > 0 ? [placesText(memberships, words)] : []),
    ];
    const person = about.length === 0 ? holder : `${holder} (${about.join('; ')})`;
    const text = waysText(ways);
    const known = together.get(text) ?? { people: [], elements: [] };
    together.set(text, known);
    known.people.push(person);
    known.elements.push(...memberships, ...grants);
  }
  const all = [...together];
  const shown = all.length <= most + 1 ? all : all.slice(0, most);
  const rest = all.slice(shown.length).map(([, holders]) => holders);
  const others = {
    people: rest.flatMap(({ people }) => people),
    elements: rest.flatMap(({ elements }) => elements),
  };
  return [...shown, ...(rest.length > 0 ? [['other access of this kind', others] as const] : [])].map(
    ([ways, { people, elements }]) =>
      violation({ code, message: message(listOf(people, shownPeople, 'more people'), ways), allow }, elements, words),
  );
}

/** `Developer in production and staging through group developers (identity.yaml:33)`, by permission set. */
export function waysOf(grants: readonly GrantElement[], how: string, words: RuleWords): string[] {
  return [...groupBy(grants, ({ grant }) => grant.permissionSet)].map(
    ([set, list]) => `${set} in ${accountsText(list, words.names)}${how} (${placesText(list, words)})`,
  );
}

export const waysText = (ways: readonly string[]): string => listOf(ways, shownWays);

export function accountsText(grants: readonly GrantElement[], names: Names): string {
  const accounts = new Set(grants.map(({ grant }) => names.account(grant.account)));
  return listOf([...accounts].sort(), shownAccounts, 'more accounts');
}

export function placesText(elements: readonly Pick<AccessElement, 'address'>[], { placesOf }: RuleWords): string {
  const places = elements.flatMap(({ address }) => {
    const found = placesOf(address);
    return found.length > 0 ? found : [foreign];
  });
  return listOf([...new Set(places)], shownPlaces);
}
