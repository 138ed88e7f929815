import { sanitize } from '../../core/sanitize.ts';
import { nounCount, peopleCount } from '../../core/words.ts';
import type { AccessLine } from './access-line.ts';
import type {
  AccessView,
  AdministratorsLine,
  AdministratorsView,
  ApplicationLine,
  AttributesLine,
} from './access-view.ts';
import type { ChangedHandsLine } from './changed-hands-view.ts';
import type { EditsView, EditView, HoldersLine } from './edit-view.ts';
import { byWords } from './edit-words.ts';
import { listOf } from './wording.ts';

/** The names that one line spells out; where there are more, some of them stand for all. */
const names = 5;
const examples = 3;
/** The names in a line about what must not be overlooked. */
const alertNames = 10;
/** The edited permission sets that a heading names. */
const edits = 2;
/** The people in such a line about an account that comes first. */
export const firstNames = 25;
/** The lines of the file likewise. */
const fileLines = 3;

export const accessHeading = 'Who gains, and who loses';

/** `hanako and taro gain AdministratorAccess (administrator) in production and staging, through group platform (lines 9 and 31)`. */
export function accessSentence(side: 'gained' | 'lost', line: AccessLine): string {
  const { users, permissionSet, accounts, through, directly } = line;
  const ways = [
    ...(directly ? ['directly'] : []),
    ...(through.length > 0 ? [`through group${through.length === 1 ? '' : 's'} ${listOf(through, names)}`] : []),
  ];
  const what = `${countedNames(users, 'people')} ${verbFor(side, users.length)} ${permissionSet} (${line.powerWords})`;
  const where = `in ${countedNames(accounts, 'accounts', line.first)}`;
  const by = line.cause ?? placesText(line);
  const end = line.until === undefined ? '' : `, until ${line.until}`;
  return `${what} ${where}${ways.length === 0 ? '' : `, ${ways.join(' and ')}`}${end}${by === '' ? '' : ` (${by})`}`;
}

/** `ann and bob gain the application Wiki`. */
export const applicationSentence = (side: 'gained' | 'lost', { users, application }: ApplicationLine): string =>
  `${countedNames(users, 'people')} ${verbFor(side, users.length)} the application ${application}`;

export const verbFor = (side: 'gained' | 'lost', people: number): string =>
  ({ gained: 'gain', lost: 'lose' })[side] + (people === 1 ? 's' : '');

/** `273 people gain more: Auditor and ReadOnly in 40 accounts`, of lines that are not shown. */
export function restSentence(side: 'gained' | 'lost', lines: readonly AccessLine[]): string {
  const count = (things: readonly string[]): number => new Set(things).size;
  const people = count(lines.flatMap(({ users }) => users));
  const accounts = count(lines.flatMap((line) => line.accounts));
  const sets = [...new Set(lines.map(({ permissionSet }) => permissionSet))].sort();
  const where = accounts === 1 ? '1 account' : `${accounts} accounts`;
  return `${peopleCount(people)} ${verbFor(side, people)} more: ${listOf(sets, names)} in ${where}`;
}

/**
 * `a, b and c`, or `40 accounts (a, b, c, …)`.
 * @param first how many of them are named in any case
 */
function countedNames(items: readonly string[], things: string, first = 0): string {
  const shown = Math.max(examples, first);
  if (items.length <= Math.max(names, first) + 1) return listOf(items);
  return `${items.length} ${things} (${items.slice(0, shown).join(', ')}, …)`;
}

/** `"On-call (OPS-12)"`: as the file says it. */
export const reasonText = (reason: string): string => `"${sanitize(reason)}"`;

/** `lines 9 and 31 ("On-call")`; the file is named only where there are several. */
function placesText({ places, inSeveralFiles }: AccessLine): string {
  if (places.length === 0) return '';
  const isOneFile = !inSeveralFiles && places.every(({ file }) => file === places[0]?.file);
  const texts = places.map(
    ({ file, line, reason }) =>
      `${isOneFile ? line : `${file}:${line}`}${reason === undefined ? '' : ` (${reasonText(reason)})`}`,
  );
  return `${isOneFile ? `${places.length === 1 ? 'line' : 'lines'} ` : ''}${listOf(texts, fileLines)}`;
}

/** `taro becomes an administrator of management and production by iam:CreateRole and iam:PutRolePolicy, and administered none before`. */
export function administratorsSentence(line: AdministratorsLine): string {
  const { users } = line;
  const become = users.length === 1 ? 'becomes an administrator' : 'become administrators';
  return administratorsText(line, become) + byWords(line.by) + (line.areNone ? ', and administered none before' : '');
}

/** `taro is no longer an administrator of management, and administers none any more`. */
export function lostAdministratorsSentence(line: AdministratorsLine): string {
  const isOne = line.users.length === 1;
  const none = line.areNone ? `, and ${isOne ? 'administers' : 'administer'} none any more` : '';
  return administratorsText(line, isOne ? 'is no longer an administrator' : 'are no longer administrators') + none;
}

const administratorsText = ({ users, accounts, first }: AdministratorsLine, verb: string): string =>
  `${listOf(users, first > 0 ? firstNames : alertNames, 'more people')} ${verb} of ${listOf(accounts, Math.max(alertNames, first), 'more accounts')}`;

/** `ken and mei lose their last access; nothing is left in any account`. */
export function lastAccessSentence(users: readonly string[]): string {
  const lose = users.length === 1 ? 'loses the last access' : 'lose their last access';
  return `${listOf(users, alertNames, 'more people')} ${lose}; nothing is left in any account`;
}

