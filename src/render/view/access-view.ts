import type { AccessChange, HeldImpact, AccessPath } from '../../core/access.ts';
import type { Address } from '../../core/address.ts';
import type { Plan, Step } from '../../core/plan.ts';
import { lossCauses } from './access-cause.ts';
import { sanitize, sanitizeName } from '../../core/sanitize.ts';

/** People who gain or lose the same permission sets in the same accounts in the same way. */
export interface AccessLine {
  users: string[];
  permissionSet: string;
  accounts: string[];
  /** Groups; a direct assignment is told apart from them. */
  through: string[];
  directly: boolean;
  /** The lines of the file that ask for it; of a loss there are none any more. */
  places: FileLine[];
  /** The file includes others, so that a line's number alone says too little. */
  inSeveralFiles?: true;
  /** Of a loss: what takes it away, where `through` does not say it. */
  cause?: string;
}

export interface FileLine {
  file: string;
  line: number;
}

export interface AccessSide {
  /** Different people; not holds, of which one person may have many. */
  people: number;
  lines: AccessLine[];
}

/** People, and the accounts whose administrators all of them become. */
export interface AdministratorsLine {
  users: string[];
  accounts: string[];
}

export interface AccessView {
  gained: AccessSide;
  lost: AccessSide;
  /** Who holds nothing anywhere any more. */
  lastAccess: string[];
  newAdministrators: { people: number; lines: AdministratorsLine[] };
  /** Who holds a permission set that is edited. */
  edited: { people: number; lines: EditedLine[] };
}

/** People and accounts: all of them hold it in all of these. */
export interface EditedLine {
  permissionSet: string;
  users: string[];
  accounts: string[];
}

export function viewAccess(
  { access, steps, desired }: Pick<Plan, 'steps'> & { access: HeldImpact; desired?: unknown },
  accountName: (id: string) => string,
): AccessView {
  const several = (desired as { include?: unknown } | undefined)?.include !== undefined;
  const byId = new Map(steps.map((step) => [step.id, step]));
  return {
    gained: viewSide(access.gained, ({ after }) => after, accountName, byId, several),
    lost: viewSide(access.lost, ({ before }) => before, accountName, byId, several),
    lastAccess: access.lastAccess.map(sanitizeName),
    newAdministrators: viewAdministrators(access, accountName),
    edited: viewEdited(access, accountName),
  };
}

function viewEdited({ edited }: HeldImpact, accountName: (id: string) => string): AccessView['edited'] {
  const lines = edited.flatMap(({ permissionSet, holders }) =>
    holders.map(({ users, accounts }) => ({
      permissionSet: sanitizeName(permissionSet),
      users: users.map(sanitizeName),
      accounts: accounts.map(accountName).sort(),
    })),
  );
  return { people: new Set(lines.flatMap(({ users }) => users)).size, lines };
}

/** Merges twice, and loses nothing: the accounts of one person, then the people of the same accounts. */
function viewSide(
  changes: readonly AccessChange[],
  pathsOf: (change: AccessChange) => AccessPath[],
  accountName: (id: string) => string,
  steps: ReadonlyMap<Address, Step>,
  several: boolean,
): AccessSide {
  const causeOf = lossCauses(steps);
  const byPerson = new Map<string, AccessLine>();
  for (const change of changes) {
    const paths = pathsOf(change);
    const through = [...new Set(paths.flatMap(({ via }) => (via === undefined ? [] : [sanitizeName(via)])))].sort();
    const directly = paths.some(({ via }) => via === undefined);
    const cause = change.after.length === 0 ? causeOf(change) : undefined;
    const key = JSON.stringify([change.user, change.permissionSet, through, directly, cause]);
    const line = byPerson.get(key) ?? {
      users: [sanitizeName(change.user)],
      permissionSet: sanitizeName(change.permissionSet),
      accounts: [],
      through,
      directly,
      places: [],
      ...(several && { inSeveralFiles: true as const }),
      ...(cause !== undefined && { cause: sanitize(cause) }),
    };
    line.accounts.push(accountName(change.account));
    for (const { elements } of paths) {
      for (const element of elements) line.places.push(...(steps.get(element)?.places ?? []));
    }
    byPerson.set(key, line);
  }
  const byGrant = new Map<string, AccessLine>();
  for (const line of byPerson.values()) {
    const accounts = [...new Set(line.accounts)].sort();
    const key = JSON.stringify([line.permissionSet, accounts, line.through, line.directly, line.cause]);
    const known = byGrant.get(key);
    if (known) {
      known.users.push(...line.users);
      for (const place of line.places) known.places.push(place);
    } else byGrant.set(key, { ...line, accounts });
  }
  const lines = [...byGrant.values()].map((line) => ({ ...line, places: distinct(line.places) }));
  // The most people first: where not all lines have room, those are the ones to see.
  lines.sort((a, b) => b.users.length - a.users.length);
  return { people: new Set(changes.map(({ user }) => user)).size, lines };
}

/** Each line of a file once, in the order of the file. */
function distinct(places: readonly FileLine[]): FileLine[] {
  const byText = new Map(
    places.map(({ file, line }) => [JSON.stringify([file, line]), { file: sanitize(file), line }]),
  );
  return [...byText.values()].sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
}

/** The same people of several accounts are one line. */
function viewAdministrators(
  { newAdministrators }: HeldImpact,
  accountName: (id: string) => string,
): AccessView['newAdministrators'] {
  const byUsers = new Map<string, AdministratorsLine>();
  for (const { account, users } of newAdministrators) {
    const key = JSON.stringify(users);
    const line = byUsers.get(key) ?? { users: users.map(sanitizeName), accounts: [] };
    line.accounts.push(accountName(account));
    byUsers.set(key, line);
  }
  const lines = [...byUsers.values()].map(({ users, accounts }) => ({ users, accounts: accounts.sort() }));
  return { people: new Set(newAdministrators.flatMap(({ users }) => users)).size, lines };
}
