import { reaches } from '../../core/access-answer.ts';
import { sanitize } from '../../core/sanitize.ts';
import { listOf, peopleCount } from '../../core/words.ts';
import { reachWords } from '../../render/view/reach-words.ts';
import { isFiltered, type Filter } from './filter.ts';
import type { Model } from './model.ts';
import type { View } from './view.ts';

/** A part of a sentence; what counts most is bold. */
export interface Part {
  text: string;
  isStrong?: true;
}

const strong = (text: string): Part => ({ text, isStrong: true });

const format = new Intl.NumberFormat('en-US');

/** `3,000` */
export const number = (count: number): string => format.format(count);

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
  const use = model.actions && `may use ${listOf(model.actions.map(sanitize), 3)}`;
  const verb = {
    administrator: isOne ? 'administers' : 'administer',
    conditional: isOne ? 'administers, if only under a condition,' : 'administer, if only under a condition,',
    raise: 'can raise rights or more in',
    unknown: 'can raise rights or may write in',
    write: 'can write or more in',
    read: use === undefined ? (isOne ? 'has access in' : 'have access in') : `${use} in`,
  }[filter.power];
  const isWhole = everywhere === count;
  const all = everywhere === 0 ? 'none' : number(everywhere);
  const isAdministering = filter.power === 'administrator' || filter.power === 'conditional';
  const inAll = isAdministering ? 'all of them' : 'in all of them';
  const how = { direct: ' without a group', ends: ` ${endingWords(model)}`, '': '' }[filter.only];
  const by = counted(grants.count, 'grant');
  const isEveryone =
    [filter.who, filter.only, filter.set, filter.allows].every((one) => one === '') && filter.power === 'read';
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
          [
            strong(number(administrators)),
            {
              text:
                filter.power === 'conditional'
                  ? ' of them without a condition'
                  : ` of them ${administrators === 1 ? 'administers' : 'administer'}`,
            },
          ],
        ]),
    ...(use === undefined ? [] : certaintyParts(counts)),
    ...(unknown > 0 && !isAdministering && use === undefined
      ? [[strong(number(unknown)), { text: ` of them perhaps, by unknown policies alone` }]]
      : []),
    ...(disabled > 0 ? [[{ text: `${number(disabled)} can’t sign in (disabled)` }]] : []),
    ...(isEveryone && count < model.people.length
      ? [[{ text: `${number(model.people.length - count)} have none${model.asked === undefined ? '' : ' of it'}` }]]
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

/** `; 12 for certain; 2 in part`, where actions are asked about: each by the surest way. */
const certaintyParts = ({ people: count, allowing }: View['counts']): Part[][] =>
  reaches.flatMap((one, at) => {
    const some = allowing[at] ?? 0;
    return some === 0 ? [] : [[strong(some === count ? 'all' : number(some)), { text: ` ${reachWords[one]}` }]];
  });

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
    session: isOne
      ? 'holds a permission set of which the length of sessions alone is edited'
      : 'hold a permission set of which the length of sessions alone is edited',
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
          text: `${counted(grants.count, 'grant')}${filter.change === 'all' ? '' : grants.count === 1 ? ' differs' : ' differ'}`,
        },
      ],
    ]),
  ];
}

/** How a power comes up that is at least this. */
function risingWords(power: Filter['power'], isOne: boolean): string {
  if (power === 'administrator') return isOne ? 'newly administers an account,' : 'newly administer an account,';
  if (power === 'conditional')
    return isOne
      ? 'newly administers an account, if only under a condition,'
      : 'newly administer an account, if only under a condition,';
  return isOne ? 'gets more power' : 'get more power';
}

function fallingWords(power: Filter['power'], isOne: boolean): string {
  if (power === 'administrator')
    return isOne ? 'no longer administers an account,' : 'no longer administer an account,';
  if (power === 'conditional')
    return isOne
      ? 'no longer administers an account, or only under a condition,'
      : 'no longer administer an account, or only under a condition,';
  return isOne ? 'has less power' : 'have less power';
}

const whereText = (reached: number, accounts: number): string =>
  reached === accounts ? counted(accounts, 'account') : `${number(reached)} of ${counted(accounts, 'account')}`;
