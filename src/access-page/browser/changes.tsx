import type { ComponentChildren, JSX } from 'preact';
import { powers } from '../../core/access.ts';
import { powerWords } from '../../render/view/power-words.ts';
import type { PageSide } from '../data.ts';
import { powerAt } from '../model/cells.ts';
import type { Cell, CellChange } from '../model/columns.ts';
import type { GrantChange } from '../model/grant-change.ts';
import { number } from '../model/sentence.ts';
import { changeWords, type Told } from './change-words.ts';
import { letters, PowerLetter } from './names.tsx';

/** A mark that a reader sees beside a word or a letter; who does not see it hears the word. */
export const Mark = ({ children }: { children: ComponentChildren }): JSX.Element => (
  <span class="mark" aria-hidden="true">
    {children}
  </span>
);

export const GrantChangeWord = ({ change }: { change: GrantChange }): JSX.Element => {
  const { mark, word } = changeWords[change];
  return (
    <span class={`change ${change}`}>
      <Mark>{mark}</Mark> {word}
    </span>
  );
};

/** What is on one side alone is new, or removed. */
export const sideWords = (side: PageSide): Told => changeWords[side === 'after' ? 'gained' : 'lost'];

/** `+` before what is new, `−` before what is no longer there. */
export const SideMark = ({ side }: { side: PageSide | undefined }): JSX.Element =>
  side === undefined ? (
    <></>
  ) : (
    <>
      <Mark>{sideWords(side).mark}</Mark>
      <span class="hidden">{sideWords(side).word}: </span>
    </>
  );

interface CellProps {
  cell: Cell;
  change: CellChange;
  /** How many accounts the column has. */
  all: number;
}

/** What a cell of the matrix has before and after. */
export function ChangedCell({ cell, change, all }: CellProps): JSX.Element {
  const { power, ends, accounts } = cell;
  const { before, kinds, isUniform } = change;
  const [{ kind } = { kind: 'same' as const }, ...others] = kinds;
  if (kind === 'same') {
    return (
      <span class="unchanged">
        <span aria-hidden="true">{letters[powerAt(power)]}</span>
        <span class="hidden">unchanged: {powerWords[powerAt(power)]}</span>
        {accounts < all && <Part of={accounts} all={all} />}
      </span>
    );
  }
  if (others.length > 0 || !isUniform || accounts < all) {
    return (
      <>
        <Side power={power} before={before} ends={ends} />
        <span class="kinds">
          {kinds.map(({ kind: one, accounts: count }) => (
            <span key={one} class="kind">
              <Mark>{changeWords[one].mark}</Mark>
              <span class="hidden">{changeWords[one].word} in </span>
              {number(count)}
              <span class="hidden">, </span>
            </span>
          ))}
          <Part of={accounts} all={all} />
        </span>
      </>
    );
  }
  const { mark, word } = changeWords[kind];
  return (
    <>
      <Mark>{mark}</Mark>
      <span class="hidden">{word}: </span>
      {before !== power && before !== powers.length && power !== powers.length && (
        <>
          <s class="was" aria-hidden="true">
            {letters[powerAt(before)]}
          </s>
          <span aria-hidden="true">→</span>
          <span class="hidden">{powerWords[powerAt(before)]}, then </span>
        </>
      )}
      <Side power={power} before={before} ends={ends} />
    </>
  );
}

/** The power after; where nothing is left, the one before, struck out. */
const Side = ({ power, before, ends }: { power: number; before: number; ends: boolean }): JSX.Element =>
  power < powers.length ? (
    <PowerLetter power={power} ends={ends} />
  ) : (
    <span class={`power gone ${powerAt(before)}`}>
      <span aria-hidden="true">{letters[powerAt(before)]}</span>
      <span class="hidden">{powerWords[powerAt(before)]}</span>
    </span>
  );

/** `4 of 12`, of the accounts of a column. */
export const Part = ({ of, all }: { of: number; all: number }): JSX.Element => (
  <span class="part">
    {number(of)} of {number(all)}
  </span>
);
