import type { JSX } from 'preact';
import { certainties } from '../../core/access-answer.ts';
import { allowsWords } from '../../render/view/allows-words.ts';
import type { PageGrant } from '../data.ts';

const word = (allows: number): string => {
  const certainty = certainties[allows];
  return certainty === undefined ? 'not at all' : allowsWords[certainty];
};

/** What a cell has beside its letter where it allows what is asked about in part, or perhaps. */
export const allowsMarks: readonly string[] = ['', '◐', '?'];

/** How far what is held in a cell allows what is asked about, where that is less than certain. */
export const AllowsMark = ({ allows }: { allows: number }): JSX.Element => {
  const mark = allowsMarks[allows] ?? '';
  return mark === '' ? (
    <></>
  ) : (
    <>
      <span class="allows" aria-hidden="true">
        {mark}
      </span>
      <span class="hidden">, allows it: {word(allows)}</span>
    </>
  );
};

/** How far a grant allows what is asked about; of a difference, how far it did before. */
export function AllowsWord({ allows = certainties.length, wasAllows }: PageGrant): JSX.Element {
  return (
    <>
      {wasAllows !== undefined && (
        <>
          <s class="was">{word(wasAllows < 0 ? certainties.length : wasAllows)}</s> →{' '}
        </>
      )}
      {allows === 0 ? <strong>{word(allows)}</strong> : word(allows)}
    </>
  );
}
