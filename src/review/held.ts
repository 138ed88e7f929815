import { powerCause } from '../access/power-cause.ts';
import { existsOn, type GrantElement } from '../access/holdings.ts';
import { assignedSet, powers, type JudgedFacts } from '../core/access.ts';
import { compareTexts } from '../core/compare-texts.ts';
import { addTo } from '../core/group-by.ts';
import type { GivenPower, ReviewItem } from '../core/review.ts';
import { stableJson } from '../core/stable-json.ts';
import type { IdentityDocument } from '../config/schema/document.ts';
import { createEntryLookUp, type GrantingEntry } from '../access/granting-entries.ts';
import type { CompiledFile } from '../source/compile.ts';
import type { SinceLookUp } from '../history/since.ts';

type Held = Pick<ReviewItem, 'holders' | 'since' | 'gives'>;

interface HeldByEntry {
  users: Set<string>;
  grants: GrantElement[];
  /** The group of a membership. */
  joins?: string;
}

/** Who has by an entry what it grants, and what that lets them do, as far as it is live. A membership gives what its group holds. */
export function createHeldLookUp(
  desired: CompiledFile['desired'],
  document: IdentityDocument,
  facts: JudgedFacts,
  sinceOf?: SinceLookUp,
): (entry: GrantingEntry) => Held {
  const entryAt = createEntryLookUp(document);
  const live = facts.elements.filter((element) => existsOn('before', element));
  const members = new Map<string, string[]>();
  const grantsOfGroup = new Map<string, GrantElement[]>();
  for (const element of live) {
    const { user, group = '' } = element;
    if (!element.grant) addTo(members, group, user ?? '');
    else if (user === undefined) addTo(grantsOfGroup, group, element as GrantElement);
  }
  const byEntry = new Map<string, HeldByEntry>();
  for (const element of live) {
    const { user, group = '' } = element;
    for (const path of desired.get(element.address)?.at ?? []) {
      const entry = entryAt(path);
      if (!entry) continue;
      const key = stableJson(entry.path);
      const known: HeldByEntry = byEntry.get(key) ?? { users: new Set(), grants: [] };
      byEntry.set(key, known);
      for (const one of user === undefined ? (members.get(group) ?? []) : [user]) known.users.add(one);
      if (element.grant) known.grants.push(element as GrantElement);
      else known.joins = group;
    }
  }
  const ofGroup = new Map<string, GivenPower[]>();
  const groupGives = (group: string): GivenPower[] => {
    const given = ofGroup.get(group) ?? givenBy(grantsOfGroup.get(group) ?? [], facts);
    ofGroup.set(group, given);
    return given;
  };
  return ({ path }) => {
    const held = byEntry.get(stableJson(path));
    const holders = [...(held?.users ?? [])].sort();
    const given = held?.joins === undefined ? (held?.grants ?? []) : (grantsOfGroup.get(held.joins) ?? []);
    const isKnown = sinceOf !== undefined && holders.length > 0 && given.length > 0;
    return {
      holders,
      ...(isKnown && {
        since: sinceOf(
          holders,
          given.map(({ grant }) => grant),
        ),
      }),
      gives: held?.joins === undefined ? givenBy(held?.grants ?? [], facts) : groupGives(held.joins),
    };
  };
}

/** The permission sets of these grants, the gravest first, then where most is reached. */
function givenBy(grants: readonly GrantElement[], facts: JudgedFacts): GivenPower[] {
  const accounts = new Map<
    string,
    { set: string; given: Pick<GivenPower, 'permissionSet' | 'power'>; ids: Set<string> }
  >();
  for (const { grant } of grants) {
    const { permissionSet, account } = grant;
    const set = assignedSet(grant);
    const power = facts.powerOf('before', set, facts.placeOf(account));
    const key = JSON.stringify([set, power]);
    const known = accounts.get(key) ?? { set, given: { permissionSet, power }, ids: new Set() };
    accounts.set(key, known);
    known.ids.add(account);
  }
  return [...accounts.values()]
    .map(({ set, given, ids }): GivenPower => {
      const cause = powerCause(facts, 'before', set, [...ids]);
      return { ...given, ...(Object.keys(cause).length > 0 && { cause }), accounts: ids.size };
    })
    .sort(
      (a, b) =>
        powers.indexOf(a.power) - powers.indexOf(b.power) ||
        b.accounts - a.accounts ||
        compareTexts(a.permissionSet, b.permissionSet),
    );
}
