import {
  assignedSet,
  type AccessElement,
  type AccessFacts,
  type AccessImpact,
  type JudgedFacts,
  type ElementStatus,
} from '../core/access.ts';
import type { Excess } from '../core/allowance.ts';
import { subjectKey, type Address } from '../core/address.ts';
import { blocksOf, peopleIn } from '../core/reach.ts';
import { KeyedMap } from '../core/keyed-map.ts';
import type { Names } from '../core/kind.ts';
import type { Violation, Warning } from '../core/plan.ts';
import { listOf } from '../core/words.ts';
import {
  administratorsOf,
  guardedAdministrators,
  holdersOf,
  isCertain,
  possibleAdministrators,
} from './administrators.ts';
import { grantKey, grantsOn, holders, renewedGrants, type Side } from './holdings.ts';
import { guardProtected, narrowedProtections, type ProtectedInput } from './protected.ts';
import { isUncertain, uncertainAdministrators, uncertainty } from './uncertain.ts';

export interface AccessGuardInput extends ProtectedInput {
  managementAccount?: string;
  /** The person who runs this, where they came in through Identity Center. */
  caller?: { userName: string; account: string };
}

/** Judges effective access, through groups too; a disabled user protects nothing. */
export function guardAccess(input: AccessGuardInput): Violation[] {
  return [...guardProtected(input), ...guardAdministrators(input), ...guardCaller(input)];
}

/** What the guards let pass, and what a reviewer must know of it. */
export const guardRisks = (input: AccessGuardInput): Warning[] => [
  ...uncertainCaller(input),
  ...uncertainAdministrators(input.facts, input.names, input.dated),
  ...narrowedProtections(input),
];

/** Where the plan leaves the management account to people who may be unable to sign in. */
export function emailWarnings({ facts, managementAccount }: AccessGuardInput): Warning[] {
  if (managementAccount === undefined) return [];
  const { before, after } = guardedAdministrators(facts, managementAccount);
  const isTouched =
    [...before].some((user) => !after.has(user)) ||
    [...after].some((user) => !before.has(user) || facts.losingEmail.has(user));
  if (!isTouched || after.size === 0 || ![...after].every((user) => facts.liveWithoutEmail.has(user))) return [];
  const people = listOf([...after], 10);
  const message = `Only ${people} would administer the management account, without an e-mail address in Identity Center. Make sure that ${after.size === 1 ? 'they' : 'one of them'} can sign in, since AWS can't send them a one-time password.`;
  return [{ code: 'administrators-without-email', message }];
}

export interface PeopleGuardInput {
  facts: AccessFacts;
  access: Pick<AccessImpact, 'people' | 'lost'>;
  /** True for an assignment or a membership that the file has a say in. */
  isManaged(element: AccessElement): boolean;
  /** How many of a number may go. */
  limit(total: number): number;
  names: Names;
}

/** Refuses to take something from too many people at once. */
export function guardPeople({ facts, access: { people, lost }, limit, names, isManaged }: PeopleGuardInput): Excess[] {
  if (lost.length === 0) return [];
  const losers = [...peopleIn(blocksOf(people, lost))].sort();
  // Of those whom the file has a say in: others would only raise the limit.
  const total = holders(facts, 'before', isManaged).size;
  const most = limit(total);
  if (losers.length <= most) return [];
  const examples = losers.slice(0, 3).flatMap((user) => {
    const change = lost.find(({ people: index }) => people[index]?.includes(user));
    return change ? [`${user}: ${change.permissionSet} in ${names.account(change.accounts[0] ?? '')}`] : [];
  });
  return [
    {
      code: 'too-many-people',
      message: `${losers.length} of ${total} people would lose a grant; the limit for one plan is ${most} (${examples.join('; ')}${losers.length > 3 ? '; …' : ''}).`,
      count: losers.length,
    },
  ];
}

/** Yes to no, or to under a condition or unknown where no one is left for whom it is certain. */
function guardAdministrators({ facts, managementAccount, dated }: AccessGuardInput): Violation[] {
  if (managementAccount === undefined) return [];
  const { before, after } = guardedAdministrators(facts, managementAccount);
  if (before.size === 0 || after.size > 0) return [];
  const judged = [...uselessSets(facts, managementAccount, before), ...uncertainPeople(facts, managementAccount)];
  const message = [
    `The management account would lose its last administrator (now: ${listOf([...before], 10)}).`,
    ...judged,
    ...withoutEmail(facts, managementAccount),
  ].join(' ');
  return [
    {
      code: 'last-administrator',
      message: judged.length > 0 ? dated(message) : message,
      allow:
        'Keep a grant of a permission set with AdministratorAccess in the management account, or add another one first.',
    },
  ];
}

