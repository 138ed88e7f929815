import { compareTexts } from '../core/compare-texts.ts';
import type { AccessChange, JudgedFacts, AccessImpact, AccessPath } from '../core/access.ts';
import { createPeopleLists, mergeBlocks, type Block, type PeopleLists, type Reach } from '../core/reach.ts';
import { newAdministrators } from './administrators.ts';
import { editedHoldings } from './edited.ts';
import { splitByEnd, type Ends } from './ends.ts';
import { givenSets } from './given.ts';
import type { Side } from './holdings.ts';
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
  const { gained, lost } = accessChanges(holds, people, ends);
  return {
    people: people.lists,
    gained,
    lost,
    lastAccess: lastAccess(facts, people, lost),
    newAdministrators: people.reachOf(newAdministrators(facts)),
    edited: editedHoldings(facts).map(({ permissionSet, holders }) => ({
      permissionSet,
      holders: people.reachOf(holders),
    })),
    given: givenSets(facts),
  };
}

/** Who gains and who loses what. */
export function accessChanges(
  holds: readonly Hold[],
  people: PeopleLists,
  ends: Ends = new Map(),
): Pick<AccessImpact, 'gained' | 'lost'> {
  const persons = holds.filter(({ isPerson }) => isPerson);
  const gained = persons.filter((hold) => waysOn('before', hold).length === 0);
  const lost = persons.filter((hold) => waysOn('after', hold).length === 0);
  return { gained: changesOf(gained, 'after', people, ends), lost: changesOf(lost, 'before', people, ends) };
}

/** People who hold the same in the same ways on one side, until the same end, together. */
function changesOf(holds: readonly Hold[], side: Side, people: PeopleLists, ends: Ends): AccessChange[] {
  const same = new Map<string, { change: Omit<AccessChange, keyof Reach>; blocks: Block[] }>();
  for (const hold of holds) {
    const found = waysOn(side, hold);
    if (found.length === 0) continue;
    const ways = pathsOf(found);
    for (const { block, until } of splitByEnd(hold, side, ends)) {
      const change = { permissionSet: hold.permissionSet, ways, ...(until !== undefined && { until }) };
      const key = JSON.stringify(change);
      const known = same.get(key) ?? { change, blocks: [] };
      same.set(key, known);
      known.blocks.push(block);
    }
  }
  return [...same]
    .flatMap(([key, { change, blocks }]) => mergeBlocks(blocks).map((block) => ({ key, change, block })))
    .sort((a, b) => compareTexts(a.block.users[0] ?? '', b.block.users[0] ?? '') || compareTexts(a.key, b.key))
    .map(({ change, block: { users, accounts } }) => ({ people: people.add(users), accounts, ...change }));
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
