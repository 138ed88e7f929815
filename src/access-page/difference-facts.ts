import type { DifferenceFacts, WritingPlace } from './data.ts';
import { factFilters, filterOf } from './model/facts.ts';
import type { Filter } from './model/filter.ts';
import { createModel, type Model, type ModelData } from './model/model.ts';
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
    administrators: { added: enabled(by(factFilters.added)), gone: enabled(by(factFilters.gone)).length },
    edited: { sets: held.size, people: edited.counts.people },
    touched: touchedFact(model, by),
    ...(knowsMovedEnds && { moved: movedEnds(model) }),
    direct: by(factFilters.direct).grants.length,
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
