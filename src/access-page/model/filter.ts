import { compilePattern } from '../../core/pattern.ts';
import { reaches, type Reaches } from '../../core/access-answer.ts';
import { powers, type Power } from '../../core/access.ts';

/** What narrows a page. */
export interface Filter {
  /** Words that the person's or the group's name has; `*` stands for any text. */
  who: string;
  /** Words that the account's name or id has. */
  account: string;
  /** A path: what is in the unit and below. Empty where none is asked for. */
  unit: string;
  /** `env=prod` */
  tag: string;
  set: string;
  /** At least this power; read is all. `conditional` is administrators, if only under a condition. */
  power: Power | 'conditional';
  /** Where actions are asked about: only what allows one so far. */
  allows: '' | Reaches;
  /** Only accounts that are production, or the management account. */
  place: '' | 'production' | 'management';
  /** Only what people hold without a group, or what ends soon or has expired. */
  only: '' | 'direct' | 'ends';
  /** Of a difference: only what changes in this way. */
  change: ChangeFilter;
}

/**
 * How somebody's access to an account changes. `gains` and `loses` are of permission sets, `rises` and `falls` of the gravest
 * power, `edited` is of a set that is held before and after, `session` of one of which the length of sessions alone is edited,
 * `moved` of an end. Empty is any of them, `all` also what stays.
 */
export const changeFilters = ['', 'gains', 'loses', 'rises', 'falls', 'edited', 'session', 'moved', 'all'] as const;

export type ChangeFilter = (typeof changeFilters)[number];

export const noFilter: Filter = {
  who: '',
  account: '',
  unit: '',
  tag: '',
  set: '',
  power: 'read',
  allows: '',
  place: '',
  only: '',
  change: '',
};

export const isFiltered = (filter: Filter): boolean => fragmentOf(filter) !== '';

/** A part of a URL, without what is not asked for. */
export function fragmentOf(filter: Filter): string {
  const said = Object.entries(filter).filter(([key, value]) => value !== noFilter[key as keyof Filter]);
  return new URLSearchParams(said as [string, string][]).toString();
}

/** Reads what `fragmentOf` wrote; anything else is left out. */
export function parseFragment(text: string): Filter {
  const said = new URLSearchParams(text);
  const oneOf = <const Value extends string>(key: keyof Filter, values: readonly Value[], otherwise: Value): Value =>
    values.find((value) => value === said.get(key)) ?? otherwise;
  const words = (key: keyof Filter): string => said.get(key) ?? '';
  return {
    who: words('who'),
    account: words('account'),
    unit: words('unit'),
    tag: words('tag'),
    set: words('set'),
    power: oneOf('power', [...powers, 'conditional'], 'read'),
    allows: oneOf('allows', ['', ...reaches], ''),
    place: oneOf('place', ['', 'production', 'management'], ''),
    only: oneOf('only', ['', 'direct', 'ends'], ''),
    change: oneOf('change', changeFilters, ''),
  };
}

/** Whether a text has a word in it; a word with `*` has to be all of it. Case does not count. */
export type Matcher = (text: string) => boolean;

/** One for each word. */
export function matchersOf(words: string): Matcher[] {
  const all = words.toLowerCase().split(/\s+/).filter(Boolean);
  return all.slice(0, maxWords).map((word): Matcher => {
    if (!word.includes('*')) return (text) => text.toLowerCase().includes(word);
    const matches = compilePattern(word);
    return (text) => matches(text.toLowerCase());
  });
}

/** Each has a bit of a number. */
const maxWords = 30;
