import type { Organization } from '../aws/organization/accounts.ts';
import type { SidedUser } from '../access/both-sides.ts';
import type { SidedGrant, SidedMembers, SidedOrigin } from '../access/grants.ts';
import { reaches } from '../core/access-answer.ts';
import { powers } from '../core/access.ts';
import { justificationText } from '../core/justification.ts';
import { compareTexts } from '../core/compare-texts.ts';
import type { Place } from '../core/errors.ts';
import { withClasses } from './classes.ts';
import type {
  PageAccount,
  PageData,
  PageGrant,
  PageGroup,
  PageMembers,
  PageOrigin,
  PagePlace,
  PageSet,
} from './data.ts';

/** What people hold, as an answer has it or as both sides of a difference have it. */
export interface Held {
  /** Names by 12-digit id. */
  accounts: Readonly<Record<string, string>>;
  managementAccount?: string;
  production?: readonly string[];
  /** Who holds something. */
  users: readonly SidedUser[];
  groups: readonly { name: string; members: readonly SidedMembers[] }[];
  grants: readonly SidedGrant[];
}

/** What is shown besides. */
export interface Around {
  /** All whom the page is about, also those without any access. */
  everyone: readonly SidedUser[];
  /** Absent where only the file was read. */
  organization?: Pick<Organization, 'accounts' | 'units'>;
  /** All that grants name. */
  sets: readonly PageSet[];
  /** What account access manager gives. */
  roles?: readonly HeldRole[];
}

/** To a person, or to a group with these members. */
export interface HeldRole {
  role: string;
  /** 12-digit id. */
  account: string;
  group?: string;
  users: readonly string[];
}

export type PageContent = Pick<
  PageData,
  | 'files'
  | 'justifications'
  | 'management'
  | 'units'
  | 'tags'
  | 'accounts'
  | 'people'
  | 'groups'
  | 'sets'
  | 'lists'
  | 'grants'
  | 'roles'
>;

/** Each person, account, group and list of accounts once, and all else by index. Pure. */
export function pageContent(held: Held, { everyone, organization, sets, roles = [] }: Around): PageContent {
  const users = sortedUsers(held, everyone);
  const personOf = indexOf(users.map(({ name }) => name));
  const groupOf = indexOf(held.groups.map(({ name }) => name));
  const setOf = indexOf(sets.map(({ name }) => name));
  const places = createPlaces(held);
  const { units, tags, accounts } = accountsOf(held, organization);
  const accountOf = indexOf(accounts.map(({ id }) => id));
  const lists = createTable((list: number[]) => list.join());
  const justifications = createTable((text: string) => text);
  const grants = held.grants.map((grant): PageGrant => {
    const why = whyOf(grant);
    return {
      set: setOf(grant.permissionSet),
      power: powers.indexOf(grant.power),
      ...(grant.was?.power !== undefined && { wasPower: powers.indexOf(grant.was.power) }),
      ...(grant.cause?.conditions && { conditional: 1 as const }),
      ...(grant.was?.isConditional !== undefined && { wasConditional: grant.was.isConditional ? 1 : 0 }),
      ...(grant.allows && { allows: reaches.indexOf(grant.allows) }),
      ...(grant.was?.allows !== undefined && { wasAllows: reaches.findIndex((one) => one === grant.was?.allows) }),
      ...originOf(grant),
      places: places.of(grant.places),
      ...(why >= 0 && { why }),
      accounts: lists.add(grant.accounts.map(accountOf).sort((a, b) => a - b)),
      groups: grant.groups.map(groupOf),
      users: grant.users.map(personOf),
      ...(grant.members && { members: grant.members.map(personOf) }),
    };
  });
  const groups = held.groups.map(({ name, members }): PageGroup => ({ name, members: joinMembers(members) }));
  const classed = withClasses({
    people: users.map(({ name, displayName, isDisabled, side }) => ({
      name,
      ...(displayName !== name && { display: displayName }),
      ...(isDisabled && { disabled: 1 as const }),
      ...(side && { side }),
    })),
    accounts,
    groups,
    grants,
    lists: lists.all,
  });
  const management = held.managementAccount === undefined ? undefined : accountOf(held.managementAccount);
  return {
    files: places.files,
    justifications: justifications.all,
    ...(management !== undefined && { management }),
    units,
    tags,
    ...classed,
    groups,
    sets: [...sets],
    lists: lists.all,
    grants,
    roles: roles.map(({ role, account, group, users: holders }) => ({
      role,
      account: accountOf(account),
      ...(group !== undefined && { group }),
      people: holders.map(personOf).sort((a, b) => a - b),
    })),
  };

  /** -1 where its lines say nothing. */
  function whyOf(of: SidedOrigin): number {
    const text = justificationText(of.places);
    return text === '' ? -1 : justifications.add(text);
  }

  /** Those whose membership has the same end and status stand together, with the lines of each and what these say. */
  function joinMembers(members: readonly SidedMembers[]): PageMembers[] {
    const joined = new Map<string, PageMembers & { why: number[] }>();
    for (const part of members) {
      const origin = originOf(part);
      const own = places.of(part.places);
      const why = whyOf(part);
      const key = JSON.stringify([origin, own.length > 0]);
      const known = joined.get(key) ?? { ...origin, people: [], ...(own.length > 0 && { places: [] }), why: [] };
      joined.set(key, known);
      for (const user of part.users) {
        known.people.push(personOf(user));
        known.places?.push(own);
        known.why.push(why);
      }
    }
    return [...joined.values()].map(({ why, ...rest }) => (why.every((one) => one < 0) ? rest : { ...rest, why }));
  }
}

