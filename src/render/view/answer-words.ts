import {
  reaches,
  type AccessAnswer,
  type AccessOrigin,
  type AccessQuestion,
  type AccessSource,
  type AccessSummary,
  type Strongest,
} from '../../core/access-answer.ts';
import { powers } from '../../core/access.ts';
import { endOf } from '../../core/expiry.ts';
import { sanitize, sanitizeName } from '../../core/sanitize.ts';
import { describeSnapshot } from '../../core/snapshot-age.ts';
import { countOf, joinWords, listOf, nounCount, peopleCount } from '../../core/words.ts';
import { countPeopleBy, reachOf } from './answer-reach.ts';
import { scopeWords } from './asked-words.ts';
import { powerWords } from './power-words.ts';
import { reachWords } from './reach-words.ts';

/** One line of the summary. */
export interface Fact {
  /** `!` asks for attention; `?` is not known. */
  sign: '!' | '?' | '';
  text: string;
}

/** The names that one fact spells out. */
const namesShown = 5;

const names = (list: readonly string[]): string => listOf(list.map(sanitizeName), namesShown);

const named = (list: readonly string[]): string => (list.length === 0 ? '' : `: ${names(list)}`);

const isOrAre = (count: number, one: string, many: string): string => (count === 1 ? one : many);

/** `Access on ssoins-0123456789abcdef, live 2026-11-29 05:30 UTC`. */
export function answerHeading({ instanceArn, source, madeAt }: AccessAnswer, now: Date): string {
  const on = instanceArn === undefined ? '' : ` on ${sanitize(instanceArn.slice(instanceArn.lastIndexOf('/') + 1))}`;
  return `Access${on}, ${sourceText(source, madeAt, now)}`;
}

function sourceText(source: AccessSource, madeAt: string, now: Date): string {
  if (source.type === 'live') return `live ${madeAt.slice(0, 16).replace('T', ' ')} UTC`;
  if (source.type === 'snapshot') return `from ${describeSnapshot(source.takenAt, now)}`;
  return `by ${sanitize(source.file)} alone, without a look at what is live`;
}

/** What stands on the first screen of everything: a zero only of what was looked at. */
export function factsOf({ summary, grants }: AccessAnswer): Fact[] {
  const { people, accounts, permissionSets, assignments, administrators, direct, disabled } = summary;
  const fact = (sign: Fact['sign'], text: string): Fact => ({ sign, text });
  const some = (list: readonly string[], sign: Fact['sign'], text: string): Fact[] =>
    list.length === 0 ? [] : [fact(sign, `${list.length} ${text}${named(list)}`)];
  const hasFile = grants.some(({ status }) => status !== undefined);
  return [
    fact(
      '',
      `${joinWords([peopleCount(people), countOf(accounts, 'account'), countOf(permissionSets, 'permission set')])}, by ${nounCount(assignments, ['account assignment', 'account assignments'])} in ${countOf(grants.length, 'grant')}`,
    ),
    fact(
      administrators.length > 0 ? '!' : '',
      `${administrators.length} ${isOrAre(administrators.length, 'administers', 'administer')} an account${named(administrators)}${conditionalText(summary)}`,
    ),
    ...(summary.management ? managementFacts(summary.management) : []),
    ...some(otherRaisers(summary), '', 'can raise their own rights'),
    ...productionFacts(summary),
    fact('', `${countOf(direct, 'grant')} to people directly, without a group`),
    ...(hasFile ? [fact('', `${partsText(summary.ending)} ${endVerb(summary.ending)} within 30 days`)] : []),
    ...(summary.expired.grants + summary.expired.memberships > 0
      ? [fact('!', `${partsText(summary.expired)} expired and still live: the next apply removes the access`)]
      : []),
    ...(summary.undeclared > 0
      ? [fact('!', `${countOf(summary.undeclared, 'grant')} not in the file: the next apply removes the access`)]
      : []),
    ...(summary.unmanaged > 0 ? [fact('', `${countOf(summary.unmanaged, 'grant')} that the file leaves alone`)] : []),
    ...some(disabled, '', `disabled, counted only under people`),
    ...(summary.unknown.length > 0 ? [fact('?', unknownText(summary.unknown))] : []),
  ];
}

