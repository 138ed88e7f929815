import { reaches } from '../../core/access-answer.ts';
import { sanitize } from '../../core/sanitize.ts';
import { reachWords } from '../../render/view/reach-words.ts';
import { noFilter, type Filter } from '../model/filter.ts';

/** The values that a filter can have, with their words. */
type Choices<Key extends keyof Filter> = readonly [Filter[Key], string][];

export const changeChoices: Choices<'change'> = [
  ['', 'any change'],
  ['gains', 'gains a set'],
  ['loses', 'loses a set'],
  ['rises', 'more power'],
  ['falls', 'less power'],
  ['edited', 'set edited'],
  ['session', 'session length'],
  ['moved', 'end moved'],
  ['all', 'also unchanged'],
];

export const powerChoices: Choices<'power'> = [
  ['read', 'any'],
  ['write', 'write'],
  ['raise', 'can raise rights'],
  ['conditional', 'conditional administrator'],
  ['administrator', 'administrator'],
];

export const placeChoices: Choices<'place'> = [
  ['', 'all'],
  ['management', 'management'],
  ['production', 'production'],
];

export const onlyChoices: Choices<'only'> = [
  ['', 'all'],
  ['direct', 'held without a group'],
  ['ends', 'ends soon, or expired'],
];

export const allowsChoices: Choices<'allows'> = [
  ['', 'all'],
  ...reaches.map((one): [Filter['allows'], string] => [one, reachWords[one]]),
];

/** What each filter is called. */
export const filterLabels: Record<keyof Filter, string> = {
  change: 'Change',
  who: 'Person or group',
  account: 'Account',
  place: 'Accounts',
  unit: 'Unit',
  tag: 'Tag',
  power: 'Power at least',
  allows: 'May use it',
  set: 'Permission set',
  only: 'Only',
};

const choices: Partial<Record<keyof Filter, readonly (readonly [string, string])[]>> = {
  change: changeChoices,
  power: powerChoices,
  place: placeChoices,
  only: onlyChoices,
  allows: allowsChoices,
};

/** What a page is filtered by: `Unit: Workloads/Prod`; nothing of what is not. */
export const filterWords = (filter: Filter): string[] =>
  (Object.keys(filterLabels) as (keyof Filter)[]).flatMap((key) => {
    const value = filter[key];
    if (value === noFilter[key]) return [];
    const word = choices[key]?.find(([one]) => one === value)?.[1];
    return `${filterLabels[key]}: ${word ?? sanitize(value)}`;
  });
