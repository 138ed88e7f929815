import { peopleCount } from '../../core/words.ts';
import type { Model } from './model.ts';
import type { View } from './view.ts';

/** A part of a sentence; what counts most is bold. */
export interface Part {
  text: string;
  isStrong?: true;
}

const strong = (text: string): Part => ({ text, isStrong: true });

/** `3,000` */
export const number = (count: number): string => count.toLocaleString('en-US');

/** `1 grant`, `1,200 grants` */
export const counted = (count: number, one: string): string => `${number(count)} ${one}${count === 1 ? '' : 's'}`;

export const people = (count: number): string => (count < 1000 ? peopleCount(count) : `${number(count)} people`);

/** `**1,770 people** can write or more in **100 of 300 accounts**, by 377 grants; **26** of them administer.` */
export function sentenceOf(model: Model, { counts, filter, grants }: View): Part[] {
  const { people: count, disabled, administrators, unknown, accounts, reached } = counts;
  if (count === 0) return [{ text: 'No one holds this access.' }];
  const isOne = count === 1;
  const verb = {
    administrator: isOne ? 'administers' : 'administer',
    raise: 'can raise rights or more in',
    unknown: 'can raise rights or may write in',
    write: 'can write or more in',
    read: isOne ? 'has access in' : 'have access in',
  }[filter.power];
  const where =
    reached === accounts ? counted(accounts, 'account') : `${number(reached)} of ${counted(accounts, 'account')}`;
  const how = { direct: ' without a group', ends: ' for at most 30 days more', '': '' }[filter.only];
  const isEveryone = filter.power === 'read' && filter.who === '' && filter.only === '' && filter.set === '';
  const rest = [
    ...(filter.power === 'administrator' || administrators === 0
      ? []
      : [
          [strong(number(administrators)), { text: ` of them ${administrators === 1 ? 'administers' : 'administer'}` }],
        ]),
    ...(unknown > 0 && filter.power !== 'administrator'
      ? [[strong(number(unknown)), { text: ` of them perhaps, by unknown policies alone` }]]
      : []),
    ...(disabled > 0 ? [[{ text: `${number(disabled)} can’t sign in (disabled)` }]] : []),
    ...(isEveryone && count < model.people.length
      ? [[{ text: `${number(model.people.length - count)} have none` }]]
      : []),
  ];
  return [
    strong(people(count)),
    { text: ` ${verb} ` },
    strong(where),
    { text: `${how}, by ${counted(grants.length, 'grant')}` },
    ...rest.flatMap((part) => [{ text: '; ' }, ...part]),
    { text: '.' },
  ];
}
