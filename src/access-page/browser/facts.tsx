import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
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
  const facts = useMemo(() => factsOf(model, about), [model, about]);
  return (
    <ul class="facts" aria-label="Facts">
      {facts.map((fact) => {
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
