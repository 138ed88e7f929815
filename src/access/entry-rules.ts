import { assignedSet, type AccessElement, type AccessFacts, type Grant, type JudgedFacts } from '../core/access.ts';
import type { Address } from '../core/address.ts';
import { addTo, groupBy } from '../core/group-by.ts';
import type { DocumentPath } from '../core/kind.ts';
import { compareTexts } from '../core/compare-texts.ts';
import { stableJson } from '../core/stable-json.ts';
import type { Violation } from '../core/plan.ts';
import { joinWords, listOf } from '../core/words.ts';
import { existsOn, grantsOn, membersByGroup, type GrantElement } from './holdings.ts';
import { accountsText, violation, waysOf, type RuleWords } from './rule-words.ts';

/** An entry of the file that asks for a membership or an assignment, as far as the rules look at it. */
export interface RuledEntry {
  /** Where it is in the document. */
  path: DocumentPath;
  /** As people read it: `identity.yaml:33`. */
  place: string;
  reason?: string | undefined;
  ticket?: string | undefined;
  /** A calendar date. */
  reviewed?: string | undefined;
  until?: string | undefined;
}

/** A demand on the entries that give certain access. */
export interface EntryRule {
  code: 'reason-missing' | 'end-missing' | 'review-due';
  place: string;
  /** Undefined stands for all. */
  permissionSets: ReadonlySet<string> | undefined;
  administrators: boolean;
  accounts: ReadonlySet<string> | undefined;
  /** The days that it leaves, of rules that do: fewer are stricter. */
  days?: number | undefined;
  /** What an entry lacks, as the end of a sentence; undefined where it is as the rule demands. */
  lacks(entry: RuledEntry): string | undefined;
  advice: string;
}

/** Permission sets of which no one holds two: in one account, or at all. */
export interface ExclusiveRule {
  place: string;
  permissionSets: ReadonlySet<string>;
  within: 'account' | 'anywhere';
}

export interface EntryRuleInput extends RuleWords {
  facts: AccessFacts & Pick<JudgedFacts, 'possibleAdministratorSets'>;
  rules: readonly EntryRule[];
  exclusive: readonly ExclusiveRule[];
  /** The entries that ask for it; none of what the file says nothing about. */
  entriesOf(address: Address): readonly RuledEntry[];
  /** True of what the plan adds, or lets last longer than the file before did. */
  begins(element: AccessElement): boolean;
}

/** What of the access that a plan adds or extends is against a rule about its entries. What is live already may be overdue. */
export function guardEntries(input: EntryRuleInput): Violation[] {
  return [
    ...input.rules.flatMap((rule) => guardRule(rule, input)),
    ...input.exclusive.flatMap((rule) => guardExclusive(rule, input)),
  ];
}

/** An entry that lacks something, and each sort of fault that it has, once: by the strictest rule that finds it. */
export interface DueEntry {
  entry: RuledEntry;
  faults: { rule: EntryRule; lacks: string }[];
}

/** The entries of the file that lack what a rule demands, though a plan adds nothing by them; each once. */
export function dueEntries(input: EntryRuleInput): DueEntry[] {
  const due = new Map<string, { entry: RuledEntry; faults: Map<EntryRule['code'], DueEntry['faults'][number]> }>();
  for (const rule of input.rules) {
    for (const { entry, lacks } of flawsOf(rule, input, (element) => !isNew(element, rule, input))) {
      const key = stableJson(entry.path);
      const known = due.get(key) ?? { entry, faults: new Map() };
      due.set(key, known);
      const other = known.faults.get(rule.code);
      if (!other || isStricter(rule, other.rule)) known.faults.set(rule.code, { rule, lacks });
    }
  }
  return [...due.values()].map(({ entry, faults }) => ({ entry, faults: [...faults.values()] }));
}

const isStricter = ({ days = Infinity }: EntryRule, { days: others = Infinity }: EntryRule): boolean => days < others;

interface Flaw {
  /** The grants that the entry gives, or that it lets somebody have. */
  grants: GrantElement[];
  element: AccessElement;
  entry: RuledEntry;
  lacks: string;
}

function guardRule(rule: EntryRule, input: EntryRuleInput): Violation[] {
  const flaws = flawsOf(rule, input, (element) => isNew(element, rule, input));
  return [...groupBy(flaws, ({ entry }) => entry.place)].flatMap(([place, list]) => {
    const [first] = list;
    if (!first) return [];
    const grants = [...new Set(list.flatMap((one) => one.grants))];
    const holders = [...new Set(list.map(({ element }) => holderOf(element)))].sort();
    const message = `The entry at ${place} gives ${setsText(grants, input)} to ${listOf(holders, 5)} and ${first.lacks}; ${rule.place} asks for that.`;
    return [{ code: rule.code, message, allow: `${rule.advice}, or change the rule at ${rule.place}.` }];
  });
}

