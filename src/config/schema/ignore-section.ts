import type { IgnoreList, IgnoreRule, Section } from '../../core/section.ts';
import * as z from '../../core/zod.ts';
import { accounts } from './accounts-section.ts';

/** Every list under `ignore`: names of what the file declares, of accounts, of what is only referred to; then entries. */
export const ignoreLists = (sections: readonly Section[]): IgnoreList[] => {
  const isNamed = ({ declares }: Section): boolean => declares !== undefined;
  const named = sections.filter(isNamed);
  const others = sections.filter((section) => !isNamed(section));
  const lists: IgnoreList[] = [...named, accounts, ...others].flatMap(({ ignore = [] }: Section) => ignore);
  return lists.toSorted((a, b) => Number(b.ofNames ?? false) - Number(a.ofNames ?? false));
};

/** The section `ignore`. */
export const ignoreSection = (sections: readonly Section[]) =>
  z
    .strictObject(Object.fromEntries(ignoreLists(sections).map(({ key, schema }) => [key, schema])))
    .register(z.docs, { description: 'Live things that this file says nothing about; * stands for any text.' });

/** What a checked file leaves alone. */
export const ignoreRules = (
  lists: readonly IgnoreList[],
  ignore: Readonly<Record<string, readonly unknown[] | undefined>>,
): IgnoreRule[] =>
  lists.flatMap(({ key, ruleOf }) =>
    (ignore[key] ?? []).map((item, index) => ({ ...ruleOf(item), at: ['ignore', key, index] })),
  );
