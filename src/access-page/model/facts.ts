import { sanitize } from '../../core/sanitize.ts';
import { listOf } from '../../core/words.ts';
import type { DifferenceFacts, PageAbout, PageFacts, WritingPlace } from '../data.ts';
import { noFilter, type Filter } from './filter.ts';
import type { Model } from './model.ts';
import { counted, endingWords, number, people } from './sentence.ts';

export interface Fact {
  title: string;
  text: string;
  filter: Filter;
}

const verb = (count: number, one: string, many: string): string => (count === 1 ? one : many);

/** Six answers on the first screen. Each is a filter that shows who or what it counts. */
export const factsOf = (model: Model, about: PageAbout): Fact[] =>
  about.type === 'state' ? stateFacts(model, about.facts) : differenceFactsOf(model, about.facts);

function stateFacts(model: Model, facts: PageFacts): Fact[] {
  const { people: everyone, accounts, units } = model;
  const { administrators, raisers, management, writing, direct, ending } = facts;
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
      text: `can write in ${placeText(writing.in, writing.accounts, units)}${writing.maybe > 0 ? `; ${number(writing.maybe)} more may, by unknown policies` : ''}`,
      filter: { ...filterOf(writing.in, units), power: 'write' },
    },
    {
      title: counted(direct, 'grant'),
      text: `to people directly, without a group`,
      filter: { ...noFilter, only: 'direct' },
    },
    {
      title: people(ending),
      text: `${verb(ending, 'has', 'have')} access ${endingWords(model)}`,
      filter: endingFilter,
    },
  ];
}

/** `production, 10 accounts` */
function placeText(place: WritingPlace, accounts: number, units: readonly string[]): string {
  const where = counted(accounts, 'account');
  if (place.type === 'production') return `production, ${where}`;
  if (place.type === 'unit') return `${sanitize(units[place.unit] ?? '')}, ${where}`;
  return 'an account';
}

function touchedText(place: WritingPlace, units: readonly string[]): string {
  if (place.type === 'production') return ' of production';
  return place.type === 'unit' ? ` of ${sanitize(units[place.unit] ?? '')}` : '';
}

/** Accounts of production, of a unit, or all. */
export const filterOf = (place: WritingPlace, units: readonly string[]): Filter => ({
  ...noFilter,
  ...(place.type === 'production' && { place: 'production' as const }),
  ...(place.type === 'unit' && { unit: units[place.unit] ?? '' }),
});

/** What ends soon, or has expired. */
export const endingFilter: Filter = { ...noFilter, only: 'ends' };

/** The filters whose people, accounts and grants the facts of a difference count. */
export const factFilters = {
  gain: { ...noFilter, change: 'gains' },
  lose: { ...noFilter, change: 'loses' },
  added: { ...noFilter, change: 'rises', power: 'administrator' },
  gone: { ...noFilter, change: 'falls', power: 'administrator' },
  edited: { ...noFilter, change: 'edited' },
  moved: { ...noFilter, change: 'moved' },
  direct: { ...noFilter, change: 'gains', only: 'direct' },
} as const satisfies Record<string, Filter>;

function differenceFactsOf(model: Model, facts: DifferenceFacts): Fact[] {
  const { gain, lose, administrators, edited, touched, moved, direct } = facts;
  const inAccounts = (count: number): string => `in ${counted(count, 'account')}`;
  return [
    {
      title: `${people(gain.people)} ${verb(gain.people, 'gains', 'gain')}`,
      text: gain.people === 0 ? 'no permission set is newly held' : `a permission set, ${inAccounts(gain.accounts)}`,
      filter: factFilters.gain,
    },
    {
      title: `${people(lose.people)} ${verb(lose.people, 'loses', 'lose')}`,
      text:
        lose.people === 0
          ? 'no one holds less than before'
          : `a permission set, ${inAccounts(lose.accounts)}${lose.last > 0 ? `; ${number(lose.last)} ${verb(lose.last, 'loses', 'lose')} the last access` : ''}`,
      filter: factFilters.lose,
    },
    {
      title: people(administrators.added.length),
      text: administratorsText(model, administrators),
      filter: administrators.added.length === 0 && administrators.gone > 0 ? factFilters.gone : factFilters.added,
    },
    {
      title: `${counted(edited.sets, 'set')} edited`,
      text:
        edited.sets === 0
          ? 'what is held before and after allows the same'
          : `held by ${people(edited.people)} before and after`,
      filter: factFilters.edited,
    },
    {
      title: `${people(touched.people)} affected`,
      text: `${inAccounts(touched.accounts)}${touchedText(touched.in, model.units)}`,
      filter: filterOf(touched.in, model.units),
    },
    moved === undefined
      ? {
          title: counted(direct, 'new grant'),
          text: 'to people directly, without a group',
          filter: factFilters.direct,
        }
      : {
          title: `${counted(moved, 'end')} moved`,
          text: 'of grants and memberships',
          filter: factFilters.moved,
        },
  ];
}

/** `newly administer an account; 2 administered none before: ann and bob; 1 no longer administers an account, but others`. */
function administratorsText(
  { people: everyone }: Model,
  { added, first, gone, last }: DifferenceFacts['administrators'],
): string {
  const names = (some: readonly number[]): string => {
    const list = listOf(
      some.map((person) => sanitize(everyone[person]?.name ?? '')),
      2,
    );
    return list === '' ? '' : `: ${list}`;
  };
  const administer = (count: number): string => verb(count, 'administers', 'administer');
  const isFirst = first.length === added.length;
  return [
    `newly ${administer(added.length)} an account${added.length === 0 || first.length === 0 ? names(added) : isFirst ? `, and administered none before${names(first)}` : ''}`,
    ...(first.length > 0 && !isFirst ? [`${number(first.length)} administered none before${names(first)}`] : []),
    ...(gone === 0
      ? []
      : last === gone
        ? [`${number(gone)} no longer ${administer(gone)} any account`]
        : [
            `${number(gone)} no longer ${administer(gone)} an account, but ${last === 0 ? '' : `${number(gone - last)} of them `}others`,
          ]),
  ].join('; ');
}
