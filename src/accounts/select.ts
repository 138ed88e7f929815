import type { LiveAccount, Organization } from '../aws/organization/accounts.ts';
import {
  type AccountCriteria,
  type AccountTarget,
  isPattern,
  hasSubUnits,
  isUnitId,
  needsOrganization,
  unitNameOf,
  unitText,
} from '../core/account-target.ts';
import { fold } from '../core/address.ts';
import type { DocumentPath } from '../core/kind.ts';
import { compilePattern } from '../core/pattern.ts';
import { suggest } from '../core/suggest.ts';
import { listOf } from '../core/words.ts';
import { describeTags } from './target-words.ts';
import type { Missing, Problem } from '../config/problems.ts';

/** What a name or an id of an account stands for. */
export interface AccountReference {
  /** Absent where that can't be told, or where the account is not in the organization any more. */
  id?: string;
  /** What else it may stand for: an account that was renamed may be any. */
  others?: 'any' | readonly string[];
  problem?: string;
  /** Where nothing has it. */
  missing?: Missing;
}

/** One thing by which an entry takes accounts. */
export interface Criterion {
  type: 'pattern' | 'unit' | 'tags' | 'all';
  /** As the file has it; `the tag env=prod` of a tag. */
  text: string;
  at: DocumentPath;
  fits(account: LiveAccount): boolean;
  /** True where the unit, the tag or a name like the pattern can't be found: what it took may be any account by now. */
  mayBeAny: boolean;
  problem?: Problem;
  /** What can't be found though it is no problem: the pattern, or tags by their keys. */
  missing?: Missing;
}

/** What an entry is about. */
export interface Selection {
  /** 12-digit ids, each once: first those that it names, then by id. Only those that it is about for certain. */
  ids: readonly string[];
  /** True for an account that it is about, or would be by one of the meanings of what can't be found. */
  mayTake(account: string): boolean;
  /** True where all that it names is found: then it may take no others. */
  isResolved: boolean;
  /** What of its criteria can't be found. Of names, who looks them up tells. */
  problems: readonly Problem[];
  criteria: readonly Criterion[];
  /** The criterion that an account fits; undefined where it fits none, or is named outright. */
  reasonFor(account: string): Criterion | undefined;
  excepts(account: string): boolean;
  /** Accounts that fit and are left out, because they are not active. */
  inactive: readonly LiveAccount[];
  /** Criteria that no account fits which could be taken. */
  idle: readonly Criterion[];
}

interface Known {
  organization: Organization;
  refer(nameOrId: string): AccountReference;
  allNames(id: string): readonly string[];
}

export const mayBe = ({ id, others = [] }: AccountReference, account: string): boolean =>
  id === account || others === 'any' || others.includes(account);

