import { config, globalRegistry, registry, string, type ZodMiniString } from 'zod/mini';

// The mini variant of zod, since a schema of the other has ten times the methods, all of which are made for every run.

// Two things that zod would do at a schema's first use pay off only for files far larger than one that people review:
// writing code for it, and looking for cycles in it and in what it parses (the loader refuses an alias inside itself).
// A schema asks for them when it is made, so every schema is made through this module.
config({
  jitless: true,
  memoizer: { attach: () => {}, guard: () => {}, alloc: (_schema, _payload, empty) => empty },
});

export * from 'zod/mini';
export { _default as withDefault } from 'zod/mini';

/** A string that passes all these checks. */
export const text = (...checks: Parameters<ZodMiniString['check']>): ZodMiniString => string().check(...checks);

/** What only the JSON schema says of a schema: `schema.register(docs, { description: … })`. */
export const docs = globalRegistry;

/**
 * How something is written that people bring in the form of another tool: `schema.register(rightForms, { of: … })`. Given the value that
 * was found, `of` answers with the text to write instead; undefined where it can't tell.
 */
export const rightForms = registry<{ of(value: unknown): string | undefined }>();
