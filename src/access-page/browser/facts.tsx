import type { JSX } from 'preact';
import { sanitize } from '../../core/sanitize.ts';
import { fragmentOf, noFilter, type Filter } from '../model/filter.ts';
import type { Model } from '../model/model.ts';
import { counted, number, people } from '../model/sentence.ts';

interface Fact {
  title: string;
  text: string;
  filter: Filter;
}

/** Six answers on the first screen. Each is a filter that shows who or what it counts. */
export function factsOf({ facts, people: everyone, accounts, units }: Model): Fact[] {
  const { administrators, raisers, management, writing, direct, ending, expired } = facts;
  const verb = (count: number, one: string, many: string): string => (count === 1 ? one : many);
  return [
    {
      title: `${number(everyone.length)} × ${number(accounts.length)}`,
      text: 'people × accounts',
      filter: noFilter,
    },
    {
      title: people(administrators),
      text: `${verb(administrators, 'administers', 'administer')} an account`,
      filter: { ...noFilter, power: 'administrator' },
    },
    management
      ? {
          title: people(management.administrators),
          text: `${verb(management.administrators, 'administers', 'administer')} the management account${management.raisers > 0 ? `; ${number(management.raisers)} more can raise rights there` : ''}`,
          filter: { ...noFilter, power: 'raise', place: 'management' },
        }
      : {
          title: people(raisers),
          text: `can raise rights in an account, and ${verb(raisers, 'administers', 'administer')} none`,
          filter: { ...noFilter, power: 'raise' },
        },
    {
      title: people(writing.people),
      text: `can write in ${writingText()}${writing.maybe > 0 ? `; ${number(writing.maybe)} more may, by unknown policies` : ''}`,
      filter: {
        ...noFilter,
        power: 'write',
        ...(writing.in.type === 'production' && { place: 'production' as const }),
        ...(writing.in.type === 'unit' && { unit: units[writing.in.unit] ?? '' }),
      },
    },
    {
      title: counted(direct, 'grant'),
      text: `to people directly, without a group`,
      filter: { ...noFilter, only: 'direct' },
    },
    {
      title: `${number(ending)} ${verb(ending, 'ends', 'end')} soon`,
      text: `grants and memberships, within 30 days${expired > 0 ? `; ${number(expired)} expired and still live` : ''}`,
      filter: { ...noFilter, only: 'ends' },
    },
  ];

  function writingText(): string {
    const where = counted(writing.accounts, 'account');
    if (writing.in.type === 'production') return `production, ${where}`;
    if (writing.in.type === 'unit') return `${sanitize(units[writing.in.unit] ?? '')}, ${where}`;
    return 'an account';
  }
}

export function Facts({
  model,
  filter,
  choose,
}: {
  model: Model;
  filter: Filter;
  choose(filter: Filter): void;
}): JSX.Element {
  return (
    <ul class="facts" aria-label="Facts">
      {factsOf(model).map((fact) => {
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
