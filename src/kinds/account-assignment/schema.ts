import * as z from '../../core/zod.ts';
import type { Product } from '../../core/kind.ts';
import type { IgnoreList, Section } from '../../core/section.ts';
import { accountTarget, oneTarget, oneTargetInEditor } from '../shared/account-target.ts';
import { expires } from '../shared/expires.ts';
import { justification } from '../shared/justification.ts';
import { mapRule } from '../shared/map-rule.ts';
import { lengthOf, productCheck } from '../shared/products.ts';

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
    ...justification,
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

const pattern = z.text(z.minLength(1));

const ignored = z
  .strictObject({
    user: z.optional(pattern).register(z.docs, { description: 'A user name or a pattern.' }),
    group: z.optional(pattern).register(z.docs, { description: 'A group name or a pattern.' }),
    permissionSet: z.optional(pattern).register(z.docs, { description: 'The name of a permission set, or a pattern.' }),
    account: z.optional(pattern).register(z.docs, { description: 'The name or the id of an account, or a pattern.' }),
  })
  .check(z.refine((entry) => Object.keys(entry).length > 0, mapRule('is empty, so it would ignore every assignment')));

const ignoredAssignments: IgnoreList<z.infer<typeof ignored>> = {
  key: 'assignments',
  schema: z
    .optional(z.array(ignored))
    .register(z.docs, { description: 'An assignment is ignored where all that an entry names matches.' }),
  ruleOf: ({ user, group, permissionSet, account }) => ({
    kind: 'assignment',
    subjects: {
      ...(user !== undefined && { user }),
      ...(group !== undefined && { group }),
      ...(permissionSet !== undefined && { 'permission-set': permissionSet }),
      ...(account !== undefined && { account }),
    },
  }),
  accountsAt: ['*', 'account'],
};

/**
 * What an entry asks for.
 * @param accounts in how many; one that takes accounts by what only AWS knows counts as one until that is known.
 */
export const assignmentProduct = (
  { users, groups, permissionSets }: { users?: unknown; groups?: unknown; permissionSets?: unknown },
  index: number,
  accounts: number,
): Product => ({
  at: ['assignments', index],
  many: 'assignments',
  factors: [
    [lengthOf(users) + lengthOf(groups), 'users and groups'],
    [lengthOf(permissionSets), 'permission sets'],
    [Math.max(1, accounts), 'accounts'],
  ],
});

/** The section `assignments`. */
export const assignments = {
  name: 'assignments',
  noun: ['assignment', 'assignments'],
  schema: z
    .optional(z.array(assignmentEntry))
    .register(z.docs, { description: 'Who may do what where. Absent: assignments are not managed.' }),
  references: [
    { at: ['*', 'users', '*'], to: 'user' },
    { at: ['*', 'groups', '*'], to: 'group' },
    { at: ['*', 'permissionSets', '*'], to: 'permission-set' },
    { at: ['*', 'accounts', '*'], to: 'account', mayBePattern: true },
    { at: ['*', 'except', 'accounts', '*'], to: 'account', mayBePattern: true },
  ],
  targetsAccounts: true,
  checks: [
    productCheck((entry, index) => {
      const { accounts, ...others } = Object(entry) as Record<string, unknown>;
      return assignmentProduct(others, index, lengthOf(accounts));
    }),
  ],
  mergeable: {},
  ignore: [ignoredAssignments],
  snippet: {
    label: 'assignment',
    description: 'Groups get permission sets in accounts',
    body: { groups: ['${1:group}'], permissionSets: ['${2:permissionSet}'], accounts: ['${3:account}'] },
  },
} as const satisfies Section;

/** An entry that names its accounts one by one. */
export type AssignmentByAccounts = AssignmentEntry & { accounts: string[] };
