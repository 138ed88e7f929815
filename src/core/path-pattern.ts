import type { DocumentPath } from './kind.ts';

/** Keys and indexes from somewhere in the file downward; `*` stands for any. */
export type PathPattern = readonly string[];

/** Whether a path is one that the pattern describes. */
export const fits = (path: DocumentPath, pattern: PathPattern): boolean =>
  pattern.length === path.length && pattern.every((step, index) => step === '*' || step === path[index]);

/** Every value of a document that the pattern leads to, and its path. */
export function* valuesAt(
  value: unknown,
  [step, ...rest]: PathPattern,
  at: DocumentPath = [],
): Generator<[value: unknown, path: DocumentPath]> {
  if (step === undefined) yield [value, at];
  else if (Array.isArray(value)) {
    if (step === '*') for (const [index, item] of value.entries()) yield* valuesAt(item, rest, [...at, index]);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value)) {
      if (step === '*' || step === key) yield* valuesAt(member, rest, [...at, key]);
    }
  }
}
