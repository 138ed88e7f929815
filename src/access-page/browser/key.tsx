import type { JSX } from 'preact';
import { powers } from '../../core/access.ts';
import { reaches } from '../../core/access-answer.ts';
import { reachWords } from '../../render/view/reach-words.ts';
import { powerWords } from '../../render/view/power-words.ts';
import { powerAt } from '../model/cells.ts';
import { changeKinds } from '../model/changes.ts';
import { reachMarks } from './allows.tsx';
import { changeWords } from './change-words.ts';
import { letters } from './names.tsx';

/** What the letters and the colors of a page mean. */
export const Key = (): JSX.Element => (
  <ul class="key" aria-label="Key">
    {powers.map((power, at) => (
      <li key={power}>
        <span class={`power ${power}`} aria-hidden="true">
          {letters[power]}
        </span>{' '}
        {powerWords[powerAt(at)]}
      </li>
    ))}
    <li>
      <span class="power write ends" aria-hidden="true">
        W
      </span>{' '}
      temporary: all of it ends
    </li>
  </ul>
);

/** What the marks of changes mean. */
export const ChangeKey = (): JSX.Element => (
  <ul class="key marks" aria-label="Key of changes">
    {changeKinds.map((kind) => (
      <li key={kind}>
        {kind === 'same' ? (
          <span class="unchanged" aria-hidden="true">
            W
          </span>
        ) : (
          <span class="mark" aria-hidden="true">
            {changeWords[kind].mark}
          </span>
        )}{' '}
        {changeWords[kind].word}
      </li>
    ))}
  </ul>
);

/** What the marks of who may use an action mean. */
export const ReachKey = (): JSX.Element => (
  <ul class="key marks" aria-label="Key of what was asked for">
    <li>no mark: may use it {reachWords.certain}</li>
    {reaches.slice(1).map((one) => (
      <li key={one}>
        <span class="mark" aria-hidden="true">
          {reachMarks[one]}
        </span>{' '}
        {reachWords[one]}
      </li>
    ))}
  </ul>
);
