import { createHash } from 'node:crypto';
import type { AccessAnswer, AccessOrigin, AccessUser } from '../core/access-answer.ts';
import type { Organization } from '../aws/organization/accounts.ts';
import { powers } from '../core/access.ts';
import { compareTexts } from '../core/compare-texts.ts';
import type { Place } from '../core/errors.ts';
import type { PermissionSetSpec } from '../kinds/permission-set/kind.ts';
import type { Policies } from '../policies/load.ts';
import { withClasses } from './classes.ts';
import type { PageAccount, PageData, PageGrant, PageGroup, PageMembers, PageOrigin, PagePlace } from './data.ts';
import { notesOf } from './notes.ts';
import { setWords } from './set-words.ts';
import { writingFact } from './writing-fact.ts';

/** What a page shows besides the answer. */
export interface PageSources {
  /** All whom the answer is about, also those without any access. */
  users: readonly AccessUser[];
  region?: string;
  /** Absent where only the file was read. */
  organization?: Pick<Organization, 'accounts' | 'units'>;
  policyDates: Policies['dates'];
  /** By name; undefined for one that is not there. */
  setNamed(name: string): PermissionSetSpec | undefined;
}

const soon = 30 * 24 * 60 * 60 * 1000;

/** An answer in the form that the access page has it. Pure. */
export function pageData(answer: AccessAnswer, sources: PageSources): PageData {
  const { source, madeAt, instanceArn, summary } = answer;
  const { region } = sources;
  const users = sortedUsers(answer, sources);
  const personOf = indexOf(users.map(({ name }) => name));
  const groupOf = indexOf(answer.groups.map(({ name }) => name));
  const setOf = indexOf(answer.permissionSets.map(({ name }) => name));
  const places = createPlaces(answer);
  const { units, tags, accounts } = accountsOf(answer, sources);
  const accountOf = indexOf(accounts.map(({ id }) => id));
  const lists = createLists();
  const grants = answer.grants.map((grant): PageGrant => ({
    set: setOf(grant.permissionSet),
    power: powers.indexOf(grant.power),
    ...originOf(grant),
    places: places.of(grant.places),
    accounts: lists.add(grant.accounts.map(accountOf).sort((a, b) => a - b)),
    groups: grant.groups.map(groupOf),
    users: grant.users.map(personOf),
    ...(grant.members && { members: grant.members.map(personOf) }),
  }));
  const groups = answer.groups.map(({ name, members }): PageGroup => ({ name, members: joinMembers(members) }));
  const classed = withClasses({
    people: users.map(({ name, displayName, isDisabled }) => ({
      name,
      ...(displayName !== name && { display: displayName }),
      ...(isDisabled && { disabled: 1 as const }),
    })),
    accounts,
    groups,
    grants,
    lists: lists.all,
  });
  const management = answer.managementAccount;
  const content: Omit<PageData, 'digest'> = {
    source,
    madeAt,
    ...(instanceArn !== undefined && { instance: instanceArn }),
    ...(region !== undefined && { region }),
    assignments: summary.assignments,
    soon: new Date(Date.parse(madeAt) + soon).toISOString(),
    files: places.files,
    notes: notesOf(answer, sources),
    facts: {
      administrators: summary.administrators.length,
      raisers: summary.raisers.length,
      ...(management !== undefined &&
        summary.management && {
          management: {
            account: accountOf(management),
            administrators: summary.management.administrators.length,
            raisers: summary.management.raisers.length,
          },
        }),
      writing: writingFact(answer, { ...classed, groups, grants, lists: lists.all, units }),
      direct: summary.direct,
      ending: summary.ending.grants + summary.ending.memberships,
      expired: summary.expired.grants + summary.expired.memberships,
    },
    units,
    tags,
    ...classed,
    groups,
    sets: answer.permissionSets.map((set) => ({ name: set.name, allows: setWords(set, sources.setNamed(set.name)) })),
    lists: lists.all,
    grants,
  };
  const digest = createHash('sha256').update(JSON.stringify(content)).digest('hex');
  return { ...content, digest };

  /** Those whose membership has the same end and status stand together, with the lines of each. */
  function joinMembers(members: AccessAnswer['groups'][number]['members']): PageMembers[] {
    const joined = new Map<string, PageMembers>();
    for (const part of members) {
      const origin = originOf(part);
      const own = places.of(part.places);
      const key = JSON.stringify([origin, own.length > 0]);
      const known = joined.get(key) ?? { ...origin, people: [], ...(own.length > 0 && { places: [] }) };
      joined.set(key, known);
      for (const user of part.users) {
        known.people.push(personOf(user));
        known.places?.push(own);
      }
    }
    return [...joined.values()];
  }
}

const originOf = ({ status, until }: AccessOrigin): PageOrigin => ({
  ...(status !== undefined && status !== 'declared' && { status }),
  ...(until !== undefined && { until }),
});

/** Who holds something, and everyone else whom there is, by name. */
function sortedUsers({ users }: AccessAnswer, { users: everyone }: PageSources): AccessUser[] {
  const byName = new Map([...everyone, ...users].map((user) => [user.name, user]));
  return [...byName.values()].sort((a, b) => compareTexts(a.name, b.name));
}

/** -1 for what is not there. */
function indexOf(names: readonly string[]): (name: string) => number {
  const indexes = new Map(names.map((name, index) => [name, index]));
  return (name) => indexes.get(name) ?? -1;
}

/** The management account, then by unit and name. */
function accountsOf(
  answer: AccessAnswer,
  { organization }: PageSources,
): Pick<PageData, 'units' | 'tags'> & { accounts: Omit<PageAccount, 'class'>[] } {
  const paths = new Map((organization?.units ?? []).map(({ id, path }) => [id, path]));
  const ids = Object.keys(answer.accounts);
  const pathOf = (id: string): string | undefined => {
    const unit = organization?.accounts?.get(id)?.parents?.at(-1);
    return unit === undefined ? undefined : paths.get(unit);
  };
  const tagsOf = (id: string): string[] =>
    Object.entries(organization?.accounts?.get(id)?.tags ?? {}).map(([key, value]) => `${key}=${value}`);
  const units = [...new Set(ids.flatMap((id) => pathOf(id) ?? []))].sort(compareTexts);
  const tags = [...new Set(ids.flatMap(tagsOf))].sort(compareTexts);
  const [unitOf, tagOf] = [indexOf(units), indexOf(tags)];
  const production = new Set(answer.production);
  const rank = (id: string): number => (id === answer.managementAccount ? 0 : 1);
  const accounts = ids.map((id) => {
    const path = pathOf(id);
    const state = organization?.accounts?.get(id)?.state ?? 'ACTIVE';
    const own = tagsOf(id).map(tagOf);
    return {
      id,
      name: answer.accounts[id] ?? id,
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

/** Keeps each list once. */
function createLists(): { all: number[][]; add(list: number[]): number } {
  const all: number[][] = [];
  const known = new Map<string, number>();
  return {
    all,
    add(list) {
      const key = list.join();
      const index = known.get(key) ?? all.push(list) - 1;
      known.set(key, index);
      return index;
    },
  };
}

/** The lines of all files as numbers. */
function createPlaces({ grants, groups }: AccessAnswer): {
  files: string[];
  of(places: readonly Place[]): PagePlace[];
} {
  const found = [...grants, ...groups.flatMap(({ members }) => members)].flatMap(({ places }) => places);
  const files = [...new Set(found.map(({ file }) => file))].sort(compareTexts);
  const fileOf = indexOf(files);
  return { files, of: (places) => places.map(({ file, line }) => line * files.length + fileOf(file)) };
}
