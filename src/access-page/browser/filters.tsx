import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Power } from '../../core/access.ts';
import { sanitize } from '../../core/sanitize.ts';
import { noFilter, type ChangeFilter, type Filter } from '../model/filter.ts';
import type { Model } from '../model/model.ts';

interface Props {
  model: Model;
  filter: Filter;
  /** @param isTyping each letter is not a step of its own in the history */
  change(filter: Filter, isTyping: boolean): void;
}

const powerChoices: [Power, string][] = [
  ['read', 'any'],
  ['write', 'write'],
  ['raise', 'can raise rights'],
  ['administrator', 'administrator'],
];

const changeChoices: [ChangeFilter, string][] = [
  ['', 'any change'],
  ['gains', 'gains a set'],
  ['loses', 'loses a set'],
  ['rises', 'more power'],
  ['falls', 'less power'],
  ['edited', 'set edited'],
  ['moved', 'end moved'],
  ['all', 'also unchanged'],
];

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
  const field = (key: 'who' | 'account', label: string, example: string): JSX.Element => (
    <label>
      {label}
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
  const choice = (key: 'unit' | 'tag' | 'set', label: string, values: readonly string[]): JSX.Element => (
    <label>
      {label}
      <select class="named" value={filter[key]} onChange={({ currentTarget: { value } }) => set({ [key]: value })}>
        <option value="">all</option>
        {values.map((value) => (
          <option key={value} value={value}>
            {sanitize(value)}
          </option>
        ))}
      </select>
    </label>
  );
  const places: [Filter['place'], string][] = [
    ['', 'all'],
    ...(model.management === -1 ? [] : [['management', 'management'] as [Filter['place'], string]]),
    ...(model.accounts.some(({ production }) => production)
      ? [['production', 'production'] as [Filter['place'], string]]
      : []),
  ];
  const units = parentsToo(model.units);
  return (
    <form class="filters" role="search" aria-label="Filters" onSubmit={(event) => event.preventDefault()}>
      {model.isDifference && (
        <label>
          Change
          <select
            value={filter.change}
            onChange={({ currentTarget: { value } }) => set({ change: value as ChangeFilter })}
          >
            {changeChoices.map(([value, text]) => (
              <option key={value} value={value}>
                {text}
              </option>
            ))}
          </select>
        </label>
      )}
      {field('who', 'Person or group', 'anna, sg-*-dev')}
      {field('account', 'Account', '*-prod')}
      {places.length > 1 && (
        <label>
          Accounts
          <select
            value={filter.place}
            onChange={({ currentTarget: { value } }) => set({ place: value as Filter['place'] })}
          >
            {places.map(([value, text]) => (
              <option key={value} value={value}>
                {text}
              </option>
            ))}
          </select>
        </label>
      )}
      {units.length > 0 && choice('unit', 'Unit', units)}
      {model.tags.length > 0 && choice('tag', 'Tag', model.tags)}
      <label>
        Power at least
        <select value={filter.power} onChange={({ currentTarget: { value } }) => set({ power: value as Power })}>
          {powerChoices.map(([value, text]) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </select>
      </label>
      {choice(
        'set',
        'Permission set',
        model.sets.map(({ name }) => name),
      )}
      <label>
        Only
        <select value={filter.only} onChange={({ currentTarget: { value } }) => set({ only: value as Filter['only'] })}>
          <option value="">all</option>
          <option value="direct">held without a group</option>
          <option value="ends">ends soon, or expired</option>
        </select>
      </label>
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
