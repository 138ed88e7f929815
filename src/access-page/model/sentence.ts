import type { Power } from '../../core/access.ts';
import { peopleCount } from '../../core/words.ts';
import { isFiltered, type Filter } from './filter.ts';
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

export function sentenceOf(model: Model, view: View): Part[] {
  if (view.counts.people === 0) return [{ text: noOne(model, view.filter) }];
  return model.isDifference ? changeSentence(view) : heldSentence(model, view);
}

/** Said where nothing is left of a filter. */
export function noOne({ isDifference }: Model, filter: Filter): string {
  if (!isDifference || filter.change === 'all') return 'No one holds this access.';
  return isFiltered(filter) ? 'No change fits these filters.' : 'No one’s access changes.';
}

/** `**1,770 people** can write or more in **100 of 300 accounts**, by 377 grants; **26** of them administer.` */
function heldSentence(model: Model, { counts, filter, grants }: View): Part[] {
  const { people: count, disabled, administrators, unknown, keeping, accounts, reached, everywhere } = counts;
  const isOne = count === 1;
  const verb = {
    administrator: isOne ? 'administers' : 'administer',
    raise: 'can raise rights or more in',
    unknown: 'can raise rights or may write in',
    write: 'can write or more in',
    read: isOne ? 'has access in' : 'have access in',
  }[filter.power];
  const isWhole = everywhere === count;
  const all = everywhere === 0 ? 'none' : number(everywhere);
  const inAll = filter.power === 'administrator' ? 'all of them' : 'in all of them';
  const how = { direct: ' without a group', ends: ` ${endingWords(model)}`, '': '' }[filter.only];
  const by = counted(grants.length, 'grant');
  const isEveryone = filter.power === 'read' && filter.who === '' && filter.only === '' && filter.set === '';
  const rest = [
    ...(keeping > 0
      ? [
          [
            strong(number(keeping)),
            { text: ` of them ${keeping === 1 ? 'keeps' : 'keep'} other access in each of these accounts` },
          ],
        ]
      : []),
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
    { text: ` ${verb} ${isWhole ? '' : 'at least one of '}` },
    strong(isWhole ? whereText(reached, accounts) : counted(reached, 'account')),
    {
      text: isWhole ? '' : `${reached < accounts ? ` of ${number(accounts)}` : ''} (${all} ${inAll})`,
    },
    { text: filter.only === 'ends' ? `${how} (${by})` : `${how}, by ${by}` },
    ...clauses(rest),
  ];
}

/** By what access ends soon. */
export function endingWords({ grants, groups }: Model): string {
  const isExpired = [...grants, ...groups.flatMap(({ members }) => members)].some(({ status }) => status === 'expired');
  return `by a grant or membership that ends within 30 days${isExpired ? ' or has expired and is still live' : ''}`;
}

const clauses = (parts: readonly Part[][]): Part[] => [
  ...parts.flatMap((part) => [{ text: '; ' }, ...part]),
  { text: '.' },
];

/** `**10 people** change in **11 of 22 accounts**; **7** gain a permission set; **2** lose one; 5 grants differ.` */
function changeSentence({ counts, filter, grants }: View): Part[] {
  const { people: count, disabled, accounts, reached, changing } = counts;
  const isOne = count === 1;
  const verb = {
    '': '’s access changes',
    gains: isOne ? 'gains a permission set' : 'gain a permission set',
    loses: isOne ? 'loses a permission set' : 'lose a permission set',
    rises: risingWords(filter.power, isOne),
    falls: fallingWords(filter.power, isOne),
    edited: isOne ? 'holds an edited permission set' : 'hold an edited permission set',
    moved: isOne ? 'has access that ends at another time' : 'have access that ends at another time',
    all: isOne ? 'has access, before or after,' : 'have access, before or after,',
  }[filter.change];
  const also = (of: number, one: string, many: string): Part[][] =>
    of === 0 ? [] : [[strong(number(of)), { text: ` ${of === 1 ? one : many}` }]];
  const isAny = filter.change === '' || filter.change === 'all';
  return [
    strong(people(count)),
    { text: `${filter.change === '' ? '' : ' '}${verb} in ` },
    strong(whereText(reached, accounts)),
    ...clauses([
      ...(isAny
        ? [
            ...also(changing.gains, 'gains a permission set', 'gain a permission set'),
            ...also(changing.loses, 'loses one', 'lose one'),
            ...also(changing.edited, 'holds an edited one', 'hold an edited one'),
            ...also(changing.moved, 'has another end', 'have another end'),
          ]
        : []),
      ...(disabled > 0 ? [[{ text: `${number(disabled)} can’t sign in (disabled)` }]] : []),
      [
        {
          text: `${counted(grants.length, 'grant')}${filter.change === 'all' ? '' : grants.length === 1 ? ' differs' : ' differ'}`,
        },
      ],
    ]),
  ];
}

/** How a power comes up that is at least this. */
function risingWords(power: Power, isOne: boolean): string {
  if (power === 'administrator') return isOne ? 'newly administers an account,' : 'newly administer an account,';
  return isOne ? 'gets more power' : 'get more power';
}

function fallingWords(power: Power, isOne: boolean): string {
  if (power === 'administrator')
    return isOne ? 'no longer administers an account,' : 'no longer administer an account,';
  return isOne ? 'has less power' : 'have less power';
}

const whereText = (reached: number, accounts: number): string =>
  reached === accounts ? counted(accounts, 'account') : `${number(reached)} of ${counted(accounts, 'account')}`;
