import type { Check, Section, Unique } from '../../core/section.ts';
import type { Finding } from '../syntax/finding.ts';
import { quote } from '../syntax/quote.ts';
import type { Span } from '../syntax/source.ts';
import { locate, plain, select, textOf, type Tree } from '../syntax/tree.ts';
import { position } from './position.ts';

/** What sections say of their values that a schema can't. Of what an identity provider owns there is nothing to say. */
export function valueFindings(
  root: Tree,
  sections: readonly Section[],
  severity: Check['severity'],
  external: boolean,
): Finding[] {
  const own = sections.filter((section) => !external || section.external === undefined);
  return own.flatMap(({ name, checks = [], unique = [] }) => [
    ...checks.filter((check) => check.severity === severity).flatMap((check) => checkFindings(root, name, check)),
    ...(severity === 'error' ? unique.flatMap((rule) => uniqueFindings(root, name, rule)) : []),
  ]);
}

function checkFindings(root: Tree, section: string, { at, code, subject, problem }: Check): Finding[] {
  return [...select(root, [section, ...at])].flatMap(({ tree, key, path }): Finding[] => {
    const rest = problem(plain(tree));
    if (rest === undefined) return [];
    const text = textOf(tree) ?? String(path.at(-1));
    // Where it spreads over lines, at its key.
    const span = (tree.kind === 'scalar' ? undefined : key) ?? tree.span;
    return [{ code, span, message: `${subject ?? quote(text)} ${rest}` }];
  });
}

/** The second one is complained of. */
function uniqueFindings(root: Tree, section: string, { at, code, what, keyOf, rule }: Unique): Finding[] {
  const first = new Map<string, { name: string; tree: Tree }>();
  return [...select(root, [section, ...at])].flatMap(({ tree, path }): Finding[] => {
    const [name, text] = [String(path[1]), textOf(tree)];
    const key = text === undefined ? undefined : keyOf(text);
    if (text === undefined || key === undefined) return [];
    const other = first.get(key);
    if (!other) {
      first.set(key, { name, tree });
      return [];
    }
    // An alias has what it repeats in the place of the anchor, where nothing is wrong.
    const own: Span | undefined = tree === other.tree ? locate(root, path.slice(0, 2))?.key : undefined;
    const span = own ?? tree.span;
    const message = `${quote(name)} has the ${what} ${quote(text)} of ${quote(other.name)}, at ${position(other.tree.span, span)}; ${rule}`;
    return [{ code, span, message }];
  });
}
