import * as z from '../../core/zod.ts';
import type { DocumentPath } from '../../core/kind.ts';
import { describeBadValue, describeWrongType, expectations, missesType, subjectOf } from './describe-issue.ts';
import type { DiagnosticCode, Finding } from '../syntax/finding.ts';
import { findNearest } from '../../core/nearest-name.ts';
import { rightForm } from './right-form.ts';
import { isOptionalAt, keysOf, optionsOf, type Schema, schemaAt } from './schema-walk.ts';
import { quote } from '../syntax/quote.ts';
import { listOf } from '../../core/words.ts';
import type { Span } from '../syntax/source.ts';
import { locate, type Tree, valueSpan } from '../syntax/tree.ts';
import { fits, type PathPattern } from '../../core/path-pattern.ts';

type Issue = z.core.$ZodIssue;

/** A finding that remembers where in the document it stands, so that what follows from it can be left out. */
interface PathFinding extends Finding {
  path: DocumentPath;
  /** Of an unknown key: the key that was probably meant. */
  meant?: string | undefined;
  /** Of a missing key. */
  missing?: string;
  /** Breaks a rule about a whole map, such as "one of these two keys". */
  wholeMap?: true;
}

/** What to say of keys that the schema does not know, where there is something better to say. */
export type ExplainKeys = (
  path: DocumentPath,
  keys: readonly string[],
) => { code: DiagnosticCode; message: string; keys: readonly string[] } | undefined;

/** Everything in which the tree differs from the schema, which found these issues: one finding for each mistake. */
export function schemaFindings(
  root: Tree,
  schema: z.ZodMiniType,
  issues: readonly Issue[],
  { explainKeys, accountIds }: { explainKeys: ExplainKeys; accountIds: readonly PathPattern[] },
): Finding[] {
  const mayBeAccountId = (path: DocumentPath): boolean => accountIds.some((pattern) => fits(path, pattern));
  return explainAll(issues, schema, []);

  function explainAll(issues: readonly Issue[], schema: Schema, base: DocumentPath): PathFinding[] {
    return withoutConsequences(issues.flatMap((issue) => explain(issue, schema, base)));
  }

  function explain(issue: Issue, schema: Schema, base: DocumentPath): PathFinding[] {
    const inner = issue.path as (string | number)[];
    const path = [...base, ...inner];
    const spot = locate(root, path);
    if (!spot) return missingKey(path);
    const { tree } = spot;
    if (tree.kind === 'scalar' && tree.broken) return [];
    const here = schemaAt(schema, inner);
    const span = valueSpan(spot);

    if (issue.code === 'unrecognized_keys') return unknownKeys(issue.keys, tree, path, here);
    if (issue.code === 'invalid_key') {
      const message = describeBadValue(`The name ${quote(String(path.at(-1)))}`, issue.issues[0], undefined);
      return [{ code: 'bad-name', span: spot.key ?? span, message, path }];
    }
    if (issue.code === 'invalid_union') return insideBranch(issue, here, tree, path, span);
    if (issue.code === 'invalid_type') {
      const emptyMapIsFine = here instanceof z.ZodMiniType && here.safeParse({}).success;
      const facts = { emptyMapIsFine, mayBeAccountId: mayBeAccountId(path) };
      return [
        { ...describeWrongType(tree, expectations(issue), { ...facts, right: rightForm(here, tree) }), span, path },
      ];
    }
    if (isPartial(tree)) return [];
    const advice =
      isEmptyText(tree) && isOptionalAt(schema, inner) ? '; for none, leave out the key' : write(here, tree);
    const message = advise(describeBadValue(subjectOf(tree, path), issue, tree), advice);
    return [{ code: 'bad-value', span, message, path, ...(tree.kind === 'map' && { wholeMap: true }) }];
  }

  /** Reports within the alternative that the author meant: the one of the right type that fits best. */
  function insideBranch(
    issue: z.core.$ZodIssueInvalidUnion,
    union: Schema | undefined,
    tree: Tree,
    path: DocumentPath,
    span: Span,
  ): PathFinding[] {
    const options = optionsOf(union);
    const fitting = issue.errors.flatMap((issues, index) => {
      const option = options[index];
      return option && !missesType(issues) ? [explainAll(issues, option, path)] : [];
    });
    // Wrong keys say more about which one was meant than whatever stands inside; between equals the fuller form is last.
    const strange = (findings: readonly PathFinding[]): number =>
      findings.filter(({ path: at }) => at.length === path.length).length;
    const [best] = fitting.toReversed().toSorted((a, b) => strange(a) - strange(b) || a.length - b.length);
    if (best) return best;
    if (issue.message !== 'Invalid input') {
      const message = advise(`${subjectOf(tree, path)} ${issue.message}.`, write(union, tree));
      return [{ code: 'wrong-type', span, path, message }];
    }
    const facts = { mayBeAccountId: mayBeAccountId(path), right: rightForm(union, tree) };
    return [{ ...describeWrongType(tree, expectations(issue), facts), span, path }];
  }

  function missingKey(path: DocumentPath): PathFinding[] {
    const owner = locate(root, path.slice(0, -1));
    if (!owner || isPartial(owner.tree)) return [];
    const span = owner.key ?? owner.tree.span;
    return [{ code: 'missing-key', span, message: '', path: path.slice(0, -1), missing: String(path.at(-1)) }];
  }

  function unknownKeys(
    keys: readonly string[],
    tree: Tree,
    path: DocumentPath,
    here: Schema | undefined,
  ): PathFinding[] {
    const entries = tree.kind === 'map' ? tree.entries : undefined;
    const keySpan = (key: string): Span => entries?.get(key)?.key ?? tree.span;
    // Of alternatives, the one that all but fits is complained of in the place of all.
    const valid = [here, ...optionsOf(here)].flatMap(keysOf);
    const own = explainKeys(path, keys);
    const [ownKey] = own?.keys ?? [];
    return [
      ...(own && ownKey !== undefined ? [{ code: own.code, message: own.message, span: keySpan(ownKey), path }] : []),
      ...keys
        .filter((key) => !own?.keys.includes(key))
        .map((key): PathFinding => {
          const meant = findNearest(key, valid);
          const hint = meant === undefined ? `the keys here are ${listOf(valid)}.` : `did you mean ${quote(meant)}?`;
          const message = `${quote(key)} is not a key here; ${hint}`;
          return { code: 'unknown-key', span: keySpan(key), message, path, meant };
        }),
    ];
  }
}

