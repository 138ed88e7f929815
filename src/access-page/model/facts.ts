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
  const { administrators, conditional, raisers, management, writing, direct, ending } = facts;
  const size = (some: number, of: number): string => `${number(some)} × ${number(of)}`;
  const all = size(everyone.length, accounts.length);
  const more = conditionalText(conditional);
  return [
    {
      ...(model.asked === undefined
        ? { title: all, text: 'people × accounts' }
        : { title: size(...heldIn(model)), text: `people × accounts by this question, of ${all}` }),
      filter: noFilter,
    },
    {
      title: people(administrators),
      text: `${verb(administrators, 'administers', 'administer')} an account${more}`,
      filter: { ...noFilter, power: conditional > 0 ? 'conditional' : 'administrator' },
    },
    management
      ? {
          title: people(management.administrators),
          text: `${verb(management.administrators, 'administers', 'administer')} the management account${conditionalText(management.conditional)}${management.raisers > 0 ? `; ${number(management.raisers)} more can raise rights there` : ''}`,
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

/** `; 4 more under a condition`; empty where there are none. */
const conditionalText = (count: number): string => (count === 0 ? '' : `; ${number(count)} more under a condition`);

/** How many people hold something, and in how many accounts. */
function heldIn({ peopleOfClass, waysOfClass, grants, lists }: Model): [people: number, accounts: number] {
  const held = waysOfClass.after.flatMap((ways, at) => (ways.length > 0 ? (peopleOfClass[at] ?? []) : []));
  const used = new Set(waysOfClass.after.flatMap((ways) => ways.map(({ grant }) => grants[grant]?.accounts ?? -1)));
  return [held.length, new Set([...used].flatMap((list) => lists[list] ?? [])).size];
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
  addedConditionally: { ...noFilter, change: 'rises', power: 'conditional' },
  edited: { ...noFilter, change: 'edited' },
  moved: { ...noFilter, change: 'moved' },
  direct: { ...noFilter, change: 'gains', only: 'direct' },
} as const satisfies Record<string, Filter>;

function administratorsFilter({ added, gone, conditional }: DifferenceFacts['administrators']): Filter {
  if (conditional > 0) return factFilters.addedConditionally;
  return added.length === 0 && gone > 0 ? factFilters.gone : factFilters.added;
}

function differenceFactsOf(model: Model, facts: DifferenceFacts): Fact[] {
  const { gain, lose, administrators, edited, touched, moved, direct } = facts;
  const inAccounts = (count: number): string => `in ${counted(count, 'account')}`;
  return [
    {
      title: people(gain.people),
      text:
        gain.people === 0
          ? 'newly hold a permission set'
          : `${verb(gain.people, 'gains', 'gain')} a permission set, ${inAccounts(gain.accounts)}`,
      filter: factFilters.gain,
    },
    {
      title: people(lose.people),
      text:
        lose.people === 0
          ? 'no longer hold a permission set'
          : `${verb(lose.people, 'loses', 'lose')} a permission set, ${inAccounts(lose.accounts)}${lose.last > 0 ? `; ${number(lose.last)} ${verb(lose.last, 'loses', 'lose')} the last access` : ''}`,
      filter: factFilters.lose,
    },
    {
      title: people(administrators.added.length),
      text: administratorsText(model, administrators),
      filter: administratorsFilter(administrators),
    },
    {
      title: `${counted(edited.sets, 'set')} edited`,
      text:
        edited.sets === 0
          ? 'what is held before and after allows the same'
          : `held by ${people(edited.people)} before and after${edited.sessions > 0 ? `; ${edited.sessions === edited.sets ? 'all' : `${number(edited.sessions)} of them`} in session length alone` : ''}`,
      filter: factFilters.edited,
    },
    {
      title: people(touched.people),
      text: `affected ${inAccounts(touched.accounts)}${touchedText(touched.in, model.units)}`,
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

/** `newly administer an account; 2 none before: ann and bob; 1 no longer administers an account, but others`. */
function administratorsText(
  { people: everyone }: Model,
  { added, first, gone, last, conditional }: DifferenceFacts['administrators'],
): string {
  const names = (some: readonly number[]): string => {
    const list = listOf(
      some.map((person) => sanitize(everyone[person]?.name ?? '').replace(/(?<=.)@.*/, '')),
      2,
    );
    return list === '' ? '' : `: ${list}`;
  };
  const administer = (count: number): string => verb(count, 'administers', 'administer');
  const isFirst = first.length === added.length;
  return [
    `newly ${administer(added.length)} an account${added.length === 0 || first.length === 0 ? names(added) : isFirst ? `, none before${names(first)}` : ''}`,
    ...(first.length > 0 && !isFirst ? [`${number(first.length)} none before${names(first)}`] : []),
    ...(conditional > 0 ? [`${number(conditional)} more under a condition`] : []),
    ...(gone === 0
      ? []
      : last === gone
        ? [`${number(gone)} no longer ${administer(gone)} any account`]
        : [
            `${number(gone)} no longer ${administer(gone)} an account, but ${last === 0 ? '' : `${number(gone - last)} of them `}others`,
          ]),
  ].join('; ');
}
