import * as z from '../../core/zod.ts';
import type { Product } from '../../core/kind.ts';
import type { Section } from '../../core/section.ts';
import { expires } from '../shared/expires.ts';
import { justification } from '../shared/justification.ts';
import { mapRule } from '../shared/map-rule.ts';
import { namePatterns } from '../shared/name-patterns.ts';
import { lengthOf, productCheck } from '../shared/products.ts';

const names = (description: string, ...examples: string[][]) =>
  z
    .array(z.text(z.minLength(1)))
    .check(z.minLength(1))
    .register(z.docs, { description, examples });

/** An entry of `applicationAssignments`. */
export const applicationAssignmentEntry = z
  .strictObject({
    users: z.optional(names('User names.', ['hanako'])),
    groups: z.optional(names('Group names.', ['sales'])),
    applications: names('Names of applications that exist; an ARN where two share a name.', ['Salesforce']),
    expires: z.optional(expires),
    ...justification,
  })
  .check(
    z.refine(
      ({ users, groups }) => users !== undefined || groups !== undefined,
      mapRule('names neither users nor groups'),
    ),
  )
  .register(z.docs, {
    title: 'Application assignment',
    description: 'A product: every user and group may use every application.',
    // For the editor: the rule above is not part of a JSON schema.
    anyOf: [{ required: ['users'] }, { required: ['groups'] }],
  });

export type ApplicationAssignmentEntry = z.infer<typeof applicationAssignmentEntry>;

/** What an entry asks for. */
export const applicationProduct = (
  { users, groups, applications }: { users?: unknown; groups?: unknown; applications?: unknown },
  index: number,
): Product => ({
  at: ['applicationAssignments', index],
  many: 'application assignments',
  factors: [
    [lengthOf(users) + lengthOf(groups), 'users and groups'],
    [lengthOf(applications), 'applications'],
  ],
});

/** The section `applicationAssignments`. */
export const applicationAssignments = {
  name: 'applicationAssignments',
  noun: ['application assignment', 'application assignments'],
  schema: z.optional(z.array(applicationAssignmentEntry)).register(z.docs, {
    description: 'Who may use which application. Absent: application assignments are not managed.',
  }),
  references: [
    { at: ['*', 'users', '*'], to: 'user' },
    { at: ['*', 'groups', '*'], to: 'group' },
    { at: ['*', 'applications', '*'], to: 'application' },
  ],
  checks: [productCheck((entry, index) => applicationProduct(Object(entry) as object, index))],
  ignore: [namePatterns('applications', 'application', 'Names of applications', ['Amazon*'])],
} as const satisfies Section;
