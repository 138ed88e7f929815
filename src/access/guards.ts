import type { AccessElement, AccessFacts, AccessImpact, JudgedFacts } from '../core/access.ts';
import type { Excess } from '../core/allowance.ts';
import { subjectKey, type Address } from '../core/address.ts';
import { blocksOf, peopleIn } from '../core/reach.ts';
import { KeyedMap } from '../core/keyed-map.ts';
import type { Names } from '../core/kind.ts';
import type { Violation } from '../core/plan.ts';
import { guardedAdministrators } from './administrators.ts';
import { grantKey, holders, holdingKey, holdings, renewedGrants, type Holding, type Side } from './holdings.ts';

/** Access that must exist after every plan; the account by id, the place as people read it. */
export interface ProtectedAccess {
  user: string;
  account: string;
  permissionSet: string;
  place: string;
}

export interface AccessGuardInput {
  facts: JudgedFacts;
  protectedAccess: readonly ProtectedAccess[];
  /** Of a plan that only removes: what is missing already is no reason to refuse it. */
  onlyLost?: boolean;
  managementAccount?: string;
  /** The person who runs this, where they came in through Identity Center. */
  caller?: { userName: string; account: string };
  names: Names;
}

/** Judges effective access, through groups too; a disabled user protects nothing. */
export function guardAccess(input: AccessGuardInput): Violation[] {
  return [...guardProtected(input), ...guardAdministrators(input), ...guardCaller(input)];
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

function guardProtected({ facts, protectedAccess, onlyLost, names }: AccessGuardInput): Violation[] {
  const only = {
    users: new Set(protectedAccess.map(({ user }) => subjectKey('user', user))),
    sets: new Set(protectedAccess.map(({ permissionSet }) => permissionSet)),
  };
  const heldOn = (side: Side): KeyedMap<Holding> =>
    new KeyedMap(holdings(facts, side, only).map((one) => [holdingKey(one.user, one.account, one.permissionSet), one]));
  const held = heldOn('after');
  const heldBefore = onlyLost ? heldOn('before') : undefined;
  return protectedAccess.flatMap(({ user, account, permissionSet, place }) => {
    const key = subjectKey('user', user);
    const disabled = facts.disabledUsers.has(key);
    const emptied = facts.emptiedSets.has(permissionSet);
    const own = holdingKey(key, account, permissionSet);
    const isKept = heldBefore ? held.has(own) || !heldBefore.has(own) : held.has(own) && !disabled && !emptied;
    if (isKept) return [];
    const why = disabled
      ? `${user} is disabled and can't sign in`
      : emptied
        ? 'it would have no policy left and allow nothing'
        : `${user} would not hold it`;
    return [
      {
        code: 'protected-access-lost',
        message: `Protected access would be lost: ${permissionSet} in ${names.account(account)} for ${user} (${place}); ${why}.`,
        allow: 'Keep the access, or remove the entry from safety.protected.',
      },
    ];
  });
}

function guardAdministrators({ facts, managementAccount }: AccessGuardInput): Violation[] {
  if (managementAccount === undefined) return [];
  const { before, after, uncertain } = guardedAdministrators(facts, managementAccount);
  if (before.size === 0 || after.size > 0) return [];
  const perhaps =
    uncertain.size === 0
      ? ''
      : ` Not counted: ${[...uncertain].join(', ')}, because of a condition or a policy of unknown content.`;
  return [
    {
      code: 'last-administrator',
      message: `The management account would lose its last administrator (now: ${[...before].join(', ')}).${perhaps}`,
      allow:
        'Keep a grant of a permission set with AdministratorAccess in the management account, or add another one first.',
    },
  ];
}

function guardCaller({ facts, caller, names }: AccessGuardInput): Violation[] {
  if (!caller) return [];
  const user = subjectKey('user', caller.userName);
  const { before, after } = guardedAdministrators(facts, caller.account, user);
  if (!before.has(user) || after.has(user)) return [];
  return [
    {
      code: 'own-administrator-access-lost',
      message: `You (${caller.userName}) would lose your own administrator access in ${names.account(caller.account)}.`,
      allow: 'Ask another administrator to apply this plan.',
    },
  ];
}

/** Assignments that a replacing permission set carries over: their removals end no access. */
export function replacedAssignments(facts: AccessFacts): Set<Address> {
  const grants = renewedGrants(facts);
  const staying = new KeyedMap(grants.flatMap((one) => (one.status === 'deleted' ? [] : [[grantKey(one), one]])));
  const replaced = grants.filter((element) => element.status === 'deleted' && staying.has(grantKey(element)));
  return new Set(replaced.map(({ address }) => address));
}
