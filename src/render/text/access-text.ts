import type { AccessAnswer, AccessComparison, AccessOrigin, AccessWay, HeldAccess } from '../../core/access-answer.ts';
import { entitlementText } from '../../core/account-access.ts';
import { powers } from '../../core/access.ts';
import { groupBy } from '../../core/group-by.ts';
import type { Step } from '../../core/plan.ts';
import { countOf, peopleCount } from '../../core/words.ts';
import { accessLines } from './access-lines.ts';
import { accessCounts, powerWords } from '../view/access-words.ts';
import { viewAccess } from '../view/access-view.ts';
import { sourceWords } from '../view/source-words.ts';
import { sanitize, sanitizeName } from '../../core/sanitize.ts';
import { layOut, type Line } from './paint.ts';
import { nameAccounts } from '../view/account-names.ts';
import { listOf } from '../view/wording.ts';

export interface AccessTextOptions {
  color: boolean;
  /** Columns of the terminal. */
  width: number;
  /** Tells how old a snapshot is. */
  now: Date;
}

/** Who holds what and by which lines of the file: account by account, for people on a terminal. */
export function renderAccess(answer: AccessAnswer, { now, ...layout }: AccessTextOptions): string {
  const { holdings, question, source } = answer;
  const byAccount = groupBy(holdings, ({ account }) => fullName(account, answer));
  const accounts = [...byAccount].sort(([a], [b]) => (a < b ? -1 : 1));
  const isOnePerson = question.users?.length === 1;
  const sections = [
    [heading(`Who holds what${aboutWords(answer)}`), quiet(`From ${sourceWords(source, now)}.`)],
    ...accounts.map(([account, held]) => [
      heading(account),
      ...[...groupBy(held, ({ permissionSet }) => permissionSet)].flatMap(([set, ofSet]) =>
        setLines(set, ofSet, isOnePerson),
      ),
    ]),
    ...entitlementLines(answer),
    [heading(summaryOf(holdings))],
  ];
  return sections.map((lines) => layOut(lines, layout)).join('\n');
}

/** Who gains and who loses what from one side to the other, in the words of a plan. */
export function renderComparison(
  comparison: AccessComparison,
  steps: Step[],
  { now, ...layout }: AccessTextOptions,
): string {
  const { source, comparedWith, withoutGroups = [], disabledUsers } = comparison;
  const about = aboutWords(comparison);
  const view = viewAccess({ access: comparison, steps }, nameAccounts(comparison));
  const groups = listOf(withoutGroups.map(sanitizeName));
  const sections: Line[][] = [
    comparedWith
      ? [
          heading(`Who gains and loses what${about}`),
          quiet(`From ${sourceWords(source, now)}, to ${sourceWords(comparedWith, now)}.`),
        ]
      : [
          heading(`Access that would be lost without group${withoutGroups.length === 1 ? '' : 's'} ${groups}${about}`),
          quiet(`From ${sourceWords(source, now)}. Access that people also hold in another way is not listed.`),
        ],
    [
      heading(`Access: ${accessCounts(view) ?? 'no one gains or loses a permission set in any account'}`),
      ...accessLines(view),
      ...(view.data === undefined ? [] : [quiet(view.data)]),
      ...(disabledUsers.length > 0
        ? [quiet(`Disabled: ${listOf(disabledUsers.map(sanitizeName), disabledShown)}.`)]
        : []),
    ],
  ];
  return sections.map((lines) => layOut(lines, layout)).join('\n');
}

/** The disabled people who are named; more are counted. */
const disabledShown = 10;

const heading = (text: string): Line => ({ text, tone: 'heading' });
const quiet = (text: string): Line => ({ text, tone: 'quiet' });

/** ` by group ops in production: hanako`; empty where everything is asked about. */
function aboutWords(answer: AccessAnswer | AccessComparison): string {
  const { users, groups, permissionSets, accounts, administrators } = answer.question;
  const { nameOf } = nameAccounts(answer);
  const names = (list: readonly string[]): string => listOf(list.map(sanitizeName));
  return [
    administrators ? ', as an administrator' : '',
    permissionSets ? ` of ${names(permissionSets)}` : '',
    groups ? ` through group${groups.length === 1 ? '' : 's'} ${names(groups)}` : '',
    accounts ? ` in ${listOf(accounts.map(nameOf))}` : '',
    users ? `: ${names(users)}` : '',
  ].join('');
}

