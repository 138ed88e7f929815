import type { Section } from '../../core/section.ts';
import { isList } from './schema-walk.ts';

export type JsonSchema = Record<string, unknown>;

/** Adds what an editor inserts whole: to a section that is a map, or to the items of a list. */
export function withSnippets(
  properties: Record<string, JsonSchema>,
  sections: readonly Section[],
): Record<string, JsonSchema> {
  const result = { ...properties };
  for (const section of sections) {
    const { name, snippet } = section;
    const schema = result[name];
    if (!snippet || !schema) continue;
    const { items, ...list } = schema;
    result[name] = isList(section)
      ? { ...list, items: { ...(items as JsonSchema), defaultSnippets: [snippet] } }
      : { ...schema, defaultSnippets: [snippet] };
  }
  return result;
}
