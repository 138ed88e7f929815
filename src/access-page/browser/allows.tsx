import type { JSX } from 'preact';
import { reaches, type Reaches } from '../../core/access-answer.ts';
import { reachWords } from '../../render/view/reach-words.ts';
import type { PageGrant } from '../data.ts';

const word = (allows: number): string => {
  const certainty = reaches[allows];
  return certainty === undefined ? 'not at all' : reachWords[certainty];
};

/** What a cell has beside its letter where it does not allow what is asked about for certain. */
export const reachMarks: Record<Reaches, string> = { certain: '', 'by-raising': '↑', 'in-part': '◐', unknown: '?' };

/** How far what is held in a cell allows what is asked about, where that is less than certain. */
export const AllowsMark = ({ allows }: { allows: number }): JSX.Element => {
  const reach = reaches[allows];
  const mark = reach === undefined ? '' : reachMarks[reach];
  return mark === '' ? (
    <></>
  ) : (
    <>
      <span class="allows" aria-hidden="true">
        {mark}
      </span>
      <span class="hidden">, may use it: {word(allows)}</span>
    </>
  );
};

/** How far a grant allows what is asked about; of a difference, how far it did before. */
export function AllowsWord({ allows = reaches.length, wasAllows }: PageGrant): JSX.Element {
  return (
    <>
      {wasAllows !== undefined && (
        <>
          <s class="was">{word(wasAllows < 0 ? reaches.length : wasAllows)}</s> →{' '}
        </>
      )}
      {allows === 0 ? <strong>{word(allows)}</strong> : word(allows)}
    </>
  );
}