/** `ProdOperator, held by 10 people in 25 accounts, gains iam:PassRole`: its gravest line. */
export const editSentence = ({ permissionSet, who, where, lead }: EditView): string =>
  `${permissionSet}, held by ${who} in ${where}, ${lead[0] ?? ''}`;

/** `CostCenter changes for ann: Operator, held in production, asks for it (aws:PrincipalTag) and may allow more or less`. */
export function attributesSentence({ permissionSet, keys, users, accounts, first }: AttributesLine): string {
  const [change, it] = keys.length === 1 ? ['changes', 'it'] : ['change', 'them'];
  const where = countedNames(accounts, 'accounts', first);
  return `${listOf(keys, names)} ${change} for ${countedNames(users, 'people')}: ${permissionSet}, held in ${where}, asks for ${it} (aws:PrincipalTag) and may allow more or less`;
}

/** `hanako and taro hold it in production`. */
export const holdersSentence = ({ users, accounts }: HoldersLine): string =>
  `${countedNames(users, 'people')} ${users.length === 1 ? 'holds' : 'hold'} it in ${countedNames(accounts, 'accounts')}`;

/** `ann gets another e-mail address (ann@example.com, now kim@example.com) and holds Admin in production` */
export function changedHandsSentence(line: ChangedHandsLine): string {
  const changes = line.changes.map(({ before, after }) => `${before ?? 'none'}, now ${after ?? 'none'}`);
  return `${line.users[0]} gets ${newIdentity(line)} (${changes.join('; ')}) and holds ${holdsText(line, names)}`;
}

/** `another e-mail address` */
export function newIdentity({ changes }: Pick<ChangedHandsLine, 'changes'>): string {
  const has = (name: string): boolean => changes.some(({ field }) => field === name);
  return listOf([
    ...(has('userName') ? ['another user name'] : []),
    ...(['givenName', 'familyName', 'displayName'].some(has) ? ['other names'] : []),
    ...(has('email') ? ['another e-mail address'] : []),
  ]);
}

/** `Admin in management and production, and the application Wiki` */
export function holdsText({ holds, applications }: ChangedHandsLine, limit: number): string {
  const sets = holds.map(({ permissionSet, accounts }) => `${permissionSet} in ${countedNames(accounts, 'accounts')}`);
  const uses = applications.map((name) => `the application ${name}`);
  return listOf([...sets, ...uses], limit);
}

/**
 * `1 person newly administers an account, 2 people gain access, 1 person loses the last access`, the gravest first; undefined
 * where there is nothing to count.
 */
export function accessCounts(view: AccessView): string | undefined {
  const { gained, lost, lastAccess, lostAdministrators, edited, changedHands } = view;
  const [people, former] = [view.newAdministrators.people, lostAdministrators.people];
  const parts = [
    ...(people > 0
      ? [
          `${peopleCount(people)} newly ${administer(people)} an account${noneText(view.newAdministrators, 'administered none before')}`,
        ]
      : []),
    ...(former > 0
      ? [
          `${peopleCount(former)} no longer ${administer(former)} an account${noneText(lostAdministrators, `${administer(lostAdministrators.none.length)} none any more`)}`,
        ]
      : []),
    ...(changedHands.length > 0
      ? [
          `${peopleCount(changedHands.length)} with access may be ${changedHands.length === 1 ? 'another person' : 'other people'}`,
        ]
      : []),
    ...(gained.people > 0 ? [`${peopleCount(gained.people)} ${verbFor('gained', gained.people)} access`] : []),
    ...(lost.people > 0 ? [lossCount(lost.people, lastAccess.length)] : []),
    ...editTexts(edited),
  ];
  return parts.length === 0 ? undefined : parts.join('; ');
}

const administer = (count: number): string => (count === 1 ? 'administers' : 'administer');

/** ` (1 of them administered none before: ann)`, of some who come to administer an account, or no longer do. */
function noneText({ people, none }: AdministratorsView, words: string): string {
  if (none.length === 0) return '';
  const which = none.length === people ? '' : `${none.length} of them `;
  return ` (${which}${words}${none.length === people ? '' : `: ${listOf(none, names, 'more people')}`})`;
}

/** `Reader and Auditor, held by 12 people, are edited too`, of sets that are not shown. */
export function restOfEdited(sets: readonly EditView[]): string {
  const people = new Set(sets.flatMap(({ users }) => users)).size;
  const all = sets.map(({ permissionSet }) => permissionSet).sort();
  return `${listOf(all, names)}, held by ${peopleCount(people)}, ${all.length === 1 ? 'is' : 'are'} edited too`;
}

/** `ProdOperator gains 177 actions for 10 people in 25 accounts`, the gravest edits. */
export function editTexts({ sets }: EditsView): string[] {
  const shown = sets.slice(0, edits);
  const rest = sets.length - shown.length;
  return [
    ...shown.map(({ permissionSet, title, who, where }) => `${permissionSet} ${title} for ${who} in ${where}`),
    ...(rest > 0 ? [`${nounCount(rest, ['more permission set is', 'more permission sets are'])} edited`] : []),
  ];
}

/** `3 people lose their last access`, `3 people lose access (1 of them the last)`. */
export function lossCount(people: number, last: number): string {
  const lose = `${peopleCount(people)} ${verbFor('lost', people)}`;
  if (last === 0) return `${lose} access`;
  if (last === people) return `${lose} ${people === 1 ? 'the' : 'their'} last access`;
  return `${lose} access (${last} of them the last)`;
}