const originOf = ({ status, until, side, was }: SidedOrigin): PageOrigin => ({
  ...(status !== undefined && status !== 'declared' && { status }),
  ...(until !== undefined && { until }),
  ...(side && { side }),
  ...(was?.end && { wasUntil: was.end.until ?? '' }),
});

/** Who holds something, and everyone else whom there is, by name. */
function sortedUsers({ users }: Held, everyone: readonly SidedUser[]): SidedUser[] {
  const byName = new Map([...users, ...everyone].map((user) => [user.name, user]));
  return [...byName.values()].sort((a, b) => compareTexts(a.name, b.name));
}

/** -1 for what is not there. */
function indexOf(names: readonly string[]): (name: string) => number {
  const indexes = new Map(names.map((name, index) => [name, index]));
  return (name) => indexes.get(name) ?? -1;
}

/** The management account, then by unit and name. */
function accountsOf(
  held: Held,
  organization: Around['organization'],
): Pick<PageData, 'units' | 'tags'> & { accounts: Omit<PageAccount, 'class'>[] } {
  const paths = new Map((organization?.units ?? []).map(({ id, path }) => [id, path]));
  const ids = Object.keys(held.accounts);
  const pathOf = (id: string): string | undefined => {
    const unit = organization?.accounts?.get(id)?.parents?.at(-1);
    return unit === undefined ? undefined : paths.get(unit);
  };
  const tagsOf = (id: string): string[] =>
    Object.entries(organization?.accounts?.get(id)?.tags ?? {}).map(([key, value]) => `${key}=${value}`);
  const units = [...new Set(ids.flatMap((id) => pathOf(id) ?? []))].sort(compareTexts);
  const tags = [...new Set(ids.flatMap(tagsOf))].sort(compareTexts);
  const [unitOf, tagOf] = [indexOf(units), indexOf(tags)];
  const production = new Set(held.production);
  const rank = (id: string): number => (id === held.managementAccount ? 0 : 1);
  const accounts = ids.map((id) => {
    const path = pathOf(id);
    const state = organization?.accounts?.get(id)?.state ?? 'ACTIVE';
    const own = tagsOf(id).map(tagOf);
    return {
      id,
      name: held.accounts[id] ?? id,
      ...(path !== undefined && { unit: unitOf(path) }),
      ...(own.length > 0 && { tags: own }),
      ...(production.has(id) && { production: 1 as const }),
      ...(state !== 'ACTIVE' && { state }),
    };
  });
  accounts.sort(
    (a, b) =>
      rank(a.id) - rank(b.id) ||
      (a.unit ?? -1) - (b.unit ?? -1) ||
      compareTexts(a.name, b.name) ||
      compareTexts(a.id, b.id),
  );
  return { units, tags, accounts };
}

/** Keeps each thing once. */
function createTable<Thing>(keyOf: (thing: Thing) => string): { all: Thing[]; add(thing: Thing): number } {
  const all: Thing[] = [];
  const known = new Map<string, number>();
  return {
    all,
    add(thing) {
      const key = keyOf(thing);
      const index = known.get(key) ?? all.push(thing) - 1;
      known.set(key, index);
      return index;
    },
  };
}

/** The lines of all files as numbers. */
function createPlaces({ grants, groups }: Held): {
  files: string[];
  of(places: readonly Place[]): PagePlace[];
} {
  const found = [...grants, ...groups.flatMap(({ members }) => members)].flatMap(({ places }) => places);
  const files = [...new Set(found.map(({ file }) => file))].sort(compareTexts);
  const fileOf = indexOf(files);
  return { files, of: (places) => places.map(({ file, line }) => line * files.length + fileOf(file)) };
}
