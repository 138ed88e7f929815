import type { LiveAccount, Organization } from '../aws/organization/accounts.ts';
import { type AccountCriteria, type AccountTarget, isPattern, isUnitId } from '../core/account-target.ts';
import type { DocumentPath } from '../core/kind.ts';
import { compilePattern } from '../core/pattern.ts';
import { suggest } from '../core/suggest.ts';
import { describeTags } from './target-words.ts';

/** One thing by which an entry takes accounts. */
export interface Criterion {
  type: 'pattern' | 'unit' | 'tags' | 'all';
  /** As the file has it; `the tag env=prod` of a tag. */
  text: string;
  at: DocumentPath;
  fits(account: LiveAccount): boolean;
}

/** What an entry is about. */
export interface Selection {
  /** 12-digit ids, each once: first those that it names, then by id. */
  ids: readonly string[];
  criteria: readonly Criterion[];
  /** The criterion that an account fits; undefined where it fits none, or is named outright. */
  reasonFor(account: string): Criterion | undefined;
  excepts(account: string): boolean;
  /** Accounts that fit and are left out, because they are not active. */
  inactive: readonly LiveAccount[];
  /** Criteria that no account fits which could be taken. */
  idle: readonly Criterion[];
}

export interface Problem {
  code: string;
  message: string;
  at: DocumentPath;
}

interface Known {
  organization: Organization;
  idOf(nameOrId: string): string;
  allNames(id: string): readonly string[];
}

/** Takes the accounts that an entry is about, or says what is wrong with it. `Organization.accounts` has to be there. */
export function createSelector({
  organization,
  idOf,
  allNames,
}: Known): (target: AccountTarget, path: DocumentPath) => Selection | Problem[] {
  const live = [...(organization.accounts?.values() ?? [])].sort((a, b) => (a.id < b.id ? -1 : 1));
  const findUnit = createUnitFinder(organization, live);

  return (target, path) => {
    const problems: Problem[] = [];
    const criteria = [
      ...criteriaOf(target, path),
      ...(target.all ? [{ type: 'all' as const, text: 'all', at: [...path, 'all'], fits: () => true }] : []),
    ];
    const exceptions = criteriaOf(target.except ?? {}, [...path, 'except']);
    if (problems.length > 0) return problems;
    const named = new Set(outright(target));
    const excepted = new Set(outright(target.except ?? {}));
    const excepts = (account: LiveAccount): boolean =>
      excepted.has(account.id) || exceptions.some(({ fits }) => fits(account));
    const fitting = live.filter((account) => criteria.some(({ fits }) => fits(account)) && !named.has(account.id));
    const taken = fitting.filter((account) => account.state === 'ACTIVE' && !excepts(account)).map(({ id }) => id);
    const liveOf = (id: string): LiveAccount => organization.accounts?.get(id) ?? { id, name: id, state: 'ACTIVE' };
    return {
      ids: [...[...named].filter((id) => !excepts(liveOf(id))), ...taken],
      criteria,
      reasonFor: (id) => (named.has(id) ? undefined : criteria.find(({ fits }) => fits(liveOf(id)))),
      excepts: (id) => excepts(liveOf(id)),
      inactive: fitting.filter((account) => account.state !== 'ACTIVE' && !excepts(account)),
      idle: [
        ...criteria.filter(({ fits }) => !live.some((account) => account.state === 'ACTIVE' && fits(account))),
        ...exceptions.filter(({ fits }) => !live.some(fits)),
      ],
    };

    function criteriaOf(
      { accounts = [], organizationalUnits = [], accountTags }: AccountCriteria,
      at: DocumentPath,
    ): Criterion[] {
      const patterns = accounts.flatMap((text, index): Criterion[] => {
        if (!isPattern(text)) return [];
        const matches = compilePattern(text);
        const fits = ({ id }: LiveAccount): boolean => [id, ...allNames(id)].some(matches);
        return [{ type: 'pattern', text, at: [...at, 'accounts', index], fits }];
      });
      const units = organizationalUnits.flatMap((text, index): Criterion[] => {
        const place = [...at, 'organizationalUnits', index];
        const found = findUnit(text);
        if ('id' in found) {
          const fits = ({ parents = [] }: LiveAccount): boolean => parents.includes(found.id);
          return [{ type: 'unit', text, at: place, fits }];
        }
        problems.push({ ...found, at: place });
        return [];
      });
      return [...patterns, ...units, ...(accountTags ? byTags(accountTags, [...at, 'accountTags']) : [])];
    }

    function byTags(tags: Readonly<Record<string, string>>, at: DocumentPath): Criterion[] {
      if (live.some(({ state, tags: own }) => state === 'ACTIVE' && own === undefined)) {
        const message = `The snapshot has no tags of accounts: ${takeAgain}`;
        problems.push({ code: 'target-not-in-snapshot', message, at });
        return [];
      }
      const wanted = Object.entries(tags);
      const fits = ({ tags: own = {} }: LiveAccount): boolean =>
        wanted.every(([key, value]) => Object.hasOwn(own, key) && own[key] === value);
      return [{ type: 'tags', text: describeTags(tags), at, fits }];
    }

    function outright({ accounts = [] }: AccountCriteria): string[] {
      return accounts.filter((name) => !isPattern(name)).map(idOf);
    }
  };
}

const takeAgain = 'take it again with this file (idc snapshot --file FILE).';

/** The id of a unit by its id or its path. */
function createUnitFinder(
  { units }: Organization,
  accounts: readonly LiveAccount[],
): (text: string) => { id: string } | Omit<Problem, 'at'> {
  const inhabited = new Set(accounts.flatMap(({ parents = [] }) => parents));
  const byPath = new Map<string, string[]>();
  for (const { id, path } of units ?? []) byPath.set(path, [...(byPath.get(path) ?? []), id]);
  const isPlaced = accounts.every(({ parents }) => parents !== undefined);
  const unknown = (message: string): Omit<Problem, 'at'> => ({ code: 'unknown-organizational-unit', message });
  const lacking = (what: string): Omit<Problem, 'at'> => ({
    code: 'target-not-in-snapshot',
    message: `${what}: ${takeAgain}`,
  });
  return (text) => {
    if (!isPlaced) return lacking('The snapshot does not say which account is in which unit');
    if (isUnitId(text)) {
      if (inhabited.has(text)) return { id: text };
      if (!units) return lacking(`No account of the snapshot is in ${text}, and its units are not in it`);
      const ids = units.map(({ id }) => id);
      return ids.includes(text)
        ? { id: text }
        : unknown(`There is no organizational unit ${text}${suggest('organizational-unit', text, ids)}`);
    }
    if (!units) return lacking('The snapshot has no names of organizational units');
    const [id, ...others] = byPath.get(text) ?? [];
    if (id !== undefined && others.length === 0) return { id };
    if (id !== undefined) {
      const ids = [id, ...others].join(', ');
      return unknown(
        `${others.length + 1} organizational units have the path "${text}": ${ids}. Give the one that is meant by its id.`,
      );
    }
    const paths = [...byPath.keys()].filter((path) => path !== '');
    return unknown(
      `There is no organizational unit "${text}" below the root${suggest('organizational-unit', text, paths)}`,
    );
  };
}
