import { reaches } from '../../core/access-answer.ts';
import { powers } from '../../core/access.ts';
import type { PageSet } from '../data.ts';
import { matchersOf, type Filter } from './filter.ts';
import type { Model, Way, WaySides } from './model.ts';

/** A page about one person or one account. */
export interface Subject {
  person?: number;
  account?: number;
}

/** The accounts of a class that are looked at. */
export function accountFilter(model: Model, filter: Filter, { account: only }: Subject): (list: number[]) => number[] {
  const { accounts, units, tags, management } = model;
  const matchers = matchersOf(filter.account);
  const tag = tags.indexOf(filter.tag);
  const inUnit = units.map((unit) => unit === filter.unit || unit.startsWith(`${filter.unit}/`));
  const isWanted = (index: number): boolean => {
    const account = accounts[index];
    return (
      account !== undefined &&
      (only === undefined || only === index) &&
      (filter.place !== 'management' || index === management) &&
      (filter.place !== 'production' || account.production === 1) &&
      (filter.unit === '' || (account.unit !== undefined && inUnit[account.unit] === true)) &&
      (filter.tag === '' || account.tags?.includes(tag) === true) &&
      matchers.every((matches) => matches(account.name) || matches(account.id))
    );
  };
  return (list) => list.filter(isWanted);
}

export interface WayFilter {
  /** Of a way that can be shown: whether it is looked at as a person's, on either side. */
  isShown(way: WaySides, person: number): boolean;
  /** Whether it can be for anyone: most ways of a difference stay as they are. */
  canBeShown(way: WaySides): boolean;
  /** Which of the words somebody has, a bit each. */
  bitsOf(person: number): number;
  /** Whether a way of people with these bits is looked at, on its side. */
  isOf(way: Way, bits: number): boolean;
}

export function wayFilter(model: Model, filter: Filter): WayFilter {
  const { people, groups, grants, sets } = model;
  const matchers = matchersOf(filter.who);
  const all = matchers.length === 0 ? 0 : 2 ** matchers.length - 1;
  const bits = (...texts: string[]): number =>
    matchers.reduce((sum, matches, at) => sum + (texts.some(matches) ? 2 ** at : 0), 0);
  const ofPerson = people.map(({ name, display }) => (all === 0 ? 0 : bits(name, display ?? '')));
  const ofGroup = groups.map(({ name }) => (all === 0 ? 0 : bits(name)));
  const { power: asked } = filter;
  const least = asked === 'conditional' ? powers.indexOf('administrator') : powers.indexOf(asked);
  const certainty = filter.allows === '' ? undefined : reaches.indexOf(filter.allows);
  const isSetShown = grants.map(({ set }) => filter.set === '' || sets[set]?.name === filter.set);
  const isOf = ({ grant, group, power, conditional, allows, endsSoon }: Way, own: number): boolean =>
    isSetShown[grant] === true &&
    (power <= least || (conditional && asked === 'conditional')) &&
    (certainty === undefined || allows === certainty) &&
    (filter.only !== 'direct' || group === -1) &&
    (filter.only !== 'ends' || endsSoon) &&
    (own | (ofGroup[group] ?? 0)) === all;
  const bitsOf = (person: number): number => ofPerson[person] ?? 0;
  const editOf = grants.map(({ set }) => sets[set]?.was);
  return {
    bitsOf,
    isOf,
    isShown({ before, after }, person) {
      const own = bitsOf(person);
      return (before !== undefined && isOf(before, own)) || (after !== undefined && isOf(after, own));
    },
    canBeShown(way) {
      const { before, after } = way;
      const isThere = (before ?? after) !== undefined;
      return isThere && (!model.isDifference || changesSo(way, filter.change, (grant) => editOf[grant]));
    },
  };
}

/** Whether an assignment, with the membership that leads to it, changes as it is asked. */
function changesSo(
  { before, after }: WaySides,
  change: Filter['change'],
  editOf: (grant: number) => PageSet['was'],
): boolean {
  const edit = before && after && editOf(after.grant);
  const edited = edit !== undefined;
  const moved = after?.moved === true;
  switch (change) {
    case '':
      return !before || !after || edited || moved;
    case 'gains':
      return !before;
    case 'loses':
      return !after;
    case 'rises':
      return !before || (after !== undefined && after.power < before.power);
    case 'falls':
      return !after || (before !== undefined && after.power > before.power);
    case 'edited':
      return edited;
    case 'session':
      return edit?.session === 1;
    case 'moved':
      return moved;
    case 'all':
      return true;
  }
}
