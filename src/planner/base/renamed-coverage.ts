import { identityFormat, type IdentityDocument } from '../../config/schema/document.ts';
import type { Subject } from '../../core/address.ts';
import { isPattern } from '../../core/account-target.ts';
import { valuesAt } from '../../core/path-pattern.ts';
import { stableJson, unordered } from '../../core/stable-json.ts';
import { kindWords } from '../../core/words.ts';
import { compileSubjectPattern } from '../../reconcile/scope.ts';
import type { CompiledFile } from '../../source/compile.ts';
import { ignoreRules } from '../../source/managed-sections.ts';
import type { LimitAt } from './document-limits.ts';
import { renamesBetween, underNewNames } from './new-names.ts';

/** What the file calls otherwise than the file before, by all names that a pattern can match. */
interface Renamed {
  subject: Subject;
  was: readonly string[];
  is: readonly string[];
}

/**
 * Renames that take something out of a pattern of the rules, or into one of `ignore`, though neither has changed: no line of them
 * shows it. Those that have changed are told as they are.
 */
export function coverageChanges(before: CompiledFile, now: CompiledFile): LimitAt[] {
  const renamed = [...renamedThings(before, now), ...renamedAccounts(before, now)];
  if (renamed.length === 0) return [];
  const old = underNewNames(before.loaded.document, now.loaded.document);
  return [...leavingRules(renamed, old, now), ...enteringIgnore(renamed, old, now)];
}

const renamedThings = (before: CompiledFile, now: CompiledFile): Renamed[] =>
  [...renamesBetween(before.loaded.document, now.loaded.document)].flatMap(([subject, names]) =>
    [...names].map(([was, is]) => ({ subject, was: [was], is: [is] })),
  );

function renamedAccounts({ accounts: before }: CompiledFile, { accounts: now }: CompiledFile): Renamed[] {
  return now.ids.flatMap((id) => {
    const [was, is] = [before.allNames(id), now.allNames(id)];
    const isSame = was.every((name) => is.includes(name)) && is.every((name) => was.includes(name));
    return isSame || was.length === 0 || is.length === 0
      ? []
      : [{ subject: 'account', was: [...was, id], is: [...is, id] }];
  });
}

function leavingRules(
  renamed: readonly Renamed[],
  old: IdentityDocument,
  { loaded: { document } }: CompiledFile,
): LimitAt[] {
  return identityFormat.references
    .filter(({ at, mayBePattern }) => at[0] === 'rules' && mayBePattern)
    .flatMap(({ at, to }) =>
      [...valuesAt(document, at.slice(0, -1))].flatMap(([given, path]): LimitAt[] => {
        const [section = '', rule = '', index = 0] = path;
        const list = given as string[];
        const patterns = list.filter(isPattern);
        if (patterns.length === 0 || !hasSame([section, rule], old, document, index)) return [];
        return renamed.flatMap(({ subject, was, is }): LimitAt[] => {
          const pattern = subject === to ? matching(patterns, subject, was) : undefined;
          if (pattern === undefined || matching(list, subject, is) !== undefined) return [];
          const what = kindWords(subject);
          return [
            {
              key: `${section}.${rule}`,
              before: `${what} ${was.find(compileSubjectPattern(pattern, subject))} (${pattern})`,
              after: `${what} ${is[0]}, which it does not match`,
              loosens: true,
              at: path,
            },
          ];
        });
      }),
    );
}

function enteringIgnore(
  renamed: readonly Renamed[],
  old: IdentityDocument,
  { loaded: { document }, accounts }: CompiledFile,
): LimitAt[] {
  return ignoreRules(document, accounts.canMatch).flatMap(({ at, subjects }): LimitAt[] => {
    const [section = '', key = '', index = 0] = at;
    if (!hasSame([section, key], old, document, index)) return [];
    return renamed.flatMap(({ subject, was, is }): LimitAt[] => {
      const pattern = subjects[subject];
      if (pattern === undefined || matching([pattern], subject, was) !== undefined) return [];
      if (matching([pattern], subject, is) === undefined) return [];
      const what = kindWords(subject);
      return [
        {
          key: `${section}.${key}`,
          before: `${what} ${was[0]}`,
          after: `${what} ${is.find(compileSubjectPattern(pattern, subject))} (${pattern})`,
          loosens: true,
          at,
        },
      ];
    });
  });
}

/** The first of the patterns that one of the names matches. */
const matching = (patterns: readonly string[], subject: Subject, names: readonly string[]): string | undefined =>
  patterns.find((pattern) => names.some(compileSubjectPattern(pattern, subject)));

/** Whether the file before has the same item in a list. */
function hasSame(
  [section, key]: readonly [string | number, string | number],
  old: IdentityDocument,
  document: IdentityDocument,
  index: string | number,
): boolean {
  const listOf = (one: object): unknown[] =>
    [...valuesAt(one, [String(section), String(key), '*'])].map(([item]) => item);
  const textOf = (item: unknown): string => stableJson(unordered(item));
  const item = listOf(document)[Number(index)];
  return item !== undefined && listOf(old).some((one) => textOf(one) === textOf(item));
}
