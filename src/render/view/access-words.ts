import { peopleCount } from '../../core/words.ts';
import type {
  AccessLine,
  AccessView,
  AdministratorsLine,
  ApplicationLine,
  ChangedHandsLine,
  EditedLine,
} from './access-view.ts';
import { listOf } from './wording.ts';

/** The names that one line spells out; where there are more, some of them stand for all. */
const names = 5;
const examples = 3;
/** The names in a line about what must not be overlooked. */
const alertNames = 10;
/** The people in such a line about an account that comes first. */
export const firstNames = 25;
/** The lines of the file likewise. */
const fileLines = 3;

export const accessHeading = 'Who gains, and who loses';

/** `hanako and taro gain AdministratorAccess in production and staging, through group platform (lines 9 and 31)`. */
export function accessSentence(side: 'gained' | 'lost', line: AccessLine): string {
  const { users, permissionSet, accounts, through, directly } = line;
  const ways = [
    ...(directly ? ['directly'] : []),
    ...(through.length > 0 ? [`through group${through.length === 1 ? '' : 's'} ${listOf(through, names)}`] : []),
  ];
  const what = `${countedNames(users, 'people')} ${verbFor(side, users.length)} ${permissionSet}`;
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

/** `lines 9 and 31`; the file is named only where there are several. */
function placesText({ places, inSeveralFiles }: AccessLine): string {
  if (places.length === 0) return '';
  const isOneFile = !inSeveralFiles && places.every(({ file }) => file === places[0]?.file);
  const texts = places.map(({ file, line }) => (isOneFile ? String(line) : `${file}:${line}`));
  return `${isOneFile ? `${places.length === 1 ? 'line' : 'lines'} ` : ''}${listOf(texts, fileLines)}`;
}

/** `taro becomes an administrator of management and production`. */
export function administratorsSentence({ users, accounts, first }: AdministratorsLine): string {
  const become = users.length === 1 ? 'becomes an administrator' : 'become administrators';
  return `${listOf(users, first > 0 ? firstNames : alertNames, 'more people')} ${become} of ${listOf(accounts, Math.max(alertNames, first), 'more accounts')}`;
}

/** `ken and mei lose their last access and hold nothing anywhere after this`. */
export function lastAccessSentence(users: readonly string[]): string {
  const lose = users.length === 1 ? 'loses the last access and holds' : 'lose their last access and hold';
  return `${listOf(users, alertNames, 'more people')} ${lose} nothing anywhere after this`;
}

/** `hanako and taro hold Reader, which is edited, in production` */
export function editedSentence({ users, permissionSet, accounts }: EditedLine): string {
  const hold = users.length === 1 ? 'holds' : 'hold';
  return `${countedNames(users, 'people')} ${hold} ${permissionSet}, which is edited, in ${countedNames(accounts, 'accounts')}`;
}

/** `ann gets another e-mail address (ann@example.com, now kim@example.com) and holds Admin in production` */
export function changedHandsSentence(line: ChangedHandsLine): string {
  const changes = line.changes.map(({ before, after }) => `${before ?? 'none'}, now ${after ?? 'none'}`);
  return `${line.users[0]} gets ${newIdentity(line)} (${changes.join('; ')}) and holds ${holdsText(line, names)}`;
}

/** `another e-mail address` */
export function newIdentity({ changes }: Pick<ChangedHandsLine, 'changes'>): string {
  const has = (name: string): boolean => changes.some(({ field }) => field === name);
  return listOf([
    ...(has('userName') ? ['another user name', 'other names'] : []),
    ...(has('email') ? ['another e-mail address'] : []),
  ]);
}

/** `Admin in management and production, and the application Wiki` */
export function holdsText({ holds, applications }: ChangedHandsLine, limit: number): string {
  const sets = holds.map(({ permissionSet, accounts }) => `${permissionSet} in ${countedNames(accounts, 'accounts')}`);
  const uses = applications.map((name) => `the application ${name}`);
  return listOf([...sets, ...uses], limit);
}

/** `2 people gain access, 1 person loses the last access, 1 new administrator`; undefined where there is nothing to count. */
export function accessCounts({ gained, lost, lastAccess, newAdministrators, edited }: AccessView): string | undefined {
  const { people } = newAdministrators;
  const parts = [
    ...(gained.people > 0 ? [`${peopleCount(gained.people)} ${verbFor('gained', gained.people)} access`] : []),
    ...(lost.people > 0 ? [lossCount(lost.people, lastAccess.length)] : []),
    ...(people > 0 ? [people === 1 ? '1 new administrator' : `${people} new administrators`] : []),
    ...(edited.people > 0 ? [editedCount(edited)] : []),
  ];
  return parts.length === 0 ? undefined : parts.join(', ');
}

/** `12 people hold Reader and Auditor, which are edited`, of lines that are not shown. */
export function restOfEdited(lines: readonly EditedLine[]): string {
  const people = new Set(lines.flatMap(({ users }) => users)).size;
  const sets = [...new Set(lines.map(({ permissionSet }) => permissionSet))].sort();
  const hold = people === 1 ? 'holds' : 'hold';
  return `${peopleCount(people)} ${hold} ${listOf(sets, names)}, which ${sets.length === 1 ? 'is' : 'are'} edited`;
}

function editedCount({ people, lines }: AccessView['edited']): string {
  const sets = new Set(lines.map(({ permissionSet }) => permissionSet)).size;
  const hold = `${peopleCount(people)} ${people === 1 ? 'holds' : 'hold'}`;
  return sets === 1 ? `${hold} a permission set that is edited` : `${hold} permission sets that are edited`;
}

/** `3 people lose their last access`, `3 people lose access (1 of them the last)`. */
export function lossCount(people: number, last: number): string {
  const lose = `${peopleCount(people)} ${verbFor('lost', people)}`;
  if (last === 0) return `${lose} access`;
  if (last === people) return `${lose} ${people === 1 ? 'the' : 'their'} last access`;
  return `${lose} access (${last} of them the last)`;
}
