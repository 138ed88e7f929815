import type { IgnoreList } from '../../core/section.ts';
import * as z from '../../core/zod.ts';

const listed = (what: string, examples: string[][]) =>
  [z.array(z.text(z.minLength(1))), { description: `${what}; * stands for any text.`, examples }] as const;

/** What a section adds to `ignore`: patterns of the names of one subject. */
export function namePatterns(key: string, subject: string, what: string, ...examples: string[][]): IgnoreList<string> {
  const [list, docs] = listed(what, examples);
  return {
    key,
    schema: z.optional(list).register(z.docs, docs),
    ofNames: true,
    ruleOf: (pattern) => ({ subjects: { [subject]: pattern } }),
  };
}

/** What a section adds to the `scope` of included files. */
export function scopePatterns(what: string, ...examples: string[][]) {
  const [list, docs] = listed(what, examples);
  return list.register(z.docs, docs);
}