/** Takes the accounts that an entry is about, and says what of it can't be found. */
export function createSelector({
  organization,
  refer,
  allNames,
}: Known): (target: AccountTarget, path: DocumentPath) => Selection {
  const live = [...(organization.accounts?.values() ?? [])].sort((a, b) => (a.id < b.id ? -1 : 1));
  const findUnit = createUnitFinder(organization, live);

  return (target, path) => {
    const unreadable = organization.accounts || !needsOrganization(target) ? undefined : unreadableTarget(path);
    const criteria = [
      ...criteriaOf(target, path),
      ...(target.all ? [criterion({ type: 'all', text: 'all', at: [...path, 'all'] }, () => true)] : []),
    ];
    const exceptions = criteriaOf(target.except ?? {}, [...path, 'except']);
    const names = outright(target);
    const exceptedNames = outright(target.except ?? {});
    const named = new Set(names.flatMap(({ id }) => id ?? []));
    const excepted = new Set(exceptedNames.flatMap(({ id }) => id ?? []));
    const excepts = (account: LiveAccount): boolean =>
      excepted.has(account.id) || exceptions.some(({ fits }) => fits(account));
    // A pattern that matches nothing, and a tag that no account has, leave nothing out: that is no error either.
    const mayExceptAny = exceptions.some(({ mayBeAny, problem }) => mayBeAny && problem);
    const unclear = exceptedNames.filter(({ others }) => others !== undefined);
    const mayExcept = (account: LiveAccount): boolean =>
      mayExceptAny || excepts(account) || unclear.some((name) => mayBe(name, account.id));
    const fitting = live.filter((account) => criteria.some(({ fits }) => fits(account)) && !named.has(account.id));
    const taken = fitting.filter((account) => account.state === 'ACTIVE' && !mayExcept(account)).map(({ id }) => id);
    const liveOf = (id: string): LiveAccount => organization.accounts?.get(id) ?? { id, name: id, state: 'ACTIVE' };
    return {
      ids: [...[...named].filter((id) => !mayExcept(liveOf(id))), ...taken],
      mayTake: (id) =>
        !excepts(liveOf(id)) &&
        (names.some((name) => mayBe(name, id)) || criteria.some(({ fits, mayBeAny }) => mayBeAny || fits(liveOf(id)))),
      isResolved:
        [...names, ...exceptedNames].every(({ problem }) => problem === undefined) &&
        criteria.every(({ mayBeAny, problem }) => !mayBeAny && !problem) &&
        exceptions.every(({ problem }) => !problem),
      problems: [...new Set([...criteria, ...exceptions].flatMap(({ problem }) => problem ?? []))],
      criteria,
      reasonFor: (id) => (named.has(id) ? undefined : criteria.find(({ fits }) => fits(liveOf(id)))),
      excepts: (id) => excepts(liveOf(id)),
      inactive: fitting.filter((account) => account.state !== 'ACTIVE' && !excepts(account)),
      idle: [
        ...criteria.filter(({ fits }) => !live.some((account) => account.state === 'ACTIVE' && fits(account))),
        ...exceptions.filter(({ fits }) => !live.some(fits)),
      ].filter(({ problem }) => !problem),
    };

    function criteriaOf(
      { accounts = [], organizationalUnits = [], accountTags }: AccountCriteria,
      at: DocumentPath,
    ): Criterion[] {
      const patterns = accounts.flatMap((text, index): Criterion[] => {
        if (!isPattern(text)) return [];
        const matches = compilePattern(text);
        const fits = ({ id }: LiveAccount): boolean => [id, ...allNames(id)].some(matches);
        const own = { type: 'pattern' as const, text, at: [...at, 'accounts', index] };
        return [
          criterion(own, fits, live.some(fits) ? undefined : { subject: 'pattern', name: text, effect: 'frozen' }),
        ];
      });
      const units = organizationalUnits.map((unit, index): Criterion => {
        const own = { type: 'unit' as const, text: unitText(unit), at: [...at, 'organizationalUnits', index] };
        if (unreadable) return criterion(own);
        const found = findUnit(unitNameOf(unit));
        if ('id' in found) {
          const isIn = hasSubUnits(unit)
            ? (parents: readonly string[]) => parents.includes(found.id)
            : (parents: readonly string[]) => parents.at(-1) === found.id;
          return criterion(own, ({ parents = [] }) => isIn(parents));
        }
        return missing(own, { ...found, at: own.at });
      });
      return [...patterns, ...units, ...(accountTags ? [byTags(accountTags, [...at, 'accountTags'])] : [])];
    }

    function byTags(tags: Readonly<Record<string, string>>, at: DocumentPath): Criterion {
      const own = { type: 'tags' as const, text: describeTags(tags), at };
      if (!unreadable && live.some(({ state, tags: has }) => state === 'ACTIVE' && has === undefined)) {
        return missing(own, { ...lacking(organization, 'The snapshot has no account tags'), at });
      }
      const has = ({ tags: all = {} }: LiveAccount, key: string): boolean => Object.hasOwn(all, key);
      const wanted = Object.entries(tags);
      const lost = wanted.filter(([key]) => !live.some((account) => has(account, key)));
      const name = lost.map(([key, value]) => `${key}=${value}`).join(', ');
      return criterion(
        own,
        (account) => wanted.every(([key, value]) => has(account, key) && account.tags?.[key] === value),
        lost.length > 0 ? { subject: 'tag', name, effect: 'frozen' } : undefined,
      );
    }

    function criterion(
      own: Pick<Criterion, 'type' | 'text' | 'at'>,
      fits: Criterion['fits'] = () => false,
      lost?: Missing,
    ): Criterion {
      if (unreadable) return missing(own, unreadable);
      return { ...own, fits, mayBeAny: lost !== undefined, ...(lost && { missing: lost }) };
    }
  };

  function outright({ accounts = [] }: AccountCriteria): AccountReference[] {
    return accounts.filter((name) => !isPattern(name)).map(refer);
  }

  /** An unreadable organization is not an empty one. */
  function unreadableTarget(at: DocumentPath): Problem {
    const why = organization.unreadable === undefined ? '' : ` (${organization.unreadable})`;
    const message = `The accounts of this entry can't be found, because Organizations can't be read${why}. Grant organizations:ListAccounts to this role, or name every account by its ID.`;
    return { code: 'target-unreadable', message, at, isUnread: true };
  }
}