/** What account access manager gives besides, or that it is not known. */
function entitlementLines(answer: AccessAnswer): Line[][] {
  const { accountAccess } = answer;
  if (!accountAccess) return [];
  if ('unknown' in accountAccess) {
    return [[quiet(`Not known: roles of account access manager. ${sanitize(accountAccess.unknown)}`)]];
  }
  const byAccount = groupBy(accountAccess.entitlements, ({ account }) => fullName(account, answer));
  if (byAccount.size === 0) return [];
  return [
    [
      heading('Roles of account access manager, of unknown content'),
      ...[...byAccount].flatMap(([account, entitlements]): Line[] => [
        { indent: 2, text: account },
        ...entitlements.map((one): Line => ({ indent: 4, text: sanitize(entitlementText(one)) })),
      ]),
    ],
  ];
}

/** A permission set in one account, with the people who hold it, each with every way. */
function setLines(permissionSet: string, held: readonly HeldAccess[], isOnePerson: boolean): Line[] {
  const power = powers.find((one) => held.some((holding) => holding.power === one)) ?? 'unknown';
  const isGrave = power === 'administrator' || power === 'raise';
  const disabled = ({ isDisabled }: HeldAccess): string => (isDisabled ? ' (disabled)' : '');
  const first = held[0];
  const mark = isOnePerson && first ? disabled(first) : '';
  const name = `${sanitizeName(permissionSet)} (${powerWords[power]})${mark}`;
  return [
    isGrave ? { indent: 2, sign: '!', tone: 'warn', text: name } : { indent: 4, text: name },
    ...held.flatMap((holding): Line[] => [
      ...(isOnePerson ? [] : [{ indent: 6, text: `${sanitizeName(holding.user)}${disabled(holding)}` }]),
      ...holding.ways.map((way): Line => ({ indent: isOnePerson ? 6 : 8, text: wayText(way), tone: 'quiet' })),
    ]),
  ];
}

/** `through group ops: member by identity.yaml:9, granted until 2027-03-01 by identity.yaml:31`. */
function wayText({ via, assignment, membership }: AccessWay): string {
  const reasons = [
    ...(membership ? originWords('member', membership) : []),
    ...originWords('granted', assignment),
  ].join(', ');
  const way = via === undefined ? 'directly' : `through group ${sanitizeName(via)}`;
  return reasons === '' ? way : `${way}: ${reasons}`;
}

function originWords(verb: string, { status, until, places }: AccessOrigin): string[] {
  const lines = listOf(places.map(({ file, line }) => `${sanitize(file)}:${line}`));
  const end = until === undefined ? '' : sanitize(until);
  if (status === 'declared') return [`${verb}${end === '' ? '' : ` until ${end}`} by ${lines}`];
  if (status === 'expired') return [`${verb} live only (expired ${end}, ${lines}: the next apply removes it)`];
  if (status === 'undeclared') return [`${verb} live only (not in the file: the next apply removes it)`];
  return status === 'unmanaged' ? [`${verb} live only (the file leaves it alone)`] : [];
}

function summaryOf(holdings: readonly HeldAccess[]): string {
  if (holdings.length === 0) return 'No one holds this access.';
  const count = (keyOf: (holding: HeldAccess) => string): number => new Set(holdings.map(keyOf)).size;
  const people = count(({ user }) => user);
  const sets = countOf(
    count(({ permissionSet }) => permissionSet),
    'permission-set',
  );
  const where = countOf(
    count(({ account }) => account),
    'account',
  );
  return `${peopleCount(people)} ${people === 1 ? 'holds' : 'hold'} ${sets} in ${where}.`;
}

function fullName(id: string, { accounts }: AccessAnswer): string {
  const name = accounts[id] ?? id;
  return name === id ? sanitize(id) : `${sanitizeName(name)} (${sanitize(id)})`;
}
