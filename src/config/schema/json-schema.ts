import * as z from '../../core/zod.ts';
import { externalDocument, identityDocument, identityFormat } from './document.ts';
import { includedDocument } from './included-schema.ts';
import { type JsonSchema, withSnippets } from './snippets.ts';

const { sections } = identityFormat;

/** The JSON schema of identity.yaml. What it says of users and groups depends on who owns the directory. */
export function identityJsonSchema(): JsonSchema {
  const { $schema, properties: all, ...rest } = toJson(identityDocument);
  const properties = withSnippets(all, sections);
  const external = toJson(externalDocument()).properties;
  const names = sections.flatMap(({ name, external: only }) => (only ? [name] : []));
  const directory = (from: Record<string, JsonSchema>): JsonSchema => ({
    properties: Object.fromEntries(names.map((name) => [name, from[name]])),
  });
  return {
    $schema,
    ...rest,
    patternProperties: ownKeys,
    // Only what stands here counts as known beside `additionalProperties`; `true` offers nothing a second time.
    properties: { ...properties, ...Object.fromEntries(names.map((name) => [name, true])) },
    if: {
      properties: { identityCenter: { properties: { directory: { const: 'external' } }, required: ['directory'] } },
      required: ['identityCenter'],
    },
    // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON schema
    then: directory(external),
    else: directory(properties),
  };
}

/** The JSON schema of a file that identity.yaml includes. */
export function includedJsonSchema(): JsonSchema {
  const { properties, ...rest } = toJson(includedDocument());
  return { ...rest, patternProperties: ownKeys, properties: withSnippets(properties, sections) };
}

/** The loader leaves them out. */
const ownKeys = { '^x-': { description: 'Your own: a place for YAML anchors. It means nothing here.' } };

function toJson(schema: z.ZodMiniType): { $schema: unknown; properties: Record<string, JsonSchema> } & JsonSchema {
  return z.toJSONSchema(schema, { io: 'input', target: 'draft-07' }) as ReturnType<typeof toJson>;
}
