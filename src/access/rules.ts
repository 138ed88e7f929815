import { assignedSet, type AccessFacts, type Grant, type JudgedFacts } from '../core/access.ts';
import { subjectAddress } from '../core/address.ts';
import { groupBy } from '../core/group-by.ts';
import type { Violation } from '../core/plan.ts';
import { existsOn, grantsOn, membersByGroup, type GrantElement, type Member } from './holdings.ts';
import {
  accountsText,
  placesText,
  tell,
  violation,
  waysOf,
  waysText,
  type Held,
  type RuleWords,
} from './rule-words.ts';

/** Who may not hold what where, by name (users by key, accounts by id). What is undefined stands for all. */
export interface DenyRule {
  /** As people read it: `identity.yaml:33`. */
  place: string;
  users: ReadonlySet<string> | undefined;
  groups: ReadonlySet<string> | undefined;
  permissionSets: ReadonlySet<string> | undefined;
  /** True for the sets of administrators too, by whatever name, and also under a condition. */
  administrators: boolean;
  accounts: ReadonlySet<string> | undefined;
}

export interface SessionRule {
  place: string;
  accounts: ReadonlySet<string>;
  seconds: number;
}

export interface AccessRules {
  deny: readonly DenyRule[];
  /** The place of the rule that users are assigned nothing directly; absent where it is not one. */
  onlyGroups?: string;
  sessions: readonly SessionRule[];
}

export interface RuleInput extends RuleWords {
  facts: AccessFacts & Pick<JudgedFacts, 'possibleAdministratorSets'>;
  rules: AccessRules;
  /** Seconds that a session of a permission set lasts after the plan. */
  sessionOf(permissionSet: string): number;
  /** `8h`. */
  durationText(seconds: number): string;
}

/** Judges effective access after the plan, through groups too; also what the file says nothing about. */
export function guardRules(input: RuleInput): Violation[] {
  const { rules } = input;
  return [
    ...rules.deny.flatMap((rule) => guardDenied(rule, input)),
    ...(rules.onlyGroups === undefined ? [] : guardOnlyGroups(rules.onlyGroups, input)),
    ...rules.sessions.flatMap((rule) => guardSessions(rule, input)),
  ];
}

function guardDenied(rule: DenyRule, input: RuleInput): Violation[] {
  const { facts } = input;
  const { users, groups, permissionSets, administrators, accounts } = rule;
  const isForAnySet = permissionSets === undefined && !administrators;
  const isMeant = (grant: Grant): boolean =>
    isForAnySet ||
    permissionSets?.has(grant.permissionSet) === true ||
    (administrators && facts.possibleAdministratorSets.after.has(assignedSet(grant)));
  const grants = grantsOn(facts, 'after', (grant) => accounts?.has(grant.account) !== false && isMeant(grant));
  if (grants.length === 0) return [];
  const isForAll = users === undefined && groups === undefined;
  const inGroups = new Set(
    facts.elements.flatMap((element) =>
      !element.grant && existsOn('after', element) && groups?.has(element.group ?? '') ? [element.user ?? ''] : [],
    ),
  );
  const isDenied = (user: string): boolean => isForAll || users?.has(user) === true || inGroups.has(user);

  const held: Held = new Map();
  const add = (holder: string, list: readonly GrantElement[], ways: readonly string[], membership?: Member): void => {
    const known = held.get(holder) ?? { memberships: [], grants: [], ways: [] };
    held.set(holder, known);
    known.grants.push(...list);
    known.ways.push(...ways);
    if (membership) known.memberships.push(membership);
  };
  for (const [user, list] of groupBy(grants, ({ user }) => user)) {
    if (isDenied(user)) add(user, list, waysOf(list, ' directly', input));
  }
  const members = membersByGroup(facts, 'after', grants);
  for (const [group, list] of groupBy(grants, ({ group }) => group)) {
    const inIt = members.get(group) ?? [];
    const deniedOnes = inIt.filter(({ user }) => isDenied(user));
    const ways = deniedOnes.length === 0 ? [] : waysOf(list, ` through group ${group}`, input);
    for (const member of deniedOnes) add(member.user, list, ways, member);
    // Whoever joins it holds what it gives, and with an identity provider no plan is between.
    if (inIt.length === 0 && (isForAll || groups?.has(group))) {
      add(`group ${group} (without members)`, list, waysOf(list, '', input));
    }
  }
  return tell(held, input, {
    code: 'denied-access',
    message: (people, ways) =>
      `${rule.place} denies ${administrators ? 'administrator' : 'this'} access: ${people} would hold ${ways}.`,
    allow: `Remove the access, or change the rule at ${rule.place}.`,
  });
}

function guardOnlyGroups(place: string, input: RuleInput): Violation[] {
  const grants = groupBy(
    grantsOn(input.facts, 'after', () => true),
    ({ user }) => user,
  );
  const held: Held = new Map(
    [...grants].map(([user, list]) => [user, { memberships: [], grants: list, ways: waysOf(list, '', input) }]),
  );
  return tell(held, input, {
    code: 'direct-user-assignment',
    message: (people, ways) => `${place} forbids assignments to users: ${people} would be assigned ${ways}.`,
    allow: `Assign it to a group that they are in, or remove the rule at ${place}.`,
  });
}

function guardSessions(rule: SessionRule, input: RuleInput): Violation[] {
  const { facts, names, sessionOf, durationText } = input;
  const isLonger = (grant: Grant): boolean => sessionOf(assignedSet(grant)) > rule.seconds;
  const grants = grantsOn(facts, 'after', (grant) => rule.accounts.has(grant.account) && isLonger(grant));
  return [...groupBy(grants, ({ grant }) => assignedSet(grant))].map(([set, list]) => {
    const holders = [...groupBy(list, ({ user, group }) => user ?? `group ${group}`)].map(
      ([holder, ones]) => `${holder} (${placesText(ones, input)})`,
    );
    const declared = input.placesOf(subjectAddress('permission-set', set));
    const where = declared.length > 0 ? ` (${declared.join(', ')})` : '';
    const limit = durationText(rule.seconds);
    return violation(
      {
        code: 'session-too-long',
        message: `Sessions of ${set}${where} would last ${durationText(sessionOf(set))}; ${rule.place} limits them to ${limit} in ${accountsText(list, names)}, where it is assigned to ${waysText(holders)}.`,
        allow: `Give ${set} a sessionDuration of at most ${limit}, or change the rule at ${rule.place}.`,
      },
      list,
      input,
    );
  });
}
