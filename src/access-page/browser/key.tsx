import type { JSX } from 'preact';
import { powers } from '../../core/access.ts';
import { powerWords } from '../../render/view/power-words.ts';
import { powerAt } from '../model/cells.ts';
import { changeKinds } from '../model/changes.ts';
import type { Model } from '../model/model.ts';
import { changeWords } from './changes.tsx';
import { letters } from './names.tsx';

/** What the letters, the colors and the marks of a page mean. */
export const Key = ({ model }: { model: Model }): JSX.Element => (
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
      temporary: all of this power, or more, ends
    </li>
    {model.isDifference &&
      changeKinds.map((kind) => (
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
