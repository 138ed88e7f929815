import type { DifferenceFacts, PageSide, WritingPlace } from './data.ts';
import { factFilters, filterOf } from './model/facts.ts';
import type { Filter } from './model/filter.ts';
import { powerAt } from './model/cells.ts';
import { createModel, type Model, type ModelData, type Way } from './model/model.ts';
import { viewOf, type View } from './model/view.ts';

/** Six facts of a difference: each is what its filter shows. @param knowsMovedEnds whether both sides say when something ends */
export function differenceFacts(page: ModelData, { knowsMovedEnds }: { knowsMovedEnds: boolean }): DifferenceFacts {
  const model = createModel(page);
  const by = (filter: Filter): View => viewOf(model, filter);
  const [gain, lose, edited] = [by(factFilters.gain), by(factFilters.lose), by(factFilters.edited)];
  const enabled = ({ rows }: View): number[] =>
    rows
      .flatMap(({ people }) => people)
      .filter((person) => !model.people[person]?.disabled)
      .sort((a, b) => a - b);
  const holding = new Set(
    model.peopleOfClass.flatMap((people, at) => (model.waysOfClass.after[at]?.length ? people : [])),
  );
  const losing = lose.rows.flatMap(({ people }) => people);
  const held = new Set(edited.rows.flatMap(({ cells }) => [...cells].flatMap((pair) => editedIn(edited, model, pair))));
  return {
    gain: { people: gain.counts.people, accounts: gain.counts.reached },
    lose: {
      people: lose.counts.people,
      accounts: lose.counts.reached,
      last: losing.filter((person) => !holding.has(person)).length,
    },
    administrators: administratorsFact(model, {
      added: enabled(by(factFilters.added)),
      gone: enabled(by(factFilters.gone)),
      conditional: enabled(by(factFilters.addedConditionally)),
    }),
    edited: {
      sets: held.size,
      sessions: [...held].filter((set) => model.sets[set]?.was?.session).length,
      people: edited.counts.people,
    },
    touched: touchedFact(model, by),
    ...(knowsMovedEnds && { moved: movedEnds(model) }),
    direct: by(factFilters.direct).grants.count,
  };
}

/**
 * @param added who administers an account that they did not
 * @param gone who no longer administers one
 * @param conditional who administers one that they did not, or does so under a condition
 */
function administratorsFact(
  { peopleOfClass, waysOfClass }: Model,
  { added, gone, conditional }: Record<'added' | 'gone' | 'conditional', number[]>,
): DifferenceFacts['administrators'] {
  const administering = (side: PageSide): Set<number> => {
    const isAny = (ways: readonly Way[] = []): boolean => ways.some(({ power }) => powerAt(power) === 'administrator');
    return new Set(peopleOfClass.flatMap((people, at) => (isAny(waysOfClass[side][at]) ? people : [])));
  };
  const [before, after] = [administering('before'), administering('after')];
  const isAdded = new Set(added);
  return {
    added,
    first: added.filter((person) => !before.has(person)),
    gone: gone.length,
    last: gone.filter((person) => !after.has(person)).length,
    conditional: conditional.filter((person) => !isAdded.has(person)).length,
  };
}

/** The edited sets that are held before and after in a cell. */
function editedIn({ changes, cells }: View, { sets }: Model, pair: number): number[] {
  if (!changes) return [];
  const { before, after } = changes.at(pair);
  const old = new Set(cells.setsOf(before));
  return cells.setsOf(after).filter((set) => old.has(set) && sets[set]?.was !== undefined);
}

/** In production; where none is declared, in the unit in which most people change; where units are not known, anywhere. */
function touchedFact(model: Model, by: (filter: Filter) => View): DifferenceFacts['touched'] {
  const countIn = (place: WritingPlace): DifferenceFacts['touched'] => {
    const { people, reached } = by(filterOf(place, model.units)).counts;
    return { in: place, people, accounts: reached };
  };
  if (model.accounts.some(({ production }) => production)) return countIn({ type: 'production' });
  const units = [...model.units.keys()].filter((unit) => model.units[unit] !== '');
  const [most] = units
    .map((unit) => countIn({ type: 'unit', unit }))
    .sort((a, b) => b.people - a.people || b.accounts - a.accounts);
  return most ?? countIn({ type: 'anywhere' });
}

/** Of grants, and of memberships that lead to one. */
function movedEnds({ grants, groups }: Model): number {
  const isMoved = ({ wasUntil }: { wasUntil?: string }): boolean => wasUntil !== undefined;
  const memberships = groups.flatMap(({ members }) => members.filter(isMoved).flatMap(({ people }) => people));
  return grants.filter(isMoved).length + memberships.length;
}
