import { isPerson, subjectKey } from '../../core/address.ts';
import { createNearestOf } from '../../core/nearest-name.ts';
import type { Section } from '../../core/section.ts';
import { nounCount, listOf } from '../../core/words.ts';
import type { FileFormat } from '../schema/document.ts';
import type { Finding } from '../syntax/finding.ts';
import { quote } from '../syntax/quote.ts';
import { get, select, textOf, type Tree } from '../syntax/tree.ts';
import { matchesIgnored } from './ignored-names.ts';

/** Every name that the file refers to and nothing declares. */
export function referenceFindings(
  root: Tree,
  { sections, references }: Pick<FileFormat<unknown>, 'sections' | 'references'>,
  external: boolean,
): Finding[] {
  const checks = new Map(
    sections.flatMap((section) => {
      const check = createCheck(root, section, external);
      return check ? [[section.declares, check] as const] : [];
    }),
  );
  return references.flatMap(({ at, to, inKey, mayBePattern }) => {
    const check = checks.get(to);
    if (!check) return [];
    return [...select(root, at)].flatMap(({ tree, key, path }): Finding[] => {
      const name = inKey ? String(path.at(-1)) : textOf(tree);
      const message = name === undefined || (mayBePattern && name.includes('*')) ? undefined : check(name);
      const span = (inKey && key) || tree.span;
      return message === undefined ? [] : [{ code: `unknown-${to}`, span, message }];
    });
  });
}

/** Says what is wrong with a name; undefined where it is fine, or can only be judged by what is live. */
function createCheck(
  root: Tree,
  { name: section, noun: [noun], declares, external: isElsewhere, isId }: Section,
  external: boolean,
): ((name: string) => string | undefined) | undefined {
  const declared = get(root, section);
  if (declares === undefined || declared?.kind !== 'map') return undefined;
  if (external && isElsewhere) return undefined;

  const key = (name: string): string => subjectKey(declares, name);
  const known = new Set([...declared.entries.keys()].map(key));
  const names = [...declared.entries.keys()].filter((name) => name !== '__proto__');
  const ignored = matchesIgnored(root, section, declares);
  const nearest = createNearestOf(declares, names);
  const renamed = new Map<string, string>();
  for (const { tree, path } of select(declared, ['*', 'previously'])) {
    const old = key(textOf(tree) ?? '');
    if (!renamed.has(old)) renamed.set(old, String(path[0]));
  }

  return (name) => {
    if (known.has(key(name)) || ignored(name) || isId?.(name)) return undefined;
    const nothing = `There is no ${noun} ${quote(name)}`;
    const now = renamed.get(key(name));
    if (now !== undefined) return `${nothing} any more; it is called ${quote(now)} now.`;
    const near = nearest(name);
    if (near !== undefined) return `${nothing}; did you mean ${quote(near)}?`;
    if (names.length === 0) return `${nothing}; ${quote(section)} declares none.`;
    // Of people none is named at random: whoever fixes the line might take one.
    if (isPerson(declares))
      return `${nothing}; ${quote(section)} declares ${nounCount(names.length, ['other', 'others'])}.`;
    const some = names.slice(0, 5).map(quote);
    if (names.length > 5) some.push(`${names.length - 5} more`);
    return `${nothing}; ${quote(section)} declares ${listOf(some)}.`;
  };
}