/** `; 2 more under a condition: ann and bob`; empty where no one is. */
const conditionalText = ({ conditional }: Strongest): string =>
  conditional.length === 0 ? '' : `; ${conditional.length} more under a condition${named(conditional)}`;

const perhapsText = ({ perhaps }: Strongest): string =>
  perhaps.length === 0 ? '' : `; ${perhaps.length} more may, by policies of unknown content${named(perhaps)}`;

/** Who is told as an administrator under a condition is not told once more. */
const otherRaisers = ({ raisers, conditional }: Strongest): string[] =>
  raisers.filter((user) => !conditional.includes(user));

function managementFacts(of: NonNullable<AccessSummary['management']>): Fact[] {
  const { administrators } = of;
  const raisers = otherRaisers(of);
  const count = administrators.length;
  const more = raisers.length === 0 ? '' : `; ${raisers.length} more can raise rights there${named(raisers)}`;
  const text = `${count} ${isOrAre(count, 'administers', 'administer')} the management account${named(administrators)}${conditionalText(of)}${more}`;
  return [{ sign: count > 0 ? '!' : '', text }];
}

function productionFacts({ production, productionUnknown }: AccessSummary): Fact[] {
  if (productionUnknown !== undefined) {
    return [{ sign: '?', text: `who can write in production is not known: ${sanitize(productionUnknown)}` }];
  }
  if (!production) return [];
  const { accounts, writers, mayWrite } = production;
  const may = mayWrite.length === 0 ? '' : `; ${mayWrite.length} more may, by policies of unknown content`;
  return [
    {
      sign: writers.length > 0 ? '!' : '',
      text: `${writers.length} can write in production (${countOf(accounts, 'account')})${named(writers)}${may}`,
    },
  ];
}

type Parts = AccessSummary['ending'];

function partsText({ grants, memberships }: Parts): string {
  const parts = [
    ...(grants > 0 || memberships === 0 ? [countOf(grants, 'grant')] : []),
    ...(memberships > 0 ? [countOf(memberships, 'group membership')] : []),
  ];
  return joinWords(parts);
}

const endVerb = ({ grants, memberships }: Parts): string => isOrAre(grants + memberships, 'ends', 'end');

function unknownText(unknown: AccessSummary['unknown']): string {
  const policies = unknown.map(({ policy, permissionSets }) => `${sanitizeName(policy)} (${names(permissionSets)})`);
  return `${nounCount(unknown.length, ['policy', 'policies'])} of unknown content: ${listOf(policies, namesShown)}`;
}

/** `of production`: what the accounts that were asked about have in common. */
export const askedScope = ({ accountsBy }: AccessQuestion): string => {
  const scope = scopeWords(accountsBy);
  return scope === undefined ? 'asked about' : sanitize(scope);
};

/** `4 people administer at least one of 25 accounts (2 all of them), by 2 grants. No grant has an end.` */
export function sentenceOf(answer: AccessAnswer, accountWords: (ids: readonly string[]) => string): string {
  const { question, summary, grants, accounts: known } = answer;
  const { people } = summary;
  const asked = (question.users ?? []).length === 1 ? answer.users[0]?.name : undefined;
  const more = question.administrators ? `${conditionalText(summary)}${perhapsText(summary)}` : '';
  if (people === 0 && grants.length === 0) return `${nothingText(answer)}${more}.`;
  const { accounts: held, everywhere } = reachOf(answer);
  // Where a group without members is all that has it, by what that is given.
  const reached = held.size > 0 ? held : new Set(grants.flatMap((grant) => grant.accounts));
  const accounts = reached.size;
  const isPart = Object.keys(known).length > accounts;
  const isWhole = asked !== undefined || accounts < 2 || everywhere >= people;
  const who = asked === undefined ? peopleCount(people) : sanitizeName(asked);
  const isOne = asked !== undefined || people === 1;
  const sets = new Set(grants.map(({ permissionSet }) => permissionSet));
  const what = question.actions
    ? `may use ${listOf(question.actions, 3)}`
    : question.administrators
      ? isOne
        ? 'administers'
        : 'administer'
      : `${isOne ? 'holds' : 'hold'} ${sets.size === 1 ? sanitizeName([...sets][0] ?? '') : `${isOne ? '' : 'one or more of '}${countOf(sets.size, 'permission set')}`}`;
  const inWords = question.administrators && !question.actions ? '' : ' in';
  const strongest = powers.find((power) => grants.some((grant) => grant.power === power));
  const rest = [
    `by ${countOf(grants.length, 'grant')}`,
    ...(question.actions && asked === undefined ? [`of these people ${certaintyText(answer)}`] : []),
    ...(question.actions || question.administrators || strongest === undefined
      ? []
      : isOne
        ? [`strongest: ${powerWords[strongest]}`]
        : [`of these people ${strongestText(answer)}`]),
  ].join('; ');
  return [
    `${who} ${what}${inWords} ${whereText()}, ${rest}${more}.`,
    endsText(answer),
    ...(summary.disabled.length > 0 ? [`Disabled: ${names(summary.disabled)}.`] : []),
  ]
    .filter((text) => text !== '')
    .join(' ');

  /** Not everyone has something everywhere: then it says who has. */
  function whereText(): string {
    if (isWhole) return isPart && accounts > 3 ? countOf(accounts, 'account') : accountWords([...reached]);
    const which = question.accounts
      ? `${isPart ? `${accounts} of the ${Object.keys(known).length}` : `the ${accounts}`} accounts ${askedScope(question)}`
      : `${isPart ? '' : 'the '}${countOf(accounts, 'account')}`;
    return `at least one of ${which} (${everywhere === 0 ? 'none' : everywhere}${inWords} all of them)`;
  }
}

