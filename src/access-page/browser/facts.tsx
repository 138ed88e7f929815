import type { JSX } from 'preact';
import type { PageAbout } from '../data.ts';
import { factsOf } from '../model/facts.ts';
import { fragmentOf, noFilter, type Filter } from '../model/filter.ts';
import type { Model } from '../model/model.ts';

export function Facts({
  model,
  about,
  filter,
  choose,
}: {
  model: Model;
  about: PageAbout;
  filter: Filter;
  choose(filter: Filter): void;
}): JSX.Element {
  return (
    <ul class="facts" aria-label="Facts">
      {factsOf(model, about).map((fact) => {
        const isPressed = fragmentOf(fact.filter) === fragmentOf(filter);
        return (
          <li key={fact.text}>
            <button type="button" aria-pressed={isPressed} onClick={() => choose(isPressed ? noFilter : fact.filter)}>
              <span class="number">{fact.title}</span> <span class="words">{fact.text}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
