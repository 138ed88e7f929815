import { partitionOf, partitionOfArn } from '../../core/partition.ts';
import type { Check, CheckedSection, FileFacts, Unique } from '../../core/section.ts';
import type { Finding } from '../syntax/finding.ts';
import { quote } from '../syntax/quote.ts';
import type { Span } from '../syntax/source.ts';
import { get, locate, plain, select, textOf, type Tree } from '../syntax/tree.ts';
import { position } from './position.ts';

/** What sections say of their values that a schema can't. Of what an identity provider owns there is nothing to say. */
export function valueFindings(
  root: Tree,
  sections: readonly CheckedSection[],
  severity: Check['severity'],
  external: boolean,
): Finding[] {
  const own = sections.filter((section) => !external || section.external === undefined);
  const file: FileFacts = { partition: partitionIn(root) };
  return own.flatMap(({ name, checks = [], unique = [] }) => [
    ...checks.filter((check) => check.severity === severity).flatMap((check) => checkFindings(root, name, check, file)),
    ...(severity === 'error' ? unique.flatMap((rule) => uniqueFindings(root, name, rule)) : []),
  ]);
}

function partitionIn(root: Tree): string | undefined {
  const instance = get(root, 'identityCenter');
  const region = textOf(get(instance, 'region'));
  return partitionOfArn(textOf(get(instance, 'instanceArn')) ?? '') ?? (region && partitionOf(region));
}

function checkFindings(root: Tree, section: string, { at, code, subject, problem }: Check, file: FileFacts): Finding[] {
  return [...select(root, [section, ...at])].flatMap((place): Finding[] => {
    const found = problem(plain(place.tree), file) ?? [];
    const flaws = typeof found === 'string' ? [{ at: [], rest: found }] : found;
    return flaws.map((flaw) => {
      const { tree, key } = flaw.at.length === 0 ? place : (locate(place.tree, flaw.at) ?? place);
      const name = flaw.at.length === 0 ? subject : undefined;
      const last = [...place.path, ...flaw.at].at(-1);
      const text =
        name ??
        (typeof last === 'number' && tree.kind !== 'scalar'
          ? `Entry ${last + 1}`
          : quote(textOf(tree) ?? String(last)));
      // Where it spreads over lines, at its key.
      const span = (tree.kind === 'scalar' ? undefined : key) ?? tree.span;
      return { code, span, message: `${text} ${flaw.rest}` };
    });
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