/** Whatever of an assignment and a membership is asked for by no entry that is as the rule demands. */
function flawsOf(rule: EntryRule, input: EntryRuleInput, isJudged: (element: AccessElement) => boolean): Flaw[] {
  const { facts } = input;
  const grants = grantsOn(facts, 'after', (grant) => isMeant(grant, rule, facts, 'after'));
  if (grants.length === 0) return [];
  const lackOf = (element: AccessElement): Pick<Flaw, 'entry' | 'lacks'> | undefined => {
    const entries = input.entriesOf(element.address);
    const lacking = entries.flatMap((entry) => {
      const lacks = rule.lacks(entry);
      return lacks === undefined ? [] : [{ entry, lacks }];
    });
    // Access that one entry gives for ever ends by no other; of a reason or a review one is enough.
    const isFine = rule.code === 'end-missing' ? lacking.length === 0 : lacking.length < entries.length;
    return isFine ? undefined : lacking[0];
  };
  const byGroup = groupBy(
    grants.filter(({ user }) => user === undefined),
    ({ group }) => group ?? '',
  );
  const members = groupBy(
    facts.elements.filter(
      (element) => !element.grant && existsOn('after', element) && byGroup.has(element.group ?? ''),
    ),
    ({ group }) => group ?? '',
  );
  // Access through a group ends with the membership too.
  const endsByMembers = (group: string): boolean => {
    const some = members.get(group) ?? [];
    return some.length > 0 && some.every((element) => lackOf(element) === undefined);
  };
  const endsByGrants = (group: string): boolean =>
    (byGroup.get(group) ?? []).every((element) => lackOf(element) === undefined);
  const eitherEnds = rule.code === 'end-missing';
  const flaw = (element: AccessElement, given: GrantElement[]): Flaw[] => {
    const lack = lackOf(element);
    return lack ? [{ grants: given, element, ...lack }] : [];
  };
  return [
    ...grants.flatMap((element) =>
      !isJudged(element) || (eitherEnds && element.user === undefined && endsByMembers(element.group ?? ''))
        ? []
        : flaw(element, [element]),
    ),
    ...[...members].flatMap(([group, list]) =>
      eitherEnds && endsByGrants(group)
        ? []
        : list.filter(isJudged).flatMap((element) => flaw(element, byGroup.get(group) ?? [])),
    ),
  ];
}

function isNew(element: AccessElement, rule: EntryRule, { facts, begins }: EntryRuleInput): boolean {
  if (begins(element)) return true;
  const { grant } = element;
  if (!grant) return false;
  // An edit of the set, or of the one that it replaces, brings it under the rule.
  const [old = assignedSet(grant)] = [...facts.renewedSets].find(([, name]) => name === assignedSet(grant)) ?? [];
  return !isMeant({ ...grant, content: old }, rule, facts, 'before');
}

function isMeant(
  grant: Grant,
  { permissionSets, administrators, accounts }: EntryRule,
  facts: EntryRuleInput['facts'],
  side: 'before' | 'after',
): boolean {
  if (accounts?.has(grant.account) === false) return false;
  if (permissionSets === undefined && !administrators) return true;
  return (
    permissionSets?.has(grant.permissionSet) === true ||
    (administrators && facts.possibleAdministratorSets[side].has(assignedSet(grant)))
  );
}

/** What one person holds of the sets of a rule, or a group without members, which gives it to whoever joins. */
interface ExclusiveHold {
  holder: string;
  permissionSet: string;
  account: string;
  grants: GrantElement[];
  elements: AccessElement[];
}

function guardExclusive({ place, permissionSets, within }: ExclusiveRule, input: EntryRuleInput): Violation[] {
  const holds = exclusiveHolds(permissionSets, input.facts);
  const together = groupBy(holds, ({ holder, account }) => JSON.stringify([holder, within === 'account' && account]));
  const ways = new Map<string, ExclusiveHold[]>();
  for (const list of together.values()) {
    const bySet = groupBy(list, ({ permissionSet }) => permissionSet);
    if (bySet.size < 2 || !list.some(({ elements }) => elements.some(input.begins))) continue;
    const text = [...bySet]
      .sort(([a], [b]) => compareTexts(a, b))
      .map(([, ones]) =>
        waysOf(
          ones.flatMap(({ grants }) => grants),
          '',
          input,
        ).join(),
      );
    for (const hold of list) addTo(ways, joinWords(text), hold);
  }
  return [...ways].map(([text, list]) => {
    const people = [...new Set(list.map(({ holder }) => holder))].sort();
    return violation(
      {
        code: 'exclusive-access',
        message: `${place} keeps these permission sets apart: ${listOf(people, 10, 'more people')} would hold ${text}.`,
        allow: `Remove one of them, or change the rule at ${place}.`,
      },
      list.flatMap(({ elements }) => elements),
      input,
    );
  });
}

function exclusiveHolds(sets: ReadonlySet<string>, facts: AccessFacts): ExclusiveHold[] {
  const grants = grantsOn(facts, 'after', ({ permissionSet }) => sets.has(permissionSet));
  const members = membersByGroup(facts, 'after', grants);
  const elementAt = new Map(facts.elements.map((element) => [element.address, element]));
  return grants.flatMap((element) => {
    const { user, group = '' } = element;
    const { permissionSet, account } = element.grant;
    const held = { permissionSet, account, grants: [element] };
    if (user !== undefined) return { ...held, holder: user, elements: [element] };
    const inIt = members.get(group) ?? [];
    if (inIt.length === 0) return { ...held, holder: `group ${group} (without members)`, elements: [element] };
    return inIt.map((member) => ({
      ...held,
      holder: member.user,
      elements: [element, elementAt.get(member.address) ?? []].flat(),
    }));
  });
}

const holderOf = ({ user, group }: AccessElement): string => user ?? `group ${group}`;

const setsText = (grants: readonly GrantElement[], { names }: RuleWords): string =>
  joinWords(
    [...groupBy(grants, ({ grant }) => grant.permissionSet)].map(
      ([set, list]) => `${set} in ${accountsText(list, names)}`,
    ),
  );