const missing = (own: Pick<Criterion, 'type' | 'text' | 'at'>, problem: Problem): Criterion => ({
  ...own,
  fits: () => false,
  mayBeAny: true,
  problem,
});

/** @param what of a snapshot; what is live has all that can be read. */
function lacking({ structureUnreadable }: Organization, what: string): Omit<Problem, 'at'> {
  return structureUnreadable === undefined
    ? {
        code: 'target-not-in-snapshot',
        message: `${what}: take it again with this file (idc snapshot --file FILE).`,
        isUnread: true,
      }
    : {
        code: 'target-unreadable',
        message: `The accounts of this entry can't be found: ${structureUnreadable}.`,
        isUnread: true,
      };
}

/** The id of a unit by its id or its path. Where the accounts of a deleted unit are now can't be told. */
function createUnitFinder(
  organization: Organization,
  accounts: readonly LiveAccount[],
): (text: string) => { id: string } | Omit<Problem, 'at'> {
  const { units } = organization;
  const inhabited = new Set(accounts.flatMap(({ parents = [] }) => parents));
  const byPath = new Map<string, string[]>();
  for (const { id, path } of units ?? []) byPath.set(path, [...(byPath.get(path) ?? []), id]);
  const isPlaced = accounts.every(({ parents }) => parents !== undefined);
  const unknown = (message: string): Omit<Problem, 'at'> => ({ code: 'unknown-organizational-unit', message });
  const lost = (name: string, message: string): Omit<Problem, 'at'> => ({
    ...unknown(message),
    missing: { subject: 'organizational-unit', name, effect: 'frozen' },
  });
  return (text) => {
    if (!isPlaced) return lacking(organization, 'The snapshot has no organizational units');
    if (isUnitId(text)) {
      if (inhabited.has(text)) return { id: text };
      if (!units) return lacking(organization, `The snapshot has no account in ${text} and no list of units`);
      const ids = units.map(({ id }) => id);
      return ids.includes(text)
        ? { id: text }
        : lost(text, `Organizational unit ${text} does not exist${suggest('organizational-unit', text, ids)}`);
    }
    if (!units) return lacking(organization, 'The snapshot has no names of organizational units');
    const [id, ...others] = byPath.get(text) ?? [];
    if (id !== undefined && others.length === 0) return { id };
    if (id !== undefined) {
      const ids = [id, ...others].join(', ');
      const message = `${others.length + 1} organizational units have the path "${text}": ${ids}. Give the ID of one.`;
      return unknown(message);
    }
    const paths = [...byPath.keys()].filter((path) => path !== '');
    return lost(text, `The root has no organizational unit "${text}"${suggestUnit(text, paths)}`);
  };
}

/** Units are often called by the last name of their path, and the root by its own. */
function suggestUnit(text: string, paths: readonly string[]): string {
  if (fold(text) === 'root') return '; for every account of the organization, write all: true.';
  const sameEnd = paths.filter((path) => fold(`/${path}`).endsWith(fold(`/${text}`)));
  if (sameEnd.length > 1) return `. There are ${listOf(sameEnd, 5)}: write the one that is meant.`;
  return suggest('organizational-unit', sameEnd[0] ?? text, paths);
}
