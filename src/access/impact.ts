import { compareTexts } from '../core/compare-texts.ts';
import {
  powers,
  type AccessChange,
  type JudgedFacts,
  type AccessImpact,
  type AccessPath,
  type Place,
  type Power,
} from '../core/access.ts';
import { groupBy } from '../core/group-by.ts';
import { createPeopleLists, mergeBlocks, type Block, type PeopleLists, type Reach } from '../core/reach.ts';
import { lostAdministrators, newAdministrators } from './administrators.ts';
import { editedHoldings } from './edited.ts';
import { splitByEnd, type Ends } from './ends.ts';
import { givenSets } from './given.ts';
import type { Side } from './holdings.ts';
import { attributeChanges } from './session-tags.ts';
import { lastAccess } from './last-access.ts';
import { touchedHolds, waysOn, type Hold, type Way } from './ways.ts';

/**
 * What a plan does to effective access.
 * @param people where the lists of people are kept
 * @param options what the plan touches, where that has been found already; and when what ends, where the file says so
 */
export function accessImpact(
  facts: JudgedFacts,
  people: PeopleLists = createPeopleLists(),
  { holds = touchedHolds(facts), ends }: { holds?: readonly Hold[]; ends?: Ends } = {},
): Omit<AccessImpact, 'applications' | 'changedHands'> {
  const { gained, lost } = accessChanges(facts, holds, people, ends);
  const edited = editedHoldings(facts).map(({ holders, ...edit }) => ({ ...edit, holders: people.reachOf(holders) }));
  return {
    people: people.lists,
    gained,
    lost,
    lastAccess: lastAccess(facts, people, lost),
    newAdministrators: newAdministrators(facts).flatMap(({ by, ...block }) =>
      people.reachOf([block]).map((reach) => ({ ...reach, by })),
    ),
    lostAdministrators: people.reachOf(lostAdministrators(facts)),
    edited,
    attributes: attributeChanges(facts).map(({ holders, ...change }) => ({
      ...change,
      holders: people.reachOf(holders),
    })),
    ...(edited.length > 0 && { policyData: facts.policyData }),
    given: givenSets(facts),
  };
}

/** Who gains and who loses what. */
export function accessChanges(
  facts: JudgedFacts,
  holds: readonly Hold[],
  people: PeopleLists,
  ends: Ends = new Map(),
): Pick<AccessImpact, 'gained' | 'lost'> {
  const persons = holds.filter(({ isPerson }) => isPerson);
  const gained = persons.filter((hold) => waysOn('before', hold).length === 0);
  const lost = persons.filter((hold) => waysOn('after', hold).length === 0);
  return { gained: changesOf(gained, 'after'), lost: changesOf(lost, 'before') };

  /** People who hold the same in the same ways on one side, until the same end, together. */
  function changesOf(some: readonly Hold[], side: Side): AccessChange[] {
    const same = new Map<string, { change: Omit<AccessChange, keyof Reach>; blocks: Block[] }>();
    for (const hold of some) {
      const found = waysOn(side, hold);
      if (found.length === 0) continue;
      const ways = pathsOf(found);
      for (const { block: whole, until } of splitByEnd(hold, side, ends)) {
        for (const [power, block] of splitByPower(facts, side, hold, whole)) {
          const change = { permissionSet: hold.permissionSet, power, ways, ...(until !== undefined && { until }) };
          const key = JSON.stringify(change);
          const known = same.get(key) ?? { change, blocks: [] };
          same.set(key, known);
          known.blocks.push(block);
        }
      }
    }
    return [...same]
      .flatMap(([key, { change, blocks }]) => mergeBlocks(blocks).map((block) => ({ key, change, block })))
      .sort((a, b) => compareTexts(a.block.users[0] ?? '', b.block.users[0] ?? '') || compareTexts(a.key, b.key))
      .map(({ change, block: { users, accounts } }) => ({ people: people.add(users), accounts, ...change }));
  }
}

/** The gravest of what sets let people do where they are held together. */
export function powerOn(facts: JudgedFacts, side: Side, sets: Iterable<string>, place: Place): Power {
  const held = [...sets].map((set) => facts.powerOf(side, set, place));
  return powers.find((power) => held.includes(power)) ?? 'unknown';
}

/** A set can have more power in the management account than elsewhere. */
function splitByPower(facts: JudgedFacts, side: Side, hold: Hold, { users, accounts }: Block): [Power, Block][] {
  const sets = [...new Set(waysOn(side, hold).map(({ assigned = hold.permissionSet }) => assigned))];
  const byPower = new Map<Power, string[]>();
  for (const [place, some] of groupBy(accounts, facts.placeOf) as Map<Place, string[]>) {
    const power = powerOn(facts, side, sets, place);
    byPower.set(power, [...(byPower.get(power) ?? []), ...some].sort());
  }
  return [...byPower].map(([power, some]) => [power, { users, accounts: some }]);
}

/** Each once, in the form that a plan has. */
function pathsOf(ways: readonly Way[]): AccessPath[] {
  const paths = ways.map(({ via, assigned, assignment, membership }): AccessPath => {
    return {
      ...(via !== undefined && { via }),
      ...(assigned !== undefined && { assigned }),
      assignment,
      ...(membership && { membership }),
    };
  });
  return [...new Map(paths.map((path) => [JSON.stringify(path), path]))]
    .sort(([a], [b]) => compareTexts(a, b))
    .map(([, path]) => path);
}
