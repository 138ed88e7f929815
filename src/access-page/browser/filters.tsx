import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { sanitize } from '../../core/sanitize.ts';
import { noFilter, type Filter } from '../model/filter.ts';
import type { Model } from '../model/model.ts';
import { allowsChoices, changeChoices, filterLabels, onlyChoices, placeChoices, powerChoices } from './choices.ts';

interface Props {
  model: Model;
  filter: Filter;
  /** @param isTyping each letter is not a step of its own in the history */
  change(filter: Filter, isTyping: boolean): void;
}

export function Filters({ model, filter, change }: Props): JSX.Element {
  const first = useRef<HTMLInputElement>(null);
  // Before the browser paints: who sees the page can press the key at once.
  useLayoutEffect(() => {
    const find = (event: KeyboardEvent): void => {
      const { target } = event;
      const isTyping = target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
      if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      first.current?.focus();
    };
    addEventListener('keydown', find);
    return () => removeEventListener('keydown', find);
  }, []);
  const set = (part: Partial<Filter>, isTyping = false): void => change({ ...filter, ...part }, isTyping);
  const field = (key: 'who' | 'account', example: string): JSX.Element => (
    <label>
      {filterLabels[key]}
      <input
        type="search"
        value={filter[key]}
        placeholder={example}
        ref={key === 'who' ? first : null}
        autocomplete="off"
        spellcheck={false}
        onInput={({ currentTarget: { value } }) => set({ [key]: value }, true)}
      />
    </label>
  );
  const choice = (key: keyof Filter, values: readonly (readonly [string, string])[]): JSX.Element => (
    <label class={key === 'power' ? 'wide' : ''}>
      {filterLabels[key]}
      <select
        value={filter[key]}
        title={values.find(([value]) => value === filter[key])?.[1]}
        onChange={({ currentTarget: { value } }) => set({ [key]: value })}
      >
        {values.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
  const name = (key: 'unit' | 'tag' | 'set', values: readonly string[]): JSX.Element =>
    choice(key, [['', 'all'], ...values.map((value) => [value, sanitize(value)] as const)]);
  const places = placeChoices.filter(
    ([place]) =>
      place === '' ||
      (place === 'management' ? model.management !== -1 : model.accounts.some(({ production }) => production)),
  );
  const units = parentsToo(model.units);
  return (
    <form class="filters" role="search" aria-label="Filters" onSubmit={(event) => event.preventDefault()}>
      {model.isDifference && choice('change', changeChoices)}
      {field('who', 'anna, sg-*-dev')}
      {field('account', '*-prod')}
      {places.length > 1 && choice('place', places)}
      {units.length > 0 && name('unit', units)}
      {model.tags.length > 0 && name('tag', model.tags)}
      {choice('power', powerChoices)}
      {model.actions && choice('allows', allowsChoices)}
      {name(
        'set',
        model.sets.map((one) => one.name),
      )}
      {choice('only', onlyChoices)}
      <button type="button" onClick={() => change(noFilter, false)}>
        Clear
      </button>
    </form>
  );
}

/** Paths of units with those above them, the root left out. */
function parentsToo(units: readonly string[]): string[] {
  const all = units.flatMap((unit) => {
    const names = unit.split('/');
    return names.map((_, at) => names.slice(0, at + 1).join('/'));
  });
  return [...new Set(all)].filter(Boolean).sort();
}
