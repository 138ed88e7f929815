import type { z } from 'zod/mini';
import type { DocumentPath } from '../../core/kind.ts';
import type { DiagnosticCode } from '../syntax/finding.ts';
import { findNearest } from '../../core/nearest-name.ts';
import { quote } from '../syntax/quote.ts';
import { joinWords } from '../../core/words.ts';
import type { ScalarTree, Tree } from '../syntax/tree.ts';

type Issue = z.core.$ZodIssue;

const words: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'keys and values',
  record: 'names with values',
};

/** The types that would have been right, in words. */
export function expectations(issue: Issue): string[] {
  if (issue.code === 'invalid_union') {
    const here = issue.errors.flat().filter(({ path }) => path.length === 0);
    return [...new Set(here.flatMap(expectations))];
  }
  return issue.code === 'invalid_type' ? [words[issue.expected] ?? issue.expected] : [];
}

/** True where the value is of another type than this alternative. */
export function missesType(issues: readonly Issue[]): boolean {
  return issues.some(
    (issue) =>
      issue.path.length === 0 &&
      (issue.code === 'invalid_type' || (issue.code === 'invalid_union' && issue.errors.every(missesType))),
  );
}

export function describeWrongType(
  tree: Tree,
  expected: readonly string[],
  {
    emptyMapIsFine = false,
    mayBeAccountId = false,
    right,
  }: { emptyMapIsFine?: boolean; mayBeAccountId?: boolean; right?: string | undefined },
): { code: DiagnosticCode; message: string } {
  if (tree.kind === 'scalar' && isNumber(tree) && /^\d{12}$/.test(tree.text) && mayBeAccountId) {
    return {
      code: 'unquoted-account-id',
      message: `An account id needs quotes, because YAML reads it as a number: "${tree.text}".`,
    };
  }
  return {
    code: 'wrong-type',
    message: `Expected ${joinWords(expected, 'or')}, but found ${describeValue(tree)}${right === undefined ? advice(tree, expected, emptyMapIsFine) : `; write ${right}`}.`,
  };
}

const isNumber = ({ value }: ScalarTree): boolean => typeof value === 'number' || typeof value === 'bigint';

function advice(tree: Tree, expected: readonly string[], emptyMapIsFine: boolean): string {
  if (tree.kind !== 'scalar') return '';
  const is = (type: string): boolean => expected.includes(words[type] ?? type);
  if (tree.value === null) {
    if (emptyMapIsFine) return '; for none, write {}';
    return is('array') ? '; for none, write []' : '';
  }
  if (typeof tree.value === 'string')
    return is('array') && tree.text !== '' ? `; write it in brackets: [${tree.text}]` : '';
  return is('string') && typeof tree.value !== 'object' ? `; put it in quotes: "${tree.text}"` : '';
}

function describeValue(tree: Tree): string {
  if (tree.kind !== 'scalar') return tree.kind === 'list' ? 'a list' : 'keys and values';
  if (tree.value === null) return 'nothing';
  if (typeof tree.value === 'string') return `the text ${quote(tree.value)}`;
  if (isNumber(tree)) return `the number ${tree.text}`;
  return typeof tree.value === 'boolean' ? tree.text : `${tree.text} with a tag`;
}

/** What a sentence about a wrong value begins with. */
export function subjectOf(tree: Tree, path: DocumentPath): string {
  if (tree.kind === 'scalar') return typeof tree.value === 'string' ? quote(tree.value) : tree.text || 'An empty value';
  const name = path.at(-1);
  return typeof name === 'string' ? quote(name) : 'This entry';
}

/** A sentence. The messages of the schemas are its second half: "is not …", "has …". */
export function describeBadValue(subject: string, issue: Issue | undefined, tree: Tree | undefined): string {
  if (issue?.code === 'invalid_value') return describeBadChoice(subject, issue.values.map(String), tree);
  if (issue?.code === 'too_small') {
    if (issue.origin === 'string') return 'There has to be a text here, and it is empty.';
    const unit = Number(issue.minimum) === 1 ? 'item' : 'items';
    return `${subject} has to ${issue.origin === 'array' ? `hold at least ${issue.minimum} ${unit}` : `be at least ${issue.minimum}`}.`;
  }
  if (issue?.code === 'too_big') {
    return issue.origin === 'string'
      ? `${subject} is longer than ${issue.maximum} characters.`
      : `${subject} can be at most ${issue.maximum}.`;
  }
  const rest = issue?.message ?? 'is not valid';
  return `${subject} ${rest}${rest.endsWith('?') ? '' : '.'}`;
}

function describeBadChoice(subject: string, values: readonly string[], tree: Tree | undefined): string {
  if (values.length === 1) return `Expected ${values[0]}, but found ${tree ? describeValue(tree) : subject}.`;
  const near = tree?.kind === 'scalar' ? findNearest(tree.text, values) : undefined;
  const hint = near === undefined ? '.' : `; did you mean ${quote(near)}?`;
  return `${subject} is not one of ${joinWords(values, 'or')}${hint}`;
}
