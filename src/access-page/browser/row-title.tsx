import type { JSX } from 'preact';
import type { Model } from '../model/model.ts';
import type { Row } from '../model/rows.ts';
import { Listed, Name } from './names.tsx';
import { RowName } from './panel.tsx';

const namedInRow = 4;

/** The people of a row of the matrix: who they are, and under them of which groups the one is, or their names. */
export function RowTitle({ model, row: { people } }: { model: Model; row: Row }): JSX.Element {
  const [first = -1] = people;
  const isOne = people.length === 1;
  const names = isOne
    ? (model.groupsOfPerson[first] ?? []).map((group) => model.groups[group]?.name ?? '')
    : people.map((person) => model.people[person]?.name.replace(/@.*/, '') ?? '');
  const disabled = people.filter((person) => model.people[person]?.disabled).length;
  return (
    <>
      <span class="line">
        <RowName model={model} people={people} />
        {disabled > 0 && <span class="quiet"> {isOne ? '(disabled)' : `(${disabled} disabled)`}</span>}
      </span>
      <span class="line quiet small">
        {names.length === 0 ? (
          'no group'
        ) : (
          <Listed>
            {names.slice(0, namedInRow).map((name) => (
              <Name key={name} text={name} />
            ))}
          </Listed>
        )}
        {names.length > namedInRow && ', …'}
      </span>
    </>
  );
}
