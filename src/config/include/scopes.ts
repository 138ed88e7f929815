import { compilePattern } from '../../core/pattern.ts';
import type { Section } from '../../core/section.ts';
import type { Finding } from '../syntax/finding.ts';
import type { IncludedTree } from './includes.ts';
import { quote } from '../syntax/quote.ts';
import { listOf } from '../../core/words.ts';
import { get, locate, select, textOf, type Tree } from '../syntax/tree.ts';

/**
 * What an included file says beyond its scope, as far as names tell; in which accounts it grants is for the plan to judge.
 * `own` is the root file before anything was put into it: a file with a scope adds to the sections that it has, since one
 * that it has not would from now on remove whatever nobody declares.
 */
export function scopeFindings(own: Tree, sections: readonly Section[], included: readonly IncludedTree[]): Finding[] {
  const mergeable = sections.filter((section) => section.mergeable);
  return included.flatMap(({ tree, entry }) => {
    const scope = locate(own, ['include', entry, 'scope'])?.tree;
    return scope ? [...outsideScope(own, mergeable, tree, scope)] : [];
  });
}

function* outsideScope(own: Tree, mergeable: readonly Section[], tree: Tree, scope: Tree): Generator<Finding> {
  const patternsOf = (section: string): string[] =>
    [...select(scope, [section, '*'])].flatMap((pattern) => textOf(pattern.tree) ?? []);
  for (const { name: section } of mergeable) {
    const found = tree.kind === 'map' ? tree.entries.get(section) : undefined;
    if (!found || get(own, section)) continue;
    const message = `The file that includes this one has no section ${quote(section)}, so a file with a scope can't begin one: everything live that is not declared would be removed.`;
    yield { code: 'outside-scope', span: found.key, message };
  }
  for (const { name: section, noun, declares, mergeable: { scope: ofNames } = {} } of mergeable) {
    if (!ofNames) continue;
    const patterns = patternsOf(section);
    const isAllowed = patterns.map(compilePattern);
    const check = (name: string, span: Finding['span'], doing: string): Finding[] => {
      if (isAllowed.some((matches) => matches(name))) return [];
      const allowed =
        patterns.length === 0 ? `its scope names no ${section}` : `its scope has ${listOf(patterns.map(quote))}`;
      const message = `This file may not ${doing} the ${noun[0]} ${quote(name)}: ${allowed}.`;
      return [{ code: 'outside-scope', span, message }];
    };
    for (const { tree: value, key, path } of select(tree, [section, '*'])) {
      if (key) yield* check(String(path[1]), key, 'define');
      const previously = get(value, 'previously');
      const old = textOf(previously);
      // It would take over what somebody else has made.
      if (previously && old !== undefined) yield* check(old, previously.span, 'take over');
    }
    if (!ofNames.limitsReferences) continue;
    for (const { name: other, references = [] } of mergeable) {
      for (const { at } of references.filter(({ to }) => to === declares)) {
        for (const { tree: name } of select(tree, [other, ...at])) {
          const text = textOf(name);
          if (text !== undefined) yield* check(text, name.span, 'grant');
        }
      }
    }
  }
}