/** Sets that people keep, by which they are not administrators any more. */
function uselessSets(facts: JudgedFacts, account: string, administrators: ReadonlySet<string>): string[] {
  const isUseless = (set: string): boolean =>
    facts.administering('before', set).known !== 'no' && facts.administering('after', set).value === 'no';
  const sets = heldSets(facts, account, isUseless).filter(({ users }) =>
    users.some((user) => administrators.has(user)),
  );
  const names = listOf(
    sets.map(({ set }) => set),
    3,
  );
  return sets.length === 0 ? [] : [`${names} would no longer make anyone an administrator.`];
}

/** Who is perhaps an administrator after the plan, and why that does not count. */
function uncertainPeople(facts: JudgedFacts, account: string): string[] {
  const people = heldSets(facts, account, (set) => isUncertain(facts.administering('after', set))).map(
    ({ set, users }) => `${listOf(users, 5)} by ${set} (${uncertainty(facts.administering('after', set))})`,
  );
  return people.length === 0 ? [] : [`Not counted: ${listOf(people, 5)}.`];
}

/** The sets that people hold in an account after the plan, and who does. */
function heldSets(
  facts: JudgedFacts,
  account: string,
  isWanted: (set: string) => boolean,
): { set: string; users: string[] }[] {
  const grants = grantsOn(facts, 'after', (grant) => grant.account === account && isWanted(assignedSet(grant)));
  return [...new Set(grants.map(({ grant }) => assignedSet(grant)))]
    .sort()
    .map((set) => ({ set, users: [...peopleIn(holdersOf(facts, 'after', new Set([account]), (one) => one === set))] }))
    .filter(({ users }) => users.length > 0);
}

function withoutEmail(facts: JudgedFacts, account: string): string[] {
  const sets = (set: string): boolean => isCertain(facts.administering('after', set));
  const people = [...peopleIn(holdersOf(facts, 'after', new Set([account]), sets))];
  return people.length === 0
    ? []
    : [`${listOf(people, 5)} would be created without an e-mail address, so AWS can't send them a one-time password.`];
}

/** Under a condition, or by a policy of unknown content, one's access is perhaps not lost: that is told as a risk. */
function guardCaller({ facts, caller, names, dated }: AccessGuardInput): Violation[] {
  if (!caller) return [];
  const user = subjectKey('user', caller.userName);
  const { before, after } = possibleAdministrators(facts, caller.account);
  if (!before.has(user) || after.has(user)) return [];
  const message = `You (${caller.userName}) would lose your own administrator access in ${names.account(caller.account)}.`;
  const useless = uselessSets(facts, caller.account, new Set([user]));
  return [
    {
      code: 'own-administrator-access-lost',
      message: useless.length > 0 ? dated([message, ...useless].join(' ')) : message,
      allow: 'Ask another administrator to apply this plan.',
    },
  ];
}

/** The person who runs this, where they are certain to be an administrator before the plan, and perhaps after it. */
function uncertainCaller({ facts, caller, names, dated }: AccessGuardInput): Warning[] {
  if (!caller) return [];
  const user = subjectKey('user', caller.userName);
  const certainOn = (side: Side): boolean => administratorsOf(facts, side, caller.account, isCertain).has(user);
  if (!certainOn('before') || certainOn('after')) return [];
  const held = heldSets(facts, caller.account, (set) => isUncertain(facts.administering('after', set)));
  const [own] = held.filter(({ users }) => users.includes(user));
  if (!own) return [];
  const what = `${names.account(caller.account)} ${uncertainty(facts.administering('after', own.set))}`;
  const message = `After this plan, you (${caller.userName}) administer ${what}, by ${own.set}. Make sure that you can still undo it.`;
  return [
    {
      code: 'own-administrator-access-uncertain',
      message: dated(message),
      isRisk: true,
      lead: `you administer ${what}`,
    },
  ];
}

/** Assignments that a replacing permission set carries over: their removals end no access. */
export const replacedAssignments = (facts: AccessFacts): Set<Address> => carriedOver(facts, 'deleted');

/** Assignments of a replacing permission set that give what was given before: they begin no access. */
export const replacingAssignments = (facts: AccessFacts): Set<Address> => carriedOver(facts, 'created');

function carriedOver(facts: AccessFacts, status: ElementStatus): Set<Address> {
  const grants = renewedGrants(facts);
  const others = new KeyedMap(grants.flatMap((one) => (one.status === status ? [] : [[grantKey(one), one]])));
  const carried = grants.filter((element) => element.status === status && others.has(grantKey(element)));
  return new Set(carried.map(({ address }) => address));
}
