import { compilePattern } from '../../core/pattern.ts';
import type { Model } from './model.ts';

/** `payments-*-prod`, of names that share their first or last words; undefined where they share none. */
export function patternOf(names: readonly string[]): string | undefined {
  const [first = '', ...others] = names;
  if (others.length === 0) return first;
  // Words with what stands between them: `payments-`, `api-`, `prod`.
  const split = (name: string): string[] => name.match(/[^-_. /]+[-_. /]*|^[-_. /]+/g) ?? [];
  const words = names.map(split);
  const shortest = Math.min(...words.map(({ length }) => length));
  const isShared = (wordOf: (own: string[]) => string | undefined): boolean =>
    words.every((own) => wordOf(own) === wordOf(words[0] ?? []));
  let start = 0;
  while (start < shortest - 1 && isShared((own) => own[start])) start++;
  let end = 0;
  while (end < shortest - 1 - start && isShared((own) => own.at(-1 - end))) end++;
  if (start + end === 0) return undefined;
  const own = words[0] ?? [];
  return `${own.slice(0, start).join('')}*${separatorBefore(own, end)}${end === 0 ? '' : own.slice(-end).join('')}`;
}

/** What stands before the last words: `-` of `payments-api-prod`. */
function separatorBefore(words: readonly string[], last: number): string {
  return last === 0 ? '' : (/[-_. /]+$/.exec(words.at(-1 - last) ?? '')?.[0] ?? '');
}

/** How a list of accounts is said: by the shortest of several true ways. */
export type AccountsText =
  | { type: 'all' }
  /** All but one or two. */
  | { type: 'allBut'; except: number[] }
  | { type: 'unit'; unit: string }
  | { type: 'pattern'; pattern: string }
  | { type: 'names'; accounts: number[]; more: number };

/** @param some indexes, sorted */
export function accountsText({ accounts, units }: Model, some: readonly number[]): AccountsText {
  const total = accounts.length;
  if (some.length === total && total > 1) return { type: 'all' };
  const isIn = new Set(some);
  if (some.length > 3 && total - some.length <= 2) {
    return { type: 'allBut', except: [...accounts.keys()].filter((index) => !isIn.has(index)) };
  }
  if (some.length > 1) {
    const unit = units.findIndex((path) => path !== '' && isAllOf(path));
    if (unit !== -1) return { type: 'unit', unit: units[unit] ?? '' };
    const pattern = patternOf(some.map((index) => accounts[index]?.name ?? ''));
    if (pattern !== undefined && !isOfOthers(pattern)) return { type: 'pattern', pattern };
  }
  const shown = some.length <= 3 ? some : some.slice(0, 2);
  return { type: 'names', accounts: [...shown], more: some.length - shown.length };

  function isOfOthers(pattern: string): boolean {
    const matches = compilePattern(pattern);
    return accounts.some(({ name }, index) => !isIn.has(index) && matches(name));
  }

  /** The accounts are those of the unit, with all below it. */
  function isAllOf(path: string): boolean {
    let count = 0;
    for (const [index, { unit }] of accounts.entries()) {
      const own = unit === undefined ? undefined : units[unit];
      if (own === undefined || (own !== path && !own.startsWith(`${path}/`))) continue;
      if (!isIn.has(index)) return false;
      count++;
    }
    return count === some.length;
  }
}
