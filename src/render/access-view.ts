import type { AccessChange, AccessPath } from '../core/access.ts';
import type { Address } from '../core/address.ts';
import type { Plan } from '../core/plan.ts';
import { inert, inertName } from './inert.ts';
import { listOf } from './wording.ts';

/** People who gain or lose the same permission sets in the same accounts in the same way. */
export interface AccessLine {
  users: string[];
  permissionSet: string;
  accounts: string[];
  /** Groups; a direct assignment is told apart from them. */
  through: string[];
  directly: boolean;
  /** `identity.yaml:31`: the lines of the file that ask for it; of a loss there may be none any more. */
  places: string[];
}

export interface AccessSide {
  /** Different people; not holds, of which one person may have many. */
  people: number;
  lines: AccessLine[];
}

export interface AccessView {
  gained: AccessSide;
  lost: AccessSide;
}

export function viewAccess({ access: { gained, lost }, steps }: Plan, accountName: (id: string) => string): AccessView {
  const placesOf = new Map(
    steps.map(({ id, places = [] }) => [id, places.map(({ file, line }) => `${inert(file)}:${line}`)]),
  );
  return {
    gained: viewSide(gained, ({ after }) => after, accountName, placesOf),
    lost: viewSide(lost, ({ before }) => before, accountName, placesOf),
  };
}

/** Merges twice, and loses nothing: the accounts of one person, then the people of the same accounts. */
function viewSide(
  changes: readonly AccessChange[],
  pathsOf: (change: AccessChange) => AccessPath[],
  accountName: (id: string) => string,
  placesOf: ReadonlyMap<Address, string[]>,
): AccessSide {
  const byPerson = new Map<string, AccessLine>();
  for (const change of changes) {
    const through = [
      ...new Set(pathsOf(change).flatMap(({ via }) => (via === undefined ? [] : [inertName(via)]))),
    ].sort();
    const directly = pathsOf(change).some(({ via }) => via === undefined);
    const key = JSON.stringify([change.user, change.permissionSet, through, directly]);
    const line = byPerson.get(key) ?? {
      users: [inertName(change.user)],
      permissionSet: inertName(change.permissionSet),
      accounts: [],
      through,
      directly,
      places: [],
    };
    line.accounts.push(accountName(change.account));
    for (const { elements } of pathsOf(change)) {
      for (const element of elements) line.places.push(...(placesOf.get(element) ?? []));
    }
    byPerson.set(key, line);
  }
  const byGrant = new Map<string, AccessLine>();
  for (const line of byPerson.values()) {
    const accounts = [...new Set(line.accounts)].sort();
    const key = JSON.stringify([line.permissionSet, accounts, line.through, line.directly]);
    const known = byGrant.get(key);
    if (known) {
      known.users.push(...line.users);
      for (const place of line.places) known.places.push(place);
    } else byGrant.set(key, { ...line, accounts });
  }
  const lines = [...byGrant.values()].map((line) => ({ ...line, places: [...new Set(line.places)].sort(byNumber) }));
  return { people: new Set(changes.map(({ user }) => user)).size, lines };
}

/** Line 9 before line 10. */
const byNumber = new Intl.Collator('en', { numeric: true }).compare;

/** The names that one line spells out; the rest is counted. */
const names = 10;

/** `hanako and taro gain AdministratorAccess in production and staging, through group platform`. */
export function accessSentence(side: keyof AccessView, line: AccessLine): string {
  const { users, permissionSet, accounts, through, directly } = line;
  const verb = { gained: 'gain', lost: 'lose' }[side] + (users.length === 1 ? 's' : '');
  const ways = [
    ...(directly ? ['directly'] : []),
    ...(through.length > 0 ? [`through group${through.length === 1 ? '' : 's'} ${listOf(through, names)}`] : []),
  ];
  const what = `${listOf(users, names, 'more people')} ${verb} ${permissionSet}`;
  const where = `in ${listOf(accounts, names, 'more accounts')}`;
  return `${what} ${where}${ways.length === 0 ? '' : `, ${ways.join(' and ')}`}`;
}

/** `2 people gain, 1 person loses`; undefined where nobody does. */
export function accessCounts({ gained, lost }: AccessView): string | undefined {
  const parts = [
    ...(gained.people > 0 ? [gained.people === 1 ? '1 person gains' : `${gained.people} people gain`] : []),
    ...(lost.people > 0 ? [lost.people === 1 ? '1 person loses' : `${lost.people} people lose`] : []),
  ];
  return parts.length === 0 ? undefined : parts.join(', ');
}
