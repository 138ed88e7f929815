import * as z from '../../core/zod.ts';
import type { Section } from '../../core/section.ts';
import { mapRule } from '../shared/map-rule.ts';

// Lengths, characters and numbers are those of the API model of sso-admin.
const source = z
  .text(
    z.maxLength(256),
    z.regex(/^[\p{L}\p{Z}\p{N}_.:/=+\-@[\]{}$\\"]*$/u, 'has a character that the source of an attribute cannot have'),
  )
  .register(z.docs, { description: 'Where the value comes from.', examples: ['${path:enterprise.department}'] });

// AWS takes a list, and one item in it.
const one = z
  .array(source)
  .check(z.refine((list) => list.length === 1, 'has to hold exactly one source'))
  .register(z.docs, { minItems: 1, maxItems: 1 });

const key = z.text(
  z.minLength(1),
  z.maxLength(128),
  z.regex(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]+$/u, 'has a character that the key of an attribute cannot have'),
);

const most = 50;

/** Attributes by key. */
export const accessControlEntry = z
  .record(
    key,
    z.union([source, one], {
      error: 'is neither a source nor a list of one',
    }),
  )
  .check(z.refine((entry) => Object.keys(entry).length <= most, mapRule(`has more than ${most} attributes`)))
  .register(z.docs, {
    description:
      'Attributes of people that are passed into accounts as session tags, by key, with their source. Absent: not managed; {}: attributes for access control are off.',
    examples: [{ department: '${path:enterprise.department}', email: '${path:emails[primary eq true].value}' }],
    maxProperties: most,
  });

export type AccessControlEntry = z.infer<typeof accessControlEntry>;

/** The section `accessControlAttributes`. */
export const accessControlAttributes = {
  name: 'accessControlAttributes',
  noun: ['attribute for access control', 'attributes for access control'],
  schema: z.optional(accessControlEntry),
} as const satisfies Section;