/** `; write 8h`; empty where nothing is known to write. */
function write(schema: Schema | undefined, tree: Tree): string {
  const right = rightForm(schema, tree);
  return right === undefined ? '' : `; write ${right}`;
}

/** The sentence with what to do behind it. */
const advise = (sentence: string, advice: string): string =>
  advice === '' ? sentence : `${sentence.replace(/\.$/, '')}${advice}.`;

const isEmptyText = (tree: Tree): boolean => tree.kind === 'scalar' && tree.value === '';

/** True where a map lacks what could not be merged into it. */
const isPartial = (tree: Tree): boolean => tree.kind === 'map' && tree.partial === true;

/** Leaves out what only follows from another mistake, and says together what is missing in one place. */
function withoutConsequences(findings: readonly PathFinding[]): PathFinding[] {
  const id = (path: DocumentPath, key?: string): string => JSON.stringify(key === undefined ? path : [...path, key]);
  const misspelt = new Set(findings.flatMap(({ path, meant }) => (meant === undefined ? [] : [id(path, meant)])));
  const incomplete = new Set(
    findings.filter(({ code }) => code === 'unknown-key' || code === 'missing-key').map(({ path }) => id(path)),
  );
  const missing = new Map<string, string[]>();
  for (const { path, missing: key } of findings) {
    if (key === undefined || misspelt.has(id(path, key))) continue;
    const together = missing.get(id(path)) ?? [];
    missing.set(id(path), [...together, key]);
  }

  const said = new Set<string>();
  return findings.flatMap((finding): PathFinding[] => {
    const place = id(finding.path);
    if (finding.code === 'unknown-key') return [finding];
    if (finding.wholeMap && incomplete.has(place)) return [];
    // A value that is too short and has a wrong character is still one wrong value.
    const once = `${place}${finding.code === 'missing-key' ? 'missing' : ''}`;
    if (said.has(once)) return [];
    said.add(once);
    if (finding.missing === undefined) return [finding];
    const keys = missing.get(place);
    return keys ? [{ ...finding, message: describeMissing(keys, finding.path) }] : [];
  });
}

function describeMissing(keys: readonly string[], path: DocumentPath): string {
  const owner = path.at(-1);
  const from = owner === undefined ? 'the file' : typeof owner === 'string' ? quote(owner) : 'this entry';
  const [what, verb] = keys.length === 1 ? ['key', 'is'] : ['keys', 'are'];
  return `The ${what} ${listOf(keys.map(quote))} ${verb} missing from ${from}.`;
}
