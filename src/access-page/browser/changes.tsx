import type { ComponentChildren, JSX } from 'preact';
import { powers } from '../../core/access.ts';
import { powerWords } from '../../render/view/power-words.ts';
import type { PageSide } from '../data.ts';
import { powerAt } from '../model/cells.ts';
import type { ChangeKind } from '../model/changes.ts';
import type { Cell } from '../model/columns.ts';
import type { GrantChange } from '../model/grant-change.ts';
import { letters, PowerLetter } from './names.tsx';

interface Told {
  mark: string;
  word: string;
}

export const changeWords: Record<ChangeKind, Told> = {
  gained: { mark: '+', word: 'gained' },
  lost: { mark: '−', word: 'lost' },
  rises: { mark: '▲', word: 'more power' },
  falls: { mark: '▼', word: 'less power' },
  other: { mark: '≠', word: 'other sets' },
  edited: { mark: '~', word: 'set edited' },
  moved: { mark: '◷', word: 'end moved' },
  same: { mark: '', word: 'unchanged' },
};

const grantWords: Record<GrantChange, Told> = {
  gained: { mark: '+', word: 'new' },
  lost: { mark: '−', word: 'removed' },
  edited: { mark: '~', word: 'set edited' },
  moved: { mark: '◷', word: 'end moved' },
  joined: { mark: '+', word: 'new members' },
  left: { mark: '−', word: 'members removed' },
  members: { mark: '±', word: 'other members' },
  same: { mark: '', word: 'unchanged' },
};

/** A mark that a reader sees beside a word or a letter; who does not see it hears the word. */
export const Mark = ({ children }: { children: ComponentChildren }): JSX.Element => (
  <span class="mark" aria-hidden="true">
    {children}
  </span>
);

export const GrantChangeWord = ({ change }: { change: GrantChange }): JSX.Element => {
  const { mark, word } = grantWords[change];
  return (
    <span class={`change ${change}`}>
      <Mark>{mark}</Mark> {word}
    </span>
  );
};

/** `+` before what is new, `−` before what is no longer there. */
export const SideMark = ({ side }: { side: PageSide | undefined }): JSX.Element =>
  side === undefined ? (
    <></>
  ) : (
    <>
      <Mark>{side === 'after' ? '+' : '−'}</Mark>
      <span class="hidden">{side === 'after' ? 'new: ' : 'removed: '}</span>
    </>
  );

/** What a cell of the matrix has before and after. */
export function ChangedCell({ power, ends, kind, before }: Cell & { kind: ChangeKind; before: number }): JSX.Element {
  const { mark, word } = changeWords[kind];
  const old = before === powers.length ? '' : powerWords[powerAt(before)];
  if (kind === 'same') {
    return (
      <span class="unchanged">
        <span aria-hidden="true">{letters[powerAt(power)]}</span>
        <span class="hidden">unchanged: {old}</span>
      </span>
    );
  }
  return (
    <>
      <Mark>{mark}</Mark>
      <span class="hidden">{word}: </span>
      {kind === 'lost' ? (
        <span class={`power gone ${powerAt(before)}`}>
          <span aria-hidden="true">{letters[powerAt(before)]}</span>
          <span class="hidden">{old}</span>
        </span>
      ) : (
        <>
          {before !== powers.length && before !== power && (
            <>
              <s class="was" aria-hidden="true">
                {letters[powerAt(before)]}
              </s>
              <span aria-hidden="true">→</span>
              <span class="hidden">{old}, then </span>
            </>
          )}
          <PowerLetter power={power} ends={ends} />
        </>
      )}
    </>
  );
}
