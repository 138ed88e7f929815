import { config } from 'zod';

// Two things that zod would do at a schema's first use pay off only for files far larger than one that people review:
// writing code for it, and looking for cycles in it and in what it parses (the loader refuses an alias inside itself).
// A schema asks for them when it is made, so every schema is made through this module.
config({
  jitless: true,
  memoizer: { attach: () => {}, guard: () => {}, alloc: (_schema, _payload, empty) => empty },
});

export * from 'zod';
