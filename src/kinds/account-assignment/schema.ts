import * as z from '../../core/zod.ts';
import { accountTarget, oneTarget, oneTargetInEditor } from './target-schema.ts';
import { expires } from '../shared/expires.ts';
import { mapRule } from '../shared/map-rule.ts';

const names = (description: string, ...examples: string[][]) =>
  z.array(z.string()).check(z.minLength(1)).register(z.docs, { description, examples });

/** An entry of `assignments`. */
export const assignmentEntry = z
  .strictObject({
    users: z.optional(names('User names.', ['hanako'])),
    groups: z.optional(names('Group names.', ['platform'])),
    permissionSets: names('Names of permission sets.', ['AdministratorAccess']),
    ...accountTarget,
    expires: z.optional(expires),
  })
  .check(
    z.refine(
      ({ users, groups }) => users !== undefined || groups !== undefined,
      mapRule('names neither users nor groups'),
    ),
    ...oneTarget,
  )
  .register(z.docs, {
    title: 'Assignment',
    description: 'A product: every user and group gets every permission set in every account.',
    // For the editor: the rules above are not part of a JSON schema.
    anyOf: [{ required: ['users'] }, { required: ['groups'] }],
    ...oneTargetInEditor,
  });

export type AssignmentEntry = z.infer<typeof assignmentEntry>;

/** An entry that names its accounts one by one. */
export type AssignmentByAccounts = AssignmentEntry & { accounts: string[] };