const nothingText = ({ question }: AccessAnswer): string =>
  question.endsBefore === undefined
    ? 'No one holds this access'
    : `No access ends before ${question.endsBefore.slice(0, 10)}`;

/** `2 for certain, 1 in part, 1 perhaps`, of people, each by the surest way. */
const certaintyText = (answer: AccessAnswer): string =>
  countPeopleBy(answer, reaches, ({ allows }) => allows)
    .map(({ sort, people }) => `${people} ${reachWords[sort]}`)
    .join(', ');

/** What is told of the strongest that people hold: of those who can raise their rights, who administer under a condition are apart. */
const strengths = powers.flatMap((power) => (power === 'raise' ? (['conditional', power] as const) : [power]));

const strongestWords: Record<(typeof strengths)[number], readonly [one: string, many: string]> = {
  administrator: ['administers', 'administer'],
  conditional: ['administers under a condition', 'administer under a condition'],
  raise: ['can raise their own rights', 'can raise their own rights'],
  unknown: ['may do anything by a policy of unknown content', 'may do anything by a policy of unknown content'],
  write: ['can write', 'can write'],
  read: ['can only read', 'can only read'],
};

/** `2 administer, 1 can write`, of people, each by the strongest that they hold. */
const strongestText = (answer: AccessAnswer): string =>
  countPeopleBy(answer, strengths, ({ power, cause }) => (cause?.conditions ? 'conditional' : power))
    .map(({ sort, people }) => nounCount(people, strongestWords[sort]))
    .join(', ');

/** Of a question about an end, what ends by then; else which grants have one: their memberships are told with them. */
function endsText({ grants, groups, question: { endsBefore } }: AccessAnswer): string {
  if (grants.every(({ status }) => status === undefined)) return '';
  const expired = grants.filter(({ status }) => status === 'expired').length;
  const endsBy =
    (time: number) =>
    ({ status, until }: AccessOrigin): boolean =>
      status === 'declared' && until !== undefined && endOf(until) <= time;
  const ending = grants.filter(endsBy(Infinity)).length;
  return [
    endsBefore === undefined
      ? `${ending === 0 ? 'No grant has' : `${countOf(ending, 'grant')} ${isOrAre(ending, 'has', 'have')}`} an end.`
      : endsByText(endsBefore, endsBy(Date.parse(endsBefore))),
    ...(expired === 0 ? [] : [`${countOf(expired, 'grant')} expired and still live.`]),
  ].join(' ');

  function endsByText(time: string, isSoon: (origin: AccessOrigin) => boolean): string {
    const memberships = groups.flatMap(({ members }) => members.filter(isSoon).flatMap(({ users }) => users));
    const parts = { grants: grants.filter(isSoon).length, memberships: memberships.length };
    return `${partsText(parts)} ${endVerb(parts)} before ${time.slice(0, 10)}.`;
  }
}
