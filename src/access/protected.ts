import type { Administering, JudgedFacts, Narrowing } from '../core/access.ts';
import { subjectKey } from '../core/address.ts';
import { groupBy } from '../core/group-by.ts';
import { KeyedMap } from '../core/keyed-map.ts';
import type { Names } from '../core/kind.ts';
import type { Violation, Warning } from '../core/plan.ts';
import { joinWords, listOf } from '../core/words.ts';
import { holdingKey, holdings, type Holding, type Side } from './holdings.ts';

/** Access that must exist after every plan; the account by id, the place as people read it. */
export interface ProtectedAccess {
  user: string;
  account: string;
  permissionSet: string;
  place: string;
}

export interface ProtectedInput {
  facts: JudgedFacts;
  protectedAccess: readonly ProtectedAccess[];
  /** Of a plan that only removes: what is missing already is no reason to refuse it. */
  onlyLost?: boolean;
  names: Names;
  /** A message that rests on the data about policies, with their date where that has not been told yet. */
  dated(message: string): string;
}

interface Protection {
  access: ProtectedAccess;
  before: Holding | undefined;
  after: Holding | undefined;
}

/** Refuses a plan after which protected access is not held, not by a user who can sign in, or does not do what it did. */
export function guardProtected(input: ProtectedInput): Violation[] {
  const { facts, names, dated } = input;
  return protections(input).flatMap((protection) => {
    const why = whyLost(protection, input);
    if (why === undefined) return [];
    const { user, account, permissionSet, place } = protection.access;
    const message = `Protected access would be lost: ${permissionSet} in ${names.account(account)} for ${user} (${place}); ${why}.`;
    return [
      {
        code: 'protected-access-lost',
        message: losesAdministration(facts, protection) ? dated(message) : message,
        allow: 'Keep the access, or remove the entry from safety.protected.',
      },
    ];
  });
}

/** Protected access that stays, and allows less than before: one risk for each set. */
export function narrowedProtections(input: ProtectedInput): Warning[] {
  const { facts, names, dated } = input;
  const edited = new Set([...facts.editedSets, ...facts.renewedSets.values()]);
  const kept = protections(input).filter(
    (one) => edited.has(one.access.permissionSet) && whyLost(one, input) === undefined,
  );
  return [...groupBy(kept, ({ access }) => access.permissionSet)].flatMap(([set, some]) => {
    const [first] = some;
    const [was] = first?.before?.contents ?? [];
    const [is] = first?.after?.contents ?? [];
    const less = was === undefined || is === undefined ? undefined : narrowingText(facts.narrowing(was, is));
    if (less === undefined) return [];
    const holds = some.map(({ access: { user, account, place } }) => `${user} in ${names.account(account)} (${place})`);
    const message = `Protected access allows less after this plan: ${set}, held by ${listOf(holds, 3)}, ${less}.`;
    const people = some.map(({ access: { user, account } }) => `${user} in ${names.account(account)}`);
    const lead = `protected access allows less: ${set} of ${listOf(people, 2)}`;
    return [{ code: 'protected-access-narrowed', message: dated(message), isRisk: true, lead }];
  });
}

function protections({ facts, protectedAccess }: ProtectedInput): Protection[] {
  const only = {
    users: new Set(protectedAccess.map(({ user }) => subjectKey('user', user))),
    sets: new Set(protectedAccess.map(({ permissionSet }) => permissionSet)),
  };
  const heldOn = (side: Side): KeyedMap<Holding> =>
    new KeyedMap(holdings(facts, side, only).map((one) => [holdingKey(one.user, one.account, one.permissionSet), one]));
  const [before, after] = [heldOn('before'), heldOn('after')];
  return protectedAccess.map((access) => {
    const key = holdingKey(subjectKey('user', access.user), access.account, access.permissionSet);
    return { access, before: before.get(key), after: after.get(key) };
  });
}

function whyLost(protection: Protection, { facts, onlyLost }: ProtectedInput): string | undefined {
  const { access, before, after } = protection;
  const { user, permissionSet } = access;
  if (onlyLost) return before && !after ? `${user} would not hold it` : undefined;
  if (facts.disabledUsers.has(subjectKey('user', user))) return `${user} is disabled and can't sign in`;
  if (facts.emptiedSets.has(permissionSet)) return 'its policies would allow nothing';
  if (!after) return `${user} would not hold it`;
  return losesAdministration(facts, protection)
    ? `${permissionSet} would no longer make ${user} an administrator`
    : undefined;
}

function losesAdministration({ administering }: JudgedFacts, { before, after }: Protection): boolean {
  const on = (side: Side, held: Holding | undefined): Administering[] =>
    [...(held?.contents ?? [])].map((set) => administering(side, set));
  return (
    after !== undefined &&
    on('before', before).some(({ known }) => known !== 'no') &&
    on('after', after).every(({ value }) => value === 'no')
  );
}

const actions = (count: number): string => `${count.toLocaleString('en-US')} ${count === 1 ? 'action' : 'actions'}`;

function narrowingText({ lost, limited, unknown, unknownGone }: Narrowing): string | undefined {
  const parts = [
    ...(lost > 0 ? [`loses ${actions(lost)}`] : []),
    ...(limited > 0 ? [`limits ${actions(limited)} further or in another way`] : []),
    ...(unknown.length > 0 ? [`gets ${listOf(unknown, 3)}, whose content is not known`] : []),
    ...(unknownGone.length > 0 ? [`loses ${listOf(unknownGone, 3)}, whose content is not known`] : []),
  ];
  return parts.length === 0 ? undefined : joinWords(parts);
}
